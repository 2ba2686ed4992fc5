import Storage

/// Everything in the database, in another one that is new.
enum CopyCommand {
    static func run(_ configuration: Configuration, to database: String) throws {
        try Database.expectFile(configuration.database, option: "--database")
        try Database.expectFile(database, option: "--to")
        // Between two SQLite files a copy is a backup: page by page in one read transaction, compared and checked.
        let copy = try Backup(of: configuration.database, to: database)
        Terminal.print("\(database) holds the same. \(copy.contents.inWords)")
    }
}
