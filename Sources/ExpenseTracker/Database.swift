import Glibc
import Storage

/// How the commands open the database that is configured.
enum Database {
    /// Makes the database where it is missing.
    static func open(_ configuration: Configuration) throws(StartError) -> Storage {
        try expectFile(configuration.database, option: "--database")
        var options = Storage.Options()
        options.userQuota = configuration.userQuota
        do {
            return try Storage(path: configuration.database, options: options)
        } catch {
            throw StartError("--database: \(error)")
        }
    }

    /// For a command that has nothing to do where there is no database.
    static func openExisting(_ configuration: Configuration) throws(StartError) -> Storage {
        try expectFile(configuration.database, option: "--database")
        guard unsafe access(configuration.database, F_OK) == 0 else {
            throw StartError("--database: there is no file \(configuration.database)")
        }
        return try open(configuration)
    }

    /// Refuses the address of a database server.
    static func expectFile(_ database: String, option: String) throws(StartError) {
        guard !database.hasPrefix("postgresql://"), !database.hasPrefix("postgres://") else {
            throw StartError(
                "\(option): this build knows SQLite files only; one made with --traits PostgreSQL knows servers"
            )
        }
    }
}
