import Glibc
import Platform

/// A backup that has been put in the place of a database.
package struct Restoration: Sendable {
    package let contents: Contents
    /// Where the database that was there is now; nil where there was none.
    package let kept: String?
    /// What was derived wrongly in the backup, and is put right in the database; empty when all was well.
    package let repaired: [String]

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
        let isThere = unsafe access(database, F_OK) == 0
        var lock: FileDescriptor?
        if isThere {
            lock = try SQLiteLock.take(database)
            guard lock != nil else { throw Problem.inUse(database) }
        }
        var keptName: String?
        let result = try DatabaseCopy.make(of: backup, to: database, isToBeUsed: true) { partial in
            if isThere { keptName = try keep(database, at: now) }
            try giveToOwner(of: isThere ? database : directory(of: database), partial)
            // Its log would be taken for that of the new file.
            DatabaseCopy.removeCompanions(of: database)
            guard unsafe rename(partial, database) == 0 else {
                throw StorageError.file(path: database, reason: "cannot be written: \(reason(errno))")
            }
        }
        kept = keptName
        (contents, repaired) = (result.contents, result.errors)
        _ = consume lock
    }
}

/// Gives the file, and the log that belongs to it, a second name, so that there is a whole database at every moment.
private func keep(_ database: String, at now: Int64) throws(StorageError) -> String {
    let name = "\(database).before-restore-\(Timestamp(seconds: now).text)"
    for suffix in ["-wal", ""] where !isEmpty(database + suffix) {
        guard unsafe link(database + suffix, name + suffix) == 0 else {
            throw .file(path: name + suffix, reason: "cannot be made: \(reason(errno))")
        }
    }
    try synchronize(directory(of: database))
    return name
}

/// A file that root has restored would be of no use to the server, which is another user: it gets the owner of the file
/// that it replaces, and its mode, or the owner of the folder.
private func giveToOwner(of original: String, _ path: String) throws(StorageError) {
    var wanted = stat()
    guard unsafe stat(original, &wanted) == 0 else {
        throw .file(path: original, reason: "cannot be looked at: \(reason(errno))")
    }
    let isFile = wanted.st_mode & S_IFMT == S_IFREG
    if geteuid() == 0 {
        guard unsafe chown(path, wanted.st_uid, wanted.st_gid) == 0 else {
            throw .file(path: path, reason: "cannot be given to its owner: \(reason(errno))")
        }
    } else if isFile, wanted.st_uid != geteuid() {
        throw .file(
            path: original,
            reason: "belongs to user \(UserName.name(of: wanted.st_uid)); restore as that user, or as root")
    }
    if isFile, unsafe chmod(path, wanted.st_mode & 0o777) != 0 {
        throw .file(path: path, reason: "cannot be given its mode: \(reason(errno))")
    }
}

/// Also a file that is missing.
private func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.st_size == 0
}

private func isSameFile(_ left: String, _ right: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard unsafe stat(left, &first) == 0, unsafe stat(right, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
