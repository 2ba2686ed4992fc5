import Glibc

/// A backup that has been put in the place of a database.
package struct Restoration: Sendable {
    package let contents: Contents
    /// Where the database that was there is now; nil where there was none.
    package let kept: String?

    /// Why nothing has been changed.
    package enum Problem: Error, CustomStringConvertible {
        case inUse(String)
        case sameFile(String)

        package var description: String {
            switch self {
            case .inUse(let path): "\(path) is in use; stop the server first"
            case .sameFile(let path): "\(path) is the database itself"
            }
        }
    }

    /// Copies the backup, checks the copy, and puts it in the place of the database, which nobody may have open. What
    /// is there is kept beside it, sound or not. `now` is in Unix seconds. Throws `StorageError` or a `Problem`.
    package init(of backup: String, to database: String, at now: Int64 = Int64(time(nil))) throws {
        if isSameFile(backup, database) { throw Problem.sameFile(backup) }
        let lock = try ExclusiveLock(on: database)
        defer { lock?.release() }
        var keptName: String?
        contents = try DatabaseCopy.make(of: backup, to: database, migrates: true, isCancelled: { false }) {
            partial in
            if lock != nil { keptName = try keep(database, at: now) }
            // Its log would be taken for that of the new file.
            DatabaseCopy.removeCompanions(of: database)
            guard unsafe rename(partial, database) == 0 else {
                throw StorageError.file(path: database, reason: "cannot be written: \(reason(errno))")
            }
        }
        kept = keptName
    }
}

/// Gives the file, and the log that belongs to it, a second name, so that there is a whole database at every moment.
private func keep(_ database: String, at now: Int64) throws(StorageError) -> String {
    let name = "\(database).before-restore-\(BackupFolder.timestamp(now))"
    for suffix in ["-wal", ""] where unsafe access(database + suffix, F_OK) == 0 {
        guard unsafe link(database + suffix, name + suffix) == 0 else {
            throw .file(path: name + suffix, reason: "cannot be made: \(reason(errno))")
        }
    }
    try synchronize(directory(of: database))
    return name
}

private func isSameFile(_ left: String, _ right: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard unsafe stat(left, &first) == 0, unsafe stat(right, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}

/// Keeps every SQLite program out of a database, by the locks that it takes itself (sqlite.org/lockingv3.html); also
/// of a file that is damaged.
private struct ExclusiveLock {
    private let descriptor: Int32

    /// Nil where there is no file. Throws `Restoration.Problem.inUse` where any program has the database open.
    init?(on database: String) throws {
        descriptor = unsafe open(database, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { return nil }
            throw StorageError.file(path: database, reason: "cannot be opened: \(reason(errno))")
        }
        // The pending byte, the reserved byte, and the 510 of which a program that has a write-ahead log open holds one.
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = 0x4000_0000
        range.l_len = 512
        guard unsafe fcntl(descriptor, F_OFD_SETLK, &range) == 0 else {
            let code = errno
            close(descriptor)
            guard code != EAGAIN, code != EACCES else { throw Restoration.Problem.inUse(database) }
            throw StorageError.file(path: database, reason: "cannot be locked: \(reason(code))")
        }
    }

    func release() { close(descriptor) }
}
