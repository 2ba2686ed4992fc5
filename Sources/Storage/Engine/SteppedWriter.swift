import Expenses
import SQLite
import Synchronization

/// Makes writes when it is told to, on the caller's thread: for a simulation, which chooses what happens when.
///
/// `@unchecked Sendable` is true because the simulation has one thread.
final class SteppedWriter: WriteQueue, @unchecked Sendable {
    private var waiting: [QueuedWrite] = []
    private var writer: BatchWriter?
    let counts = WriteCounts()
    private let capacity: Int

    init(_ connection: SQLite.Connection, _ options: Storage.Options) {
        capacity = options.maxQueuedWrites
        writer = BatchWriter(connection, options, counts)
    }

    func enqueue(_ write: QueuedWrite, evenIfFull: Bool) throws {
        guard writer != nil else { throw StorageError.closed }
        guard waiting.count < capacity || evenIfFull else { throw AppError.busy(retryAfter: 1) }
        waiting.append(write)
    }

    /// Makes up to so many of the writes that wait, together. Returns how many.
    func make(_ count: Int) -> Int {
        let batch = Array(waiting.prefix(count))
        waiting.removeFirst(batch.count)
        if !batch.isEmpty { writer?.make(batch) }
        return batch.count
    }

    func close() {
        while make(.max) > 0 {}
        writer?.end()
        writer = nil
    }

    /// As if the program had been killed: what waits is never answered.
    func abandon() {
        waiting.removeAll()
        writer = nil
    }

    var queueLength: Int { waiting.count }
}
