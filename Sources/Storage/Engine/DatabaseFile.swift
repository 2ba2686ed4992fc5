import Glibc
import Platform
import SQL
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

    /// A read-only connection to a database whose schema is the current one, or an older one where that will do.
    static func reader(
        _ path: String, mayBeOlder: Bool
    ) throws(StorageError) -> (SQLite.Connection, Migrator.State) {
        let (connection, state) = try identified(path, mode: .readOnly, by: Schema.migrator)
        switch state {
        case .current: return (connection, state)
        case .older where mayBeOlder: return (connection, state)
        case .older, .newer, .foreign, .empty:
            throw .schema(state, of: path, known: Schema.migrator.scripts.count)
        }
    }

    /// What kind of database it is, in words. Throws where a server could not use it.
    static func look(at path: String) throws(StorageError) -> String {
        let state = try identified(path, mode: .readOnly, by: Schema.migrator).1
        let words = StorageError.schema(state, of: path, known: Schema.migrator.scripts.count)
        switch state {
        case .empty, .current, .older: return words.description
        case .newer, .foreign: throw words
        }
    }

    private static func identified(
        _ path: String, mode: SQLite.Connection.Mode, by schema: Migrator, busyTimeout: Int32 = 10_000
    ) throws(StorageError) -> sending (SQLite.Connection, Migrator.State) {
        do throws(SQLiteError) {
            let connection = try SQLite.Connection(path: path, mode: mode, busyTimeout: busyTimeout)
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
        schema: Migrator, maxPages: Int? = nil, busyTimeout: Int32 = 10_000,
        report: (String) -> Void = { _ in }
    ) throws(StorageError) -> sending SQLite.Connection {
        if case .older = try DatabaseFile.identified(
            path, mode: .readWrite, by: schema, busyTimeout: busyTimeout
        ).1 {
            try expectUnused()
        }
        let before = inode
        let (connection, state) = try DatabaseFile.identified(
            path, mode: .readWrite, by: schema, busyTimeout: busyTimeout)
        switch state {
        case .empty, .current: break
        case .older(let version):
            try expectRoom(for: connection)
            report(
                "\(path) is brought from version \(version) of the schema to \(schema.scripts.count), which may take some "
                    + "seconds for each 100 MB; it is kept as it was in \(copyName(before: version))")
            try copy(connection, before: version)
        case .newer, .foreign: throw .schema(state, of: path, known: schema.scripts.count)
        }
        do throws(SQLiteError) {
            try setWriteAheadLog(on: connection)
            if let maxPages { try connection.execute(script: "PRAGMA max_page_count = \(maxPages)") }
            // Migrating takes the write lock; skip it when current.
            if state != .current {
                let start = Clock.microseconds
                try connection.prepareForMigration()
                try schema.migrate(connection)
                if state != .empty {
                    // What it has written is in the log as a whole, which would stay that long.
                    _ = try connection.checkpoint()
                    report("\(path) has the new schema, after \((Clock.microseconds - start) / 1000) ms")
                }
            }
            try connection.prepareForStores()
            // What a savepoint would put back stays in memory: on disk it costs several file writes for each insert.
            try connection.run("PRAGMA temp_store = MEMORY")
        } catch {
            throw .sqlite(error)
        }
        // A restore waits for everybody who has the file open, and this connection may have waited for the restore.
        guard inode == before else {
            throw .file(path: path, reason: "has been replaced meanwhile; start again")
        }
        // A power cut must not take away the name of a file whose contents are on the disk.
        if isNew { try synchronize(directory(of: path)) }
        return connection
    }

    /// An earlier release that is running would not know the schema that comes. Called with no connection of our own.
    private func expectUnused() throws(StorageError) {
        let isUnused: Bool
        do {
            isUnused = try SQLiteLock.take(path) != nil
        } catch {
            throw .file(path: path, reason: "cannot be locked: \(error)")
        }
        guard isUnused else {
            throw .file(
                path: path,
                reason: "an earlier release is using it, and its schema has to change; stop that one first")
        }
    }

    private var inode: ino_t {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_ino : 0
    }

    private func setWriteAheadLog(on connection: SQLite.Connection) throws(SQLiteError) {
        let statement = try connection.statement("PRAGMA journal_mode = WAL")
        // The answer is the mode that the database has now: where the file system cannot share memory, another one.
        guard try statement.step(), try statement.text(0) == "wal" else {
            throw SQLiteError(
                call: "PRAGMA journal_mode", code: 1, message: "the file system cannot hold a write-ahead log"
            )
        }
    }

    /// A migration writes a copy of the file, and then at most as much into its log.
    private func expectRoom(for connection: SQLite.Connection) throws(StorageError) {
        let needed: Int64
        do throws(SQLiteError) {
            needed =
                try 2 * (connection.integer("PRAGMA page_count") ?? 0)
                * (connection.integer("PRAGMA page_size") ?? 0)
        } catch {
            throw .sqlite(error)
        }
        var disk = statvfs()
        guard unsafe statvfs(path, &disk) == 0 else { return }
        let free = Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
        guard free >= needed else {
            throw .file(
                path: path,
                reason: "its schema has to change, which needs \(needed >> 20) MB of room on the disk; "
                    + "there are \(free >> 20) MB")
        }
    }

    private func copyName(before version: Int) -> String { "\(path).before-v\(version + 1)" }

    /// Keeps the database as it is before its schema changes, in `PATH.before-vN` where N is the version it will have.
    private func copy(_ connection: SQLite.Connection, before version: Int) throws(StorageError) {
        let copy = copyName(before: version)
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
