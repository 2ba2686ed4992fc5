import Expenses
import Storage

/// A consistent copy of the database, which a server may be using. It is checked before it gets its name.
enum BackupCommand {
    static func run(_ configuration: Configuration, to file: String) throws {
        try Database.expectFile(configuration.database, option: "--database")
        try Database.expectThere(configuration.database, option: "--database")
        try FileAccess.expectFolder(of: file, option: "backup")
        let backup = try Backup(of: configuration.database, to: file)
        guard backup.errors.isEmpty else {
            for error in backup.errors { Terminal.print(error) }
            Terminal.print(
                "\(file) is a copy of all that was typed, but \(backup.errors.count) derived figures, listed above, are "
                    + "wrong in it as in the database: `check --repair` recomputes them. \(backup.contents.inWords)"
            )
            return
        }
        Terminal.print("\(file) is a sound copy. \(backup.contents.inWords)")
    }
}
