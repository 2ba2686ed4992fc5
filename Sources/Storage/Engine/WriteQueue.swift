import Expenses
import SQLite

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
    /// Transactions that have been committed.
    var commitCount: Int { get }
    /// Writes that these have answered.
    var writeCount: Int { get }
    /// Microseconds that they took together, most of them for the disk.
    var commitMicroseconds: Int64 { get }
    /// Rows that a transaction of a file has changed at most, those of triggers included; 0 of a server.
    var mostRows: Int { get }
    /// Pages of a file's write-ahead log after the last commit; 0 of a server.
    var logPages: Int { get }
    /// Nil of a file.
    var serverCounts: ServerCounts? { get }
}

extension WriteQueue {
    var serverCounts: ServerCounts? { nil }
}

extension WriteQueue {
    var mostRows: Int { 0 }

    /// Throws `AppError.busy` when too many wait.
    func enqueue(_ write: QueuedWrite) throws { try enqueue(write, evenIfFull: false) }
}

/// Whether a statement failed because its row names another one that is not there.
func isMissingReference(_ error: any Error) -> Bool {
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
