import SQLite

extension Connection {
    /// What every connection needs before its first store.
    func prepareForStores() throws(SQLiteError) {
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA synchronous = FULL")
        try define(TextMatch.function, TextMatch.contains)
    }
}
