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
    private let userQuota: Int
    private let logLength = Atomic<Int>(0)
    private let wakeUp = Semaphore()
    private let commits = Atomic<Int>(0)
    private let writes = Atomic<Int>(0)
    /// Microseconds.
    private let commitTime = Atomic<Int64>(0)

    /// Starts the thread, which owns the connection from now on.
    init(
        _ connection: sending SQLite.Connection, capacity: Int, userQuota: Int,
        checkpoints: CheckpointSchedule
    ) throws(StorageError) {
        self.capacity = capacity
        self.userQuota = userQuota
        let path = connection.path
        let handover = Handover(connection)
        do throws(SystemError) {
            let thread = try Thread(name: "writer") { [self] in
                run(handover.connection, checkpoints)
            }
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

    var commitCount: Int { commits.load(ordering: .relaxed) }
    var writeCount: Int { writes.load(ordering: .relaxed) }
    var commitMicroseconds: Int64 { commitTime.load(ordering: .relaxed) }

    var logPages: Int { logLength.load(ordering: .relaxed) }

    var queueLength: Int { queue.withLock { $0.writes.count } }

    func enqueue(_ write: QueuedWrite) throws {
        let wakes = try queue.withLock { queue in
            guard !queue.isClosed else { throw StorageError.closed }
            guard queue.writes.count < capacity else { throw AppError.busy(retryAfter: 1) }
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

    private func run(_ connection: SQLite.Connection, _ checkpoints: CheckpointSchedule) {
        var checkpoints = checkpoints
        connection.takeOverCheckpoints()
        while let batch = next() {
            process(batch, on: connection)
            // When those who wait have their answers.
            checkpoints.keep(connection)
            logLength.store(connection.logLength, ordering: .relaxed)
        }
        // The log is written into the file by the last one to close it; what fails here is done at the next opening.
        try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
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

    private func process(_ batch: [QueuedWrite], on connection: SQLite.Connection) {
        var outcomes: [(write: QueuedWrite, failure: (any Error)?)] = []
        do {
            outcomes = try perform(batch, on: connection)
            let start = Clock.microseconds
            try connection.commit()
            commitTime.add(Clock.microseconds - start, ordering: .relaxed)
            commits.add(1, ordering: .relaxed)
            writes.add(batch.count, ordering: .relaxed)
        } catch {
            connection.rollBack()
            for write in batch { write.finish(failure: publicError(for: error)) }
            return
        }
        // Failures are answered after the commit as well: they may be due to what another write of the batch has done.
        for outcome in outcomes { outcome.write.finish(failure: outcome.failure) }
    }

    /// Runs the writes in a transaction, and leaves it open. A savepoint for each would copy every page that it changes,
    /// so there is none: where a write fails after it has changed something, which is rare, all are done again with.
    private func perform(
        _ batch: [QueuedWrite], on connection: SQLite.Connection
    ) throws(SQLiteError) -> [(write: QueuedWrite, failure: (any Error)?)] {
        var outcomes: [(write: QueuedWrite, failure: (any Error)?)] = []
        outcomes.reserveCapacity(batch.count)
        try connection.begin(.writing)
        for write in batch {
            let before = connection.totalChanges
            do {
                try write.perform(in: Stores(.sqlite(connection), userQuota: userQuota))
                outcomes.append((write, nil))
            } catch {
                outcomes.append((write, publicError(for: error)))
                if connection.isInTransaction, connection.totalChanges == before { continue }
                connection.rollBack()
                return try performOneByOne(batch, on: connection)
            }
        }
        return outcomes
    }

    /// The same with a savepoint for each.
    private func performOneByOne(
        _ batch: [QueuedWrite], on connection: SQLite.Connection
    ) throws(SQLiteError) -> [(write: QueuedWrite, failure: (any Error)?)] {
        var failed: [(write: QueuedWrite, failure: (any Error)?)] = []
        var succeeded: [QueuedWrite] = []
        var waiting = batch[...]
        try connection.begin(.writing)
        while let write = waiting.popFirst() {
            do {
                try connection.run("SAVEPOINT write")
                try write.perform(in: Stores(.sqlite(connection), userQuota: userQuota))
                try connection.run("RELEASE write")
                succeeded.append(write)
            } catch {
                failed.append((write, publicError(for: error)))
                if isUndone(on: connection) { continue }
                // The failure has taken the whole transaction with it (a full disk does): the others are done again.
                waiting = succeeded + waiting
                succeeded.removeAll()
                connection.rollBack()
                try connection.begin(.writing)
            }
        }
        return succeeded.map { ($0, nil) } + failed
    }

    /// Takes back what the last savepoint holds. Returns false where only the whole transaction can be taken back.
    private func isUndone(on connection: SQLite.Connection) -> Bool {
        guard connection.isInTransaction else { return false }
        do {
            try connection.run("ROLLBACK TO write")
            try connection.run("RELEASE write")
            return true
        } catch {
            return false
        }
    }
}
