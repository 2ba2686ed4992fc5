import Glibc
import SQLite

/// A copy of a database under a name of its own, until it has been checked.
enum DatabaseCopy {
    /// Pages copied between two questions whether to stop: 4 MB.
    private static let step: Int32 = 1024
    /// SQLite's instructions between two of them.
    private static let instructions: Int32 = 100_000

    /// Copies the database to `path.partial`, checks and compares it, and hands it to `finish`, which gives it its
    /// name. It leaves nothing else behind, and clears away what a copy that was killed has left.
    ///
    /// The database has to have the schema of this release; with `migrates` it may be older, and the copy is brought up
    /// to date.
    static func make(
        of database: String, to path: String, migrates: Bool = false,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        finish: (_ partial: String) throws -> Void
    ) throws -> Contents {
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
                of: database, to: partial, migrates: migrates, isCancelled: isCancelled)
            let contents = try checkedContents(of: partial, expecting: expected, isCancelled: isCancelled)
            try synchronize(partial)
            if isCancelled() { throw CancellationError() }
            try finish(partial)
            try synchronize(directory(of: path))
            return contents
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
        of database: String, to path: String, migrates: Bool, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Contents? {
        let (source, state) = try DatabaseFile.reader(database, mayBeOlder: migrates)
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

    private static func checkedContents(
        of path: String, expecting expected: Contents?, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Contents {
        let copy = try SQLite.Connection(path: path, mode: .readWrite)
        copy.interrupt(every: instructions, when: isCancelled)
        // One file, with nothing beside it.
        try copy.run("PRAGMA journal_mode = DELETE")
        if expected == nil {
            try copy.prepareForMigration()
            try Schema.migrator.migrate(copy)
        }
        var findings = IntegrityCheck(of: .sqlite(copy)).findings
        let contents = try Contents(of: .sqlite(copy))
        if let expected, contents != expected {
            findings.append("it holds \(contents) instead of \(expected)")
        }
        guard findings.isEmpty else { throw Backup.Problem.damaged(findings) }
        return contents
    }
}
