import Expenses
import SQLite

extension Connection {
    /// What every connection needs before its first store.
    func prepareForStores() throws(SQLiteError) {
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA synchronous = FULL")
    }

    /// What the scripts of the schema call.
    func prepareForMigration() throws(SQLiteError) {
        try define(SearchSchema.foldingFunction) { descriptionKey($0) }
    }
}
