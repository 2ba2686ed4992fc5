import Expenses
import Platform
import SQLite
import Synchronization

/// Makes writes that have queued: several of them in one transaction, so that they share one `fsync`, each wholly or not at
/// all. Used by one thread at a time.
final class BatchWriter {
    /// Writes of one transaction.
    static let maxWrites = 256
    /// Rows after which a transaction takes no further write.
    static let maxRows = 4096

    private let connection: SQLite.Connection
    private let userQuota: Int
    private let limits: StepLimits
    private var checkpoints: CheckpointSchedule
    private let counts: WriteCounts

    init(_ connection: SQLite.Connection, _ options: Storage.Options, _ counts: WriteCounts) {
        self.connection = connection
        self.counts = counts
        userQuota = options.userQuota
        limits = options.stepLimits
        checkpoints = CheckpointSchedule(every: options.checkpointPages, report: options.report)
        connection.takeOverCheckpoints()
    }

    private var stores: Stores { Stores(.sqlite(connection), userQuota: userQuota, limits: limits) }

    /// Makes the writes, in as many transactions as they need, and answers each after its commit.
    func make(_ writes: [QueuedWrite]) {
        var waiting = writes[...]
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(BatchWriter.maxWrites))
            waiting = waiting.dropFirst(process(batch, isLast: batch.count == waiting.count))
            // When those who wait have their answers.
            checkpoints.keep(connection)
            counts.logLength.store(connection.logLength, ordering: .relaxed)
        }
    }

    /// The log is written into the file by the last one to close it; what fails here is done at the next opening.
    func end() { try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)") }

    /// Returns how many have been answered.
    private func process(_ batch: [QueuedWrite], isLast: Bool) -> Int {
        var outcomes: [(write: QueuedWrite, failure: (any Error)?)] = []
        do {
            counts.isShared.store(batch.count > 1 || !isLast, ordering: .relaxed)
            let rows = connection.totalChanges
            outcomes = try perform(batch)
            counts.mostRows.max(connection.totalChanges - rows, ordering: .relaxed)
            let start = Clock.microseconds
            try connection.commit()
            counts.commitTime.add(Clock.microseconds - start, ordering: .relaxed)
            counts.commits.add(1, ordering: .relaxed)
            counts.writes.add(outcomes.count, ordering: .relaxed)
        } catch {
            connection.rollBack()
            // There may be room for some of them: a large one takes no other with it.
            if batch.count > 1, error.isFull { return process([batch[0]], isLast: false) }
            for write in batch { write.finish(failure: publicError(for: error)) }
            return batch.count
        }
        // Failures are answered after the commit as well: they may be due to what another write of the batch has done.
        for outcome in outcomes { outcome.write.finish(failure: outcome.failure) }
        return outcomes.count
    }

    /// Runs the writes in a transaction, and leaves it open: those that are left when it is large enough belong to the next
    /// one. A savepoint for each would copy every page that it changes, so there is none: where a write fails after it has
    /// changed something, which is rare, all are done again with.
    private func perform(
        _ batch: [QueuedWrite]
    ) throws(SQLiteError) -> [(write: QueuedWrite, failure: (any Error)?)] {
        var outcomes: [(write: QueuedWrite, failure: (any Error)?)] = []
        outcomes.reserveCapacity(batch.count)
        try connection.begin(.writing)
        let (start, first) = (Clock.microseconds, connection.totalChanges)
        for write in batch {
            let before = connection.totalChanges
            do {
                try write.perform(in: stores)
                outcomes.append((write, nil))
            } catch {
                outcomes.append((write, publicError(for: error)))
                if connection.isInTransaction, connection.totalChanges == before { continue }
                connection.rollBack()
                return try performOneByOne(batch)
            }
            if isLarge(since: start, first) { break }
        }
        return outcomes
    }

    private func isLarge(since start: Int64, _ changes: Int) -> Bool {
        connection.totalChanges - changes >= BatchWriter.maxRows
            || Clock.microseconds - start >= limits.longestTransaction
    }

    /// The same with a savepoint for each.
    private func performOneByOne(
        _ batch: [QueuedWrite]
    ) throws(SQLiteError) -> [(write: QueuedWrite, failure: (any Error)?)] {
        var failed: [(write: QueuedWrite, failure: (any Error)?)] = []
        var succeeded: [QueuedWrite] = []
        var waiting = batch[...]
        var isRepeated = false
        try connection.begin(.writing)
        let (start, first) = (Clock.microseconds, connection.totalChanges)
        while let write = waiting.popFirst() {
            do {
                try connection.run("SAVEPOINT write")
                try write.perform(in: stores)
                try connection.run("RELEASE write")
                succeeded.append(write)
                // Those that are answered are always the first ones.
                if !isRepeated, isLarge(since: start, first) { break }
            } catch {
                failed.append((write, publicError(for: error)))
                if isUndone() { continue }
                // The failure has taken the whole transaction with it (a full disk does): the others are done again.
                waiting = succeeded + waiting
                isRepeated = true
                succeeded.removeAll()
                connection.rollBack()
                try connection.begin(.writing)
            }
        }
        return succeeded.map { ($0, nil) } + failed
    }

    /// Takes back what the last savepoint holds. Returns false where only the whole transaction can be taken back.
    private func isUndone() -> Bool {
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
