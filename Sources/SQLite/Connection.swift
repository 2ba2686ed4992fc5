import CSQLite
package import SQL

/// A connection to one database file, used by one thread at a time. It is closed when nothing refers to it any more.
@safe
package final class Connection {
    package enum Mode: Sendable {
        /// The file must exist; every write is refused.
        case readOnly
        /// The file must exist.
        case readWrite
    }

    package let path: String
    let handle: OpaquePointer
    /// Statements written in the source, by the address of their text.
    private var literals: [UInt: PreparedStatement] = [:]
    /// Statements put together at run time, by their text.
    private var composed: [String: PreparedStatement] = [:]

    /// What `interrupt` has set.
    var interruption: Interruption?

    /// What `takeOverCheckpoints` has set.
    private let log = LogLength()
    private let busyTimeout: Int32

    /// How many composed statements are kept; with one more, all of them are let go.
    private static let maxComposed = 256

    /// Counting memory would take one lock for all threads at every allocation. SQLite lets it be switched off before its
    /// first use only; where that has been, counting stays on, with the same results.
    private static let withoutMemoryStatistics = csqlite_configure_library(SQLITE_CONFIG_MEMSTATUS, 0)

    /// `busyTimeout`: milliseconds to wait for another process that holds a lock.
    package init(path: String, mode: Mode, busyTimeout: Int32 = 10_000) throws(SQLiteError) {
        _ = Connection.withoutMemoryStatistics
        let access = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        var handle: OpaquePointer?
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            let error = unsafe SQLiteError("sqlite3_open_v2", code, on: handle)
            unsafe sqlite3_close(handle)
            throw error
        }
        self.path = path
        self.busyTimeout = busyTimeout
        unsafe self.handle = handle
        unsafe sqlite3_busy_timeout(handle, busyTimeout)
        // A schema from elsewhere may call no function that reaches out of the database.
        unsafe csqlite_configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        unsafe csqlite_configure(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    }

    deinit {
        literals.removeAll()
        composed.removeAll()
        unsafe sqlite3_close_v2(handle)
    }

    /// The kept statement of this text, or a new one while that is in use.
    package func statement(_ sql: StaticString, _ values: [Value] = []) throws(SQLiteError) -> Statement {
        let key = unsafe UInt(bitPattern: sql.utf8Start)
        let prepared: PreparedStatement
        if let kept = literals[key] {
            prepared = try kept.isInUse ? unsafe PreparedStatement("\(sql)", on: handle, kept: false) : kept
        } else {
            prepared = try unsafe PreparedStatement("\(sql)", on: handle, kept: true)
            literals[key] = prepared
        }
        let statement = Statement(prepared, of: self)
        try statement.bind(values)
        return statement
    }

    /// The same for a text put together at run time; only ever out of the program's own pieces, never out of values.
    package func statement(composed sql: String, _ values: [Value] = []) throws(SQLiteError) -> Statement {
        let prepared: PreparedStatement
        if let kept = composed[sql] {
            prepared = try kept.isInUse ? unsafe PreparedStatement(sql, on: handle, kept: false) : kept
        } else {
            prepared = try unsafe PreparedStatement(sql, on: handle, kept: true)
            if composed.count >= Connection.maxComposed { composed.removeAll() }
            composed[sql] = prepared
        }
        let statement = Statement(prepared, of: self)
        try statement.bind(values)
        return statement
    }

    /// Runs one statement; its rows, if any, are passed over.
    package func run(_ sql: StaticString, _ values: Value...) throws(SQLiteError) {
        try statement(sql, values).run()
    }

    /// The first column of the first row, an integer; nil without a row or where it is null.
    package func integer(_ sql: StaticString, _ values: Value...) throws(SQLiteError) -> Int64? {
        let statement = try statement(sql, values)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return try statement.integer(0)
    }

    /// Runs a script of any number of statements without parameters.
    package func execute(script: String) throws(SQLiteError) {
        let code = unsafe sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_exec", code, on: handle, sql: script)
        }
    }

    /// Rows that the last insert, update or delete touched itself (not through triggers or foreign keys).
    package var changes: Int { unsafe Int(sqlite3_changes64(handle)) }

    /// Rows inserted, updated or deleted since the connection was opened, also through triggers and foreign keys,
    /// including changes later rolled back.
    package var totalChanges: Int { unsafe Int(sqlite3_total_changes64(handle)) }

    /// Whether a transaction is open. Some failures, such as a full disk, end it on their own.
    package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    package func transaction<Result>(_ kind: TransactionKind, _ body: () throws -> Result) throws -> Result {
        try begin(kind)
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    package enum TransactionKind: Sendable {
        /// Sees the database as it is at its first read.
        case reading
        /// Holds the right to write from the start.
        case writing
    }

    package func begin(_ kind: TransactionKind) throws(SQLiteError) {
        switch kind {
        case .reading: try run("BEGIN")
        case .writing: try run("BEGIN IMMEDIATE")
        }
    }

    package func commit() throws(SQLiteError) { try run("COMMIT") }

    /// From now on SQLite writes the write-ahead log into the file only when the connection is told to, and the length of the
    /// log is known.
    package func takeOverCheckpoints() {
        // The connection keeps the object alive for as long as SQLite may call.
        unsafe sqlite3_wal_hook(
            handle,
            { pointer, _, _, pages in
                if let pointer = unsafe pointer {
                    unsafe Unmanaged<LogLength>.fromOpaque(pointer).takeUnretainedValue().pages = Int(pages)
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(log).toOpaque())
    }

    /// Pages that the log had after the last commit.
    package var logLength: Int { log.pages }

    /// Writes into the file what readers do not need in the log, without waiting for anybody. Returns whether that is all of
    /// it: the log then starts over when no reader uses it.
    package func checkpoint() throws(SQLiteError) -> Bool {
        let statement = try statement("PRAGMA wal_checkpoint(PASSIVE)")
        // Whether it was kept from it, the pages in the log, and those of them that are in the file.
        guard try statement.step(), try statement.integer(0) == 0 else { return false }
        let pages = try statement.integer(1)
        return try statement.integer(2) == pages
    }

    /// The same, and waits that many milliseconds until no reader uses the log, so that it starts over with the next write.
    package func restartLog(busyTimeout short: Int32) throws(SQLiteError) -> Bool {
        unsafe sqlite3_busy_timeout(handle, short)
        defer { unsafe sqlite3_busy_timeout(handle, busyTimeout) }
        let statement = try statement("PRAGMA wal_checkpoint(RESTART)")
        guard try statement.step() else { return false }
        return try statement.integer(0) == 0
    }

    /// Leaves no transaction open, whatever happened before.
    package func rollBack() {
        guard isInTransaction else { return }
        // It fails only where SQLite has rolled back on its own meanwhile, which is what is wanted.
        try? run("ROLLBACK")
    }

    /// Whether triggers run on this connection; they do at first.
    package func setTriggers(enabled: Bool) {
        unsafe csqlite_configure(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, enabled ? 1 : 0)
    }

    /// Whether references between tables are looked at; also inside a transaction, where `PRAGMA foreign_keys` does nothing.
    package func setReferences(enforced: Bool) {
        unsafe csqlite_configure(handle, SQLITE_DBCONFIG_ENABLE_FKEY, enforced ? 1 : 0)
    }

    /// Makes the other database a page by page copy of this one, as it is in the transaction that is open here, or
    /// else at the start of the call. Writers go on meanwhile. `pause` is called after every `pagesAtATime` pages; what
    /// it throws ends the copying.
    package func copyAll(
        to destination: Connection, pagesAtATime: Int32, pause: () throws -> Void
    ) throws {
        guard let backup = unsafe sqlite3_backup_init(destination.handle, "main", handle, "main") else {
            throw unsafe SQLiteError(
                "sqlite3_backup_init", sqlite3_extended_errcode(destination.handle), on: destination.handle)
        }
        var stepped = SQLITE_OK
        do {
            repeat {
                stepped = unsafe sqlite3_backup_step(backup, pagesAtATime)
                if stepped == SQLITE_OK { try pause() }
            } while stepped == SQLITE_OK
        } catch {
            unsafe sqlite3_backup_finish(backup)
            throw error
        }
        let finished = unsafe sqlite3_backup_finish(backup)
        guard stepped == SQLITE_DONE else {
            throw unsafe SQLiteError("sqlite3_backup_step", stepped, on: nil)
        }
        guard finished == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_backup_finish", finished, on: destination.handle)
        }
    }

    /// Ends a statement that runs with an interruption (SQLITE_INTERRUPT) once `condition` is true, which is
    /// asked whenever that many instructions of SQLite's machine have passed.
    package func interrupt(every instructions: Int32, when condition: @escaping @Sendable () -> Bool) {
        let interruption = Interruption(condition)
        self.interruption = interruption
        // The connection keeps the object alive for as long as SQLite may call.
        unsafe sqlite3_progress_handler(
            handle, instructions,
            { pointer in
                guard let pointer = unsafe pointer else { return 0 }
                let condition = unsafe Unmanaged<Interruption>.fromOpaque(pointer).takeUnretainedValue()
                    .condition
                return condition() ? 1 : 0
            }, Unmanaged.passUnretained(interruption).toOpaque())
    }

    /// Lets statements of this connection call `name(text)`; null counts as empty text. The schema itself may not use it,
    /// so that the file stays readable for other programs.
    package func define(_ name: String, _ transform: @escaping TextFunction.Transform) throws(SQLiteError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let function = unsafe Unmanaged.passRetained(TextFunction(transform))
        // SQLite hands the function back to the last closure when it drops the function, also when this call fails.
        let code = unsafe sqlite3_create_function_v2(
            handle, name, 1, flags, function.toOpaque(), { unsafe TextFunction.call($0, $1, $2) }, nil, nil,
            { if let pointer = unsafe $0 { unsafe Unmanaged<TextFunction>.fromOpaque(pointer).release() } })
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_create_function_v2", code, on: handle)
        }
    }
}
