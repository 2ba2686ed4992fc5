import Glibc
import Storage

/// How the commands open the database that is configured.
enum Database {
    /// Makes the database where it is missing.
    static func open(_ configuration: Configuration) throws(StartError) -> Storage {
        do {
            return try Storage(path: configuration.database)
        } catch {
            throw StartError("--database: \(error)")
        }
    }

    /// For a command that has nothing to do where there is no database.
    static func openExisting(_ configuration: Configuration) throws(StartError) -> Storage {
        guard unsafe access(configuration.database, F_OK) == 0 else {
            throw StartError("--database: there is no file \(configuration.database)")
        }
        return try open(configuration)
    }
}
