import CSQLite

/// A compiled statement that belongs to its connection's cache; SQLite frees it when the cache lets go of it.
@safe
final class PreparedStatement {
    let handle: OpaquePointer
    /// Stays valid: the connection owns the cache of statements, and every `Statement` keeps the connection.
    let connection: OpaquePointer
    /// Whether a `Statement` is running it; a second use at the same time takes a statement of its own.
    var isInUse = false

    init(_ sql: String, on connection: OpaquePointer, kept: Bool) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = kept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = unsafe sqlite3_prepare_v3(connection, sql, -1, flags, &handle, nil)
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_prepare_v3", code, on: connection, sql: sql)
        }
        guard let handle = unsafe handle else {
            throw SQLiteError(
                call: "sqlite3_prepare_v3", code: SQLITE_MISUSE, message: "no statement", sql: sql)
        }
        unsafe self.handle = handle
        unsafe self.connection = connection
    }

    deinit { unsafe sqlite3_finalize(handle) }

    func error(_ call: String, _ code: Int32) -> SQLiteError {
        unsafe SQLiteError(
            call, code, on: connection, sql: sqlite3_sql(handle).map { unsafe String(cString: $0) })
    }
}
