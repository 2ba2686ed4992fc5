import Glibc
import Storage

/// How the commands open the database that is configured.
enum Database {
    /// Makes the database where it is missing.
    static func open(_ configuration: Configuration) throws(StartError) -> Storage {
        try expectKnown(configuration.database, option: "--database")
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
        try expectKnown(configuration.database, option: "--database")
        if !Storage.isAddress(configuration.database), unsafe access(configuration.database, F_OK) != 0 {
            throw StartError("--database: there is no file \(configuration.database)")
        }
        return try open(configuration)
    }

    /// Refuses the address of a server in a build that knows none.
    static func expectKnown(_ database: String, option: String) throws(StartError) {
        guard Storage.isAddress(database), !ServerStorage.isBuiltIn else { return }
        throw StartError("\(option): \(StorageError.ofThisBuild)")
    }

    /// The same where a server has other means.
    static func expectFile(_ database: String, option: String) throws(StartError) {
        try expectKnown(database, option: option)
        guard !Storage.isAddress(database) else {
            throw StartError(
                "\(option): a server is backed up by its own tools (pg_dump, or a base backup with its log); "
                    + "`copy --to FILE` makes a SQLite file of what it holds")
        }
    }

    /// What a person is told: an address may hold a password.
    static func name(_ database: String) -> String {
        Storage.isAddress(database) ? "The database on the server" : database
    }
}
