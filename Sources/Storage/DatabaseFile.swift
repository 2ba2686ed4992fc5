import Glibc
import SQLite

/// The file of a database that is being opened, and what this program has made of it so far.
struct DatabaseFile {
    let path: String
    /// Whether the file was not there before.
    private let isNew: Bool

    /// Makes the file when it is missing, readable and writable by its owner alone; SQLite gives the files beside it
    /// the same mode.
    init(path: String) throws(StorageError) {
        self.path = path
        isNew = try makePrivateFile(path)
    }

    /// Takes a new file away again.
    func discard() {
        guard isNew else { return }
        for suffix in ["-wal", "-shm", ""] { unsafe unlink(path + suffix) }
    }

    /// A connection for the writer, with the schema brought up to date.
    func open(schema: Migrator = Schema.migrator) throws(StorageError) -> sending Connection {
        let connection: Connection
        let state: Migrator.State
        do throws(SQLiteError) {
            connection = try Connection(path: path, mode: .readWrite)
            state = try schema.state(of: connection)
        } catch {
            throw error.isNotADatabase ? .file(path: path, reason: "not a SQLite database") : .sqlite(error)
        }
        switch state {
        case .empty, .current: break
        case .older(let version): try copy(connection, before: version)
        case .newer(let version): throw .newer(path: path, found: version, known: schema.scripts.count)
        case .foreign: throw .foreign(path: path)
        }
        do throws(SQLiteError) {
            try connection.run("PRAGMA journal_mode = WAL")
            try schema.migrate(connection)
            try connection.prepareForStores()
        } catch {
            throw .sqlite(error)
        }
        return connection
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
