package import SQLite

/// Why the database cannot be used, in words for the person who starts the program.
package enum StorageError: Error {
    case file(path: String, reason: String)
    case sqlite(SQLiteError)
    /// A server cannot be used. Its address stays untold: it may hold a password.
    case server(reason: String)
    /// A database whose schema this program cannot use, and the version that it knows.
    case schema(Migrator.State, of: String, known: Int)
    /// A stored value that this program never writes, such as a currency that it does not know.
    case unreadable(column: String)
    /// `Storage.close` has been called.
    case closed
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .sqlite(let error) where error.isFull:
            "the disk is full, or the database may not grow; make room, then try again"
        case .sqlite(let error): error.description
        case .server(let reason): reason
        case .schema(let state, let path, let known): "\(path) \(describe(state, known: known))"
        case .unreadable(let column): "the database holds a value in \(column) that cannot be read"
        case .closed: "the database has been closed"
        }
    }

    private func describe(_ state: Migrator.State, known: Int) -> String {
        switch state {
        case .foreign: "is a SQLite database of another program"
        case .newer(let version):
            "was written by a later release (its schema is version \(version), this release knows \(known))"
        case .older(let version):
            "has the schema of an earlier release (version \(version)); the server brings it to version \(known)"
        case .empty: "is empty"
        case .current: "has the schema of this release"
        }
    }
}

extension StorageError {
    /// The address of a server was given to a build that has no PostgreSQL.
    package static let postgreSQLNotBuiltIn = StorageError.server(
        reason: "this build knows SQLite files only; one made with --traits PostgreSQL knows servers")
}
