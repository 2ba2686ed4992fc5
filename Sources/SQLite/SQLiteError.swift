import CSQLite

/// What SQLite did not do: the call, its statement and SQLite's own sentence; never a bound value.
package struct SQLiteError: Error, Hashable {
    /// The function of SQLite's interface, such as `sqlite3_step`.
    package let call: String
    /// The extended result code (sqlite.org/rescode.html).
    package let code: Int32
    package let message: String
    /// Nil where no statement was involved.
    package let sql: String?

    package init(call: String, code: Int32, message: String, sql: String? = nil) {
        self.call = call
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// Reads the connection's last message, which the next call would overwrite.
    init(_ call: String, _ code: Int32, on handle: OpaquePointer?, sql: String? = nil) {
        // SQLite keeps the message alive until the next call on the connection; it is copied here.
        let text = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) }
        let message = unsafe text ?? String(cString: sqlite3_errstr(code))
        self.init(call: call, code: code, message: message, sql: sql)
    }

    /// The code without its extension.
    private var primary: Int32 { code & 0xFF }

    /// Someone else holds the lock, and went on holding it for the whole time allowed.
    package var isBusy: Bool { primary == SQLITE_BUSY }
    /// The disk, or the size allowed to the database, is used up.
    package var isFull: Bool { primary == SQLITE_FULL }
    package var isNotADatabase: Bool { primary == SQLITE_NOTADB }
    package var isConstraint: Bool { primary == SQLITE_CONSTRAINT }
    /// A row names another one that is not there.
    package var isMissingReference: Bool { code == SQLITE_CONSTRAINT | 3 << 8 }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String {
        // Of a script the beginning will do: a whole schema tells nobody more.
        "\(call): \(message) (\(code))" + (sql.map { " in: \($0.prefix(200))" } ?? "")
    }
}
