import CSQLite
package import SQL

/// One use of a statement: bind, step, read. When it goes out of scope, by whichever way, the statement is reset and
/// its values are forgotten, so that it holds neither a lock nor anybody's data.
///
/// Columns are counted from 0. Reading copies the value out, so it stays valid after the next step.
@safe
package struct Statement: ~Copyable {
    private let prepared: PreparedStatement
    private let handle: OpaquePointer
    /// Keeps the database open for as long as the statement is in use.
    private let connection: Connection

    init(_ prepared: PreparedStatement, of connection: Connection) {
        self.prepared = prepared
        unsafe handle = prepared.handle
        self.connection = connection
        prepared.isInUse = true
    }

    deinit {
        // A failure here repeats the one that `step` has thrown.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        prepared.isInUse = false
    }

    /// Gives the parameters their values, the first to `?1`.
    package func bind(_ values: [Value]) throws(SQLiteError) {
        var index: Int32 = 0
        for value in values {
            index += 1
            let code =
                switch value {
                case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
                case .text(let text): bindText(text, at: index)
                case .blob(let bytes): bindBlob(bytes, at: index)
                case .null: unsafe sqlite3_bind_null(handle, index)
                }
            guard code == SQLITE_OK else { throw prepared.error("sqlite3_bind", code) }
        }
    }

    private func bindText(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            // An empty buffer may have no address, which SQLite would take for null.
            guard let start = bytes.baseAddress else { return unsafe csqlite_bind_text(handle, index, "", 0) }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                unsafe csqlite_bind_text(handle, index, start, Int32(bytes.count))
            }
        }
    }

    private func bindBlob(_ blob: [UInt8], at index: Int32) -> Int32 {
        unsafe blob.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, bytes.count > 0 else {
                return unsafe sqlite3_bind_zeroblob(handle, index, 0)
            }
            return unsafe csqlite_bind_blob(handle, index, start, Int32(bytes.count))
        }
    }

    /// Moves to the next row. Returns false after the last one.
    package func step() throws(SQLiteError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        case let code: throw prepared.error("sqlite3_step", code)
        }
    }

    /// Runs a statement whose rows, if any, do not matter.
    package func run() throws(SQLiteError) {
        while try step() {}
    }

    package func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    /// Throws where the column holds anything but an integer.
    package func integer(_ column: Int) throws(SQLiteError) -> Int64 {
        unsafe sqlite3_value_int64(try value(column, SQLITE_INTEGER))
    }

    /// Throws where the column holds anything but text, or memory runs out.
    package func text(_ column: Int) throws(SQLiteError) -> String {
        let value = unsafe try value(column, SQLITE_TEXT)
        // No address means that no memory was left for the text (sqlite.org/c3ref/value_blob.html).
        guard let start = unsafe sqlite3_value_text(value) else {
            throw prepared.error("sqlite3_value_text", SQLITE_NOMEM)
        }
        // The bytes stay where they are until the statement moves on; the string is a copy of them.
        let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// Throws where the column holds anything but a blob, or memory runs out.
    package func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
        let value = unsafe try value(column, SQLITE_BLOB)
        let count = unsafe Int(sqlite3_value_bytes(value))
        if count == 0 { return [] }
        guard let start = unsafe sqlite3_value_blob(value) else {
            throw prepared.error("sqlite3_value_blob", SQLITE_NOMEM)
        }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whatever the column holds. Throws where that is a number with a fraction, which no value is.
    package func value(_ column: Int) throws(SQLiteError) -> Value {
        switch unsafe sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_NULL: .null
        case SQLITE_TEXT: .text(try text(column))
        case SQLITE_BLOB: .blob(try blob(column))
        default: .integer(try integer(column))
        }
    }

    /// The column's value where it is of this type. It is read through one call instead of one for the type and one or
    /// two for the rest, which is allowed because the connection has no mutex (sqlite.org/c3ref/value.html); it stays
    /// valid until the statement moves on.
    @inline(__always)
    private func value(_ column: Int, _ type: Int32) throws(SQLiteError) -> OpaquePointer? {
        let value = unsafe sqlite3_column_value(handle, Int32(column))
        guard unsafe sqlite3_value_type(value) == type else { throw mismatch(column, type) }
        return unsafe value
    }

    private func mismatch(_ column: Int, _ type: Int32) -> SQLiteError {
        let found = unsafe sqlite3_column_type(handle, Int32(column))
        return SQLiteError(
            call: "sqlite3_column_type", code: SQLITE_MISMATCH,
            message: "column \(column) holds \(Self.name(found)), not \(Self.name(type))",
            sql: unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) })
    }

    private static func name(_ type: Int32) -> String {
        switch type {
        case SQLITE_INTEGER: "an integer"
        case SQLITE_FLOAT: "a number with a fraction"
        case SQLITE_TEXT: "text"
        case SQLITE_BLOB: "a blob"
        default: "null"
        }
    }
}
