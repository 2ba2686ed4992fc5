import Expenses
import Platform
import SQLite
import Synchronization

/// The one thread that writes. It takes all writes that wait, runs each in a savepoint of one transaction, commits
/// once, and then answers all of them: under load many requests share one `fsync`.
final class SQLiteWriter: WriteQueue {
    private struct Queue {
        var writes: [QueuedWrite] = []
        var isSleeping = false
        var isClosed = false
        /// The writer's own; nil once it is closed.
        var thread: Thread?
    }

    private let queue = Mutex(Queue())
    private let capacity: Int
    let counts = WriteCounts()
    private let wakeUp = Semaphore()

    /// Starts the thread, which owns the connection from now on.
    init(_ connection: sending SQLite.Connection, _ options: Storage.Options) throws(StorageError) {
        capacity = options.maxQueuedWrites
        let path = connection.path
        let handover = Handover(connection)
        do throws(SystemError) {
            let thread = try Thread(name: "writer") { [self] in run(handover.connection, options) }
            queue.withLock { $0.thread = thread }
        } catch {
            throw .file(path: path, reason: "no thread for writing: \(error)")
        }
    }

    /// Takes the connection to the thread, which alone uses it and closes it at its end.
    private final class Handover: @unchecked Sendable {
        let connection: SQLite.Connection

        init(_ connection: sending SQLite.Connection) {
            self.connection = connection
        }
    }

    var queueLength: Int { queue.withLock { $0.writes.count } }

    func enqueue(_ write: QueuedWrite, evenIfFull: Bool) throws {
        let wakes = try queue.withLock { queue in
            guard !queue.isClosed else { throw StorageError.closed }
            guard queue.writes.count < capacity || evenIfFull else { throw AppError.busy(retryAfter: 1) }
            queue.writes.append(write)
            defer { queue.isSleeping = false }
            return queue.isSleeping
        }
        if wakes { wakeUp.signal() }
    }

    /// Takes no more writes, and returns when those in the queue have been answered and the connection is closed.
    /// The thread itself does not wait for that: a write may hold what lets go of the database last.
    func close() {
        let (thread, wakes) = queue.withLock { queue in
            defer {
                queue.isClosed = true
                queue.isSleeping = false
                queue.thread = nil
            }
            return (queue.thread, queue.isSleeping)
        }
        if wakes { wakeUp.signal() }
        // Not before the connection is closed: who waits may remove the files.
        thread?.join()
    }

    private func run(_ connection: SQLite.Connection, _ options: Storage.Options) {
        var options = options
        options.stepLimits.isSomebodyWaiting = { [self] in
            counts.isShared.load(ordering: .relaxed) || queue.withLock { !$0.writes.isEmpty }
        }
        let writer = BatchWriter(connection, options, counts)
        while let batch = next() { writer.make(batch) }
        writer.end()
    }

    /// All writes that wait; nil when there are none and none will come. Blocks while there are none.
    private func next() -> [QueuedWrite]? {
        while true {
            let (batch, isClosed) = queue.withLock { queue in
                queue.isSleeping = queue.writes.isEmpty && !queue.isClosed
                defer { queue.writes.removeAll() }
                return (queue.writes, queue.isClosed)
            }
            if !batch.isEmpty { return batch }
            if isClosed { return nil }
            wakeUp.wait()
        }
    }
}
