package import SQLite

/// Why the database cannot be used, in words for the person who starts the program.
package enum StorageError: Error {
    case file(path: String, reason: String)
    case sqlite(SQLiteError)
    /// A database, but not one of this program.
    case foreign(path: String)
    /// Written by a later release: versions of the schema.
    case newer(path: String, found: Int, known: Int)
    /// A stored value that this program never writes, such as a currency that it does not know.
    case unreadable(column: String)
    /// `Storage.close` has been called.
    case closed
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .sqlite(let error): error.description
        case .foreign(let path): "\(path) is a SQLite database of another program"
        case .newer(let path, let found, let known):
            "\(path) was written by a later release (schema \(found), this release knows \(known))"
        case .unreadable(let column): "the database holds a value in \(column) that cannot be read"
        case .closed: "the database has been closed"
        }
    }
}
