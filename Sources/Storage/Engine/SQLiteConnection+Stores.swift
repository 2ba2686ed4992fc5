import Expenses
import SQLite

extension SQLite.Connection {
    /// What every connection needs before its first store.
    func prepareForStores() throws(SQLiteError) {
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA synchronous = FULL")
    }

    /// What the scripts of the schema call.
    func prepareForMigration() throws(SQLiteError) {
        for name in Schema.foldingFunctions { try define(name) { searchKey($0) } }
    }

    /// A connection that refuses every change.
    static func reader(of path: String) throws(SQLiteError) -> SQLite.Connection {
        let connection = try SQLite.Connection(path: path, mode: .readOnly)
        try connection.prepareForStores()
        try connection.run("PRAGMA query_only = ON")
        return connection
    }
}
