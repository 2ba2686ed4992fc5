import Glibc
package import SQLite

/// The file of a database that is being opened, and what this program has made of it so far.
package struct DatabaseFile {
    package let path: String
    /// Whether the file was not there before.
    private let isNew: Bool

    /// Makes the file when it is missing, readable and writable by its owner alone; SQLite gives the files beside it
    /// the same mode.
    package init(path: String, makesMissing: Bool) throws(StorageError) {
        self.path = path
        if !makesMissing, unsafe access(path, F_OK) != 0 { throw .file(path: path, reason: reason(errno)) }
        isNew = try makePrivateFile(path)
    }

    /// A read-only connection to a database whose schema is the current one.
    static func reader(_ path: String) throws(StorageError) -> Connection {
        let (connection, state) = try identified(path, mode: .readOnly, by: Schema.migrator)
        guard state == .current else { throw .schema(state, of: path, known: Schema.migrator.scripts.count) }
        return connection
    }

    private static func identified(
        _ path: String, mode: Connection.Mode, by schema: Migrator, lockPatience: Int32 = 10_000
    ) throws(StorageError) -> sending (Connection, Migrator.State) {
        do throws(SQLiteError) {
            let connection = try Connection(path: path, mode: mode, patience: lockPatience)
            return (connection, try schema.state(of: connection))
        } catch {
            throw error.isNotADatabase ? .file(path: path, reason: "not a SQLite database") : .sqlite(error)
        }
    }

    /// Takes a new file away again.
    func discard() {
        guard isNew else { return }
        for suffix in ["-wal", "-shm", ""] { unsafe unlink(path + suffix) }
    }

    /// A connection for the writer, with the schema brought up to date.
    package func open(
        schema: Migrator, mostPages: Int? = nil, lockPatience: Int32 = 10_000
    ) throws(StorageError) -> sending Connection {
        let (connection, state) = try DatabaseFile.identified(
            path, mode: .readWrite, by: schema, lockPatience: lockPatience)
        switch state {
        case .empty, .current: break
        case .older(let version): try copy(connection, before: version)
        case .newer, .foreign: throw .schema(state, of: path, known: schema.scripts.count)
        }
        do throws(SQLiteError) {
            try setWriteAheadLog(on: connection)
            if let mostPages { try connection.execute(script: "PRAGMA max_page_count = \(mostPages)") }
            try schema.migrate(connection)
            try connection.prepareForStores()
            // What a savepoint would put back stays in memory: on disk it costs several file writes for each insert.
            try connection.run("PRAGMA temp_store = MEMORY")
        } catch {
            throw .sqlite(error)
        }
        // A power cut must not take away the name of a file whose contents are on the disk.
        if isNew { try synchronize(directory(of: path)) }
        return connection
    }

    private func setWriteAheadLog(on connection: Connection) throws(SQLiteError) {
        let statement = try connection.statement("PRAGMA journal_mode = WAL")
        // The answer is the mode that the database has now: where the file system cannot share memory, another one.
        guard try statement.step(), statement.text(0) == "wal" else {
            throw SQLiteError(
                call: "PRAGMA journal_mode", code: 1, message: "the file system cannot hold a write-ahead log"
            )
        }
    }

    /// Keeps the database as it is before its schema changes, in `PATH.before-vN` where N is the version it will have.
    private func copy(_ connection: Connection, before version: Int) throws(StorageError) {
        let copy = "\(path).before-v\(version + 1)"
        let partial = copy + ".partial"
        unsafe unlink(partial)
        // SQLite fills a file that is empty; made here it is private from the start.
        _ = try makePrivateFile(partial)
        do throws(SQLiteError) {
            try connection.statement("VACUUM INTO ?", [.text(partial)]).run()
        } catch {
            unsafe unlink(partial)
            throw .sqlite(error)
        }
        try synchronize(partial)
        guard unsafe rename(partial, copy) == 0 else {
            throw .file(path: copy, reason: "cannot be written: \(reason(errno))")
        }
        try synchronize(directory(of: copy))
    }
}
