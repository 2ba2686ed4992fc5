import Glibc
import Storage

/// How the commands open the database that is configured.
enum Database {
    /// Makes the database where it is missing. `report` is called with what a host should know. With `onUnreachable` a server
    /// that does not answer is no error: that is called with the reason.
    static func open(
        _ configuration: Configuration, report: @escaping @Sendable (String) -> Void = { _ in },
        onUnreachable: (@Sendable (String) -> Void)? = nil
    ) throws(StartError) -> Storage {
        try expectUsable(configuration.database, option: "--database")
        var options = Storage.Options()
        options.onUnreachable = onUnreachable
        options.userQuota = configuration.userQuota
        options.maxConnections = configuration.maxConnections
        options.report = report
        do {
            return try Storage(path: configuration.database, options: options)
        } catch {
            throw StartError("--database: \(error)")
        }
    }

    /// For a command that has nothing to do where there is no database.
    static func openExisting(_ configuration: Configuration) throws(StartError) -> Storage {
        try expectThere(configuration.database, option: "--database")
        return try open(configuration)
    }

    /// Refuses a file that is not there.
    static func expectThere(_ database: String, option: String) throws(StartError) {
        try expectKnown(database, option: option)
        if !Storage.isAddress(database) { try FileAccess.expectReadable(database, option: option) }
    }

    /// Refuses a file, or one that would be made, where this program may not write.
    static func expectUsable(_ database: String, option: String) throws(StartError) {
        try expectKnown(database, option: option)
        if !Storage.isAddress(database) { try FileAccess.expectDatabase(database, option: option) }
    }

    /// Looks at the database without making or changing one, and says what there is.
    static func look(_ configuration: Configuration) throws(StartError) -> String {
        let database = configuration.database
        try expectUsable(database, option: "--database")
        do {
            let isThere = unsafe access(database, F_OK) == 0
            guard isThere || Storage.isAddress(database) else {
                return "\(database) is not there; the start makes it"
            }
            return try Storage.look(at: database)
        } catch {
            throw StartError("--database: \(error)")
        }
    }

    /// Refuses the address of a server in a build that knows none.
    static func expectKnown(_ database: String, option: String) throws(StartError) {
        guard Storage.isAddress(database), !ServerStorage.isBuiltIn else { return }
        throw StartError("\(option): \(StorageError.postgreSQLNotBuiltIn)")
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
