import Glibc
import SQLite

/// A copy of a database under a name of its own, until it has been checked.
enum DatabaseCopy {
    /// Pages copied between cancellation checks: 4 MB.
    private static let step: Int32 = 1024
    /// SQLite's instructions between cancellation checks.
    private static let instructions: Int32 = 100_000

    /// What became of it.
    struct Result {
        let contents: Contents
        /// What was derived wrongly, and still is in a copy that is to be as the database is.
        let errors: [String]
    }

    /// Copies the database to `path.partial`, checks and compares it, and hands it to `finish`, which gives it its
    /// name. It leaves nothing else behind, and clears away what a copy that was killed has left.
    ///
    /// The database has to have the schema of this release; one that is to be used may be older: the copy is brought up
    /// to date, and what is derived wrongly is put right in it.
    static func make(
        of database: String, to path: String, isToBeUsed: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        finish: (_ partial: String) throws -> Void
    ) throws -> Result {
        let partial = path + ".partial"
        // The lock goes with the program that holds it, however that ends. It stays open to the end, because closing
        // any descriptor of a file takes SQLite's own locks on it away.
        let lock = unsafe open(partial, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw StorageError.file(path: partial, reason: "cannot be made: \(reason(errno))")
        }
        defer { close(lock) }
        // Another one that has just ended may have given the file its name between the two calls.
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, isNamed(partial, lock) else {
            throw Backup.Problem.underway(path)
        }
        do {
            guard fchmod(lock, 0o600) == 0, ftruncate(lock, 0) == 0 else {
                throw StorageError.file(path: partial, reason: "cannot be emptied: \(reason(errno))")
            }
            removeCompanions(of: partial)
            let expected = try copyContents(
                of: database, to: partial, isToBeUsed: isToBeUsed, isCancelled: isCancelled)
            let result = try check(
                partial, expecting: expected, repairs: isToBeUsed, isCancelled: isCancelled)
            try synchronize(partial)
            if isCancelled() { throw CancellationError() }
            try finish(partial)
            try synchronize(directory(of: path))
            return result
        } catch {
            unsafe unlink(partial)
            removeCompanions(of: partial)
            if isCancelled() { throw CancellationError() }
            throw (error as? SQLiteError).map(StorageError.sqlite) ?? error
        }
    }

    static func removeCompanions(of path: String) {
        for suffix in ["-journal", "-wal", "-shm"] { unsafe unlink(path + suffix) }
    }

    private static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, open) = (stat(), stat())
        guard unsafe stat(path, &named) == 0, unsafe fstat(descriptor, &open) == 0 else { return false }
        return named.st_dev == open.st_dev && named.st_ino == open.st_ino
    }

    /// Copies in one read transaction, and returns what the database holds in the same one; nil for an older schema.
    private static func copyContents(
        of database: String, to path: String, isToBeUsed: Bool, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Contents? {
        let (source, state) = try DatabaseFile.reader(database, mayBeOlder: isToBeUsed)
        source.interrupt(every: instructions, when: isCancelled)
        let copy = try SQLite.Connection(path: path, mode: .readWrite)
        return try source.transaction(.reading) {
            let contents = state == .current ? try Contents(of: .sqlite(source)) : nil
            try source.copyAll(to: copy, pagesAtATime: step) {
                if isCancelled() { throw CancellationError() }
            }
            return contents
        }
    }

    private static func check(
        _ path: String, expecting expected: Contents?, repairs: Bool,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Result {
        let copy = try SQLite.Connection(path: path, mode: .readWrite)
        copy.interrupt(every: instructions, when: isCancelled)
        // One file, with nothing beside it.
        try copy.run("PRAGMA journal_mode = DELETE")
        if expected == nil {
            try copy.prepareForMigration()
            try Schema.migrator.migrate(copy)
        }
        var check = IntegrityCheck(of: .sqlite(copy))
        let errors = check.errors
        if repairs, check.damage.isEmpty, !errors.isEmpty {
            try copy.transaction(.writing) { try Repair(connection: .sqlite(copy)).run() }
            check = IntegrityCheck(of: .sqlite(copy))
        }
        var damage = repairs ? check.findings : check.damage
        let contents = try Contents(of: .sqlite(copy))
        if let expected, contents != expected {
            damage.append("it holds \(contents.inWords) instead of \(expected.inWords)")
        }
        guard damage.isEmpty else { throw Backup.Problem.damaged(damage) }
        return Result(contents: contents, errors: errors)
    }
}
