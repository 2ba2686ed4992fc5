import Expenses
import SQLite
import Synchronization

#if PostgreSQL
    import PostgreSQL
#endif

/// Takes writes, makes each of them wholly or not at all, and answers it when it has reached the disk.
protocol WriteQueue: AnyObject, Sendable {
    /// Throws `AppError.busy` when too many wait, unless `evenIfFull`: that is for what is bounded otherwise.
    func enqueue(_ write: QueuedWrite, evenIfFull: Bool) throws
    /// Takes no more writes, and returns when those in the queue have been answered.
    func close()

    /// Writes that have been asked for and not begun.
    var queueLength: Int { get }
    var counts: WriteCounts { get }
    /// Nil of a file.
    var serverCounts: ServerCounts? { get }
}

/// What has been written since the start.
final class WriteCounts: Sendable {
    /// Transactions that have been committed.
    let commits = Atomic<Int>(0)
    /// Writes that these have answered.
    let writes = Atomic<Int>(0)
    /// Microseconds that they took together, most of them for the disk.
    let commitTime = Atomic<Int64>(0)
    /// Rows that a transaction of a file has changed at most, those of triggers included; 0 of a server.
    let mostRows = Atomic<Int>(0)
    /// Pages of a file's write-ahead log after the last commit; 0 of a server.
    let logLength = Atomic<Int>(0)
    /// Whether further writes belong to the transaction that is open.
    let isShared = Atomic<Bool>(false)
}

extension WriteQueue {
    var serverCounts: ServerCounts? { nil }

    /// Throws `AppError.busy` when too many wait.
    func enqueue(_ write: QueuedWrite) throws { try enqueue(write, evenIfFull: false) }
}

/// Throws `AppError.notFound` where what is written names a category that is not there.
func expectingCategory<Value>(_ write: () throws -> Value) throws -> Value {
    do {
        return try write()
    } catch {
        throw isMissingReference(error) ? AppError.notFound : error
    }
}

/// Whether a statement failed because its row names another one that is not there.
private func isMissingReference(_ error: any Error) -> Bool {
    #if PostgreSQL
        if let failure = error as? PostgreSQLError { return failure.isMissingReference }
    #endif
    return (error as? SQLiteError)?.isMissingReference ?? false
}

/// What the caller is to know of a failure; all that is not its own affair stays as it is.
func publicError(for error: any Error) -> any Error {
    if let failure = error as? SQLiteError {
        if failure.isBusy { return AppError.busy(retryAfter: 1) }
        return failure.isFull ? AppError.storageFull : failure
    }
    #if PostgreSQL
        if let failure = error as? PostgreSQLError {
            if failure.isUnavailable { return AppError.unreachable(retryAfter: 2) }
            if failure.isConflict { return AppError.busy(retryAfter: 1) }
            return failure.isFull ? AppError.storageFull : failure
        }
    #endif
    return error
}

extension Error {
    /// Whether there was no room for a write.
    var isFull: Bool {
        if case AppError.storageFull = publicError(for: self) { true } else { false }
    }
}
