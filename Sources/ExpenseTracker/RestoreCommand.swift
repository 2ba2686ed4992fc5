import Storage

/// Puts a backup in the place of the database.
enum RestoreCommand {
    static func run(_ configuration: Configuration, from file: String) throws {
        try Database.expectFile(configuration.database, option: "--database")
        try FileAccess.expectReadable(file, option: "restore")
        try Database.expectUsable(configuration.database, option: "--database")
        let restoration = try Restoration(of: file, to: configuration.database)
        Terminal.print("\(configuration.database) is restored. \(restoration.contents.inWords)")
        if !restoration.repaired.isEmpty {
            Terminal.print("\(restoration.repaired.count) derived figures were wrong, and are right now.")
        }
        if let kept = restoration.kept { Terminal.print("What was there is kept as \(kept)") }
    }
}
