import Storage

/// Everything in the database, in another one that is new.
enum CopyCommand {
    static func run(_ configuration: Configuration, to database: String) throws {
        try Database.expectThere(configuration.database, option: "--database")
        try Database.expectUsable(database, option: "--to")
        let name = Database.name(database)
        guard Storage.isAddress(configuration.database) || Storage.isAddress(database) else {
            // Between two SQLite files a copy is a backup: page by page in one read transaction, compared and checked.
            let copy = try Backup(of: configuration.database, to: database)
            return Terminal.print("\(name) holds the same. \(copy.contents.inWords)")
        }
        let copy = try Transfer(of: configuration.database, to: database) { table, rows in
            Terminal.print("\(table): \(rows)")
        }
        Terminal.print("\(name) holds the same. \(copy.contents.inWords)")
    }
}
