import Glibc
import SQLite

/// A copy of a database that other programs, the server among them, may be using.
package struct Backup: Sendable {
    package let path: String
    /// What the copy was found to hold.
    package let contents: Contents

    /// Why there is no copy.
    package enum Problem: Error, CustomStringConvertible {
        /// There is a file already; nothing is ever overwritten.
        case exists(String)
        /// The copy was made and found to be wrong, and has been taken away.
        case damaged([String])

        package var description: String {
            switch self {
            case .exists(let path): "\(path) exists already"
            case .damaged(let findings): "the copy is damaged: " + findings.joined(separator: "; ")
            }
        }
    }

    /// Copies the database to a file that must be new, or empty. The copy is opened again, checked and compared before
    /// it gets its name, and it has reached the disk when this returns. Throws `StorageError` or `Problem`.
    package init(of database: String, to path: String) throws {
        guard isFree(path) else { throw Problem.exists(path) }
        let partial = path + ".partial"
        unsafe unlink(partial)
        guard try makePrivateFile(partial) else { throw Problem.exists(partial) }
        do {
            let expected = try copyContents(of: database, to: partial)
            contents = try checkedContents(of: partial, expecting: expected)
            try synchronize(partial)
            guard unsafe rename(partial, path) == 0 else {
                throw StorageError.file(path: path, reason: "cannot be written: \(reason(errno))")
            }
        } catch {
            for suffix in ["", "-journal", "-wal", "-shm"] { unsafe unlink(partial + suffix) }
            throw (error as? SQLiteError).map(StorageError.sqlite) ?? error
        }
        try synchronize(directory(of: path))
        self.path = path
    }
}

private func isFree(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
}

/// Copies in one read transaction, and returns what the database holds in the same one.
private func copyContents(of database: String, to path: String) throws -> Contents {
    let source = try DatabaseFile.reader(database)
    let copy = try Connection(path: path, mode: .readWrite)
    return try source.transaction(.reading) {
        let contents = try Contents(of: source)
        try source.copyAll(to: copy)
        return contents
    }
}

private func checkedContents(of path: String, expecting expected: Contents) throws -> Contents {
    let copy = try Connection(path: path, mode: .readWrite)
    // One file, with nothing beside it.
    try copy.run("PRAGMA journal_mode = DELETE")
    var findings = IntegrityCheck(of: copy).findings
    let contents = try Contents(of: copy)
    if contents != expected { findings.append("it holds \(contents) instead of \(expected)") }
    guard findings.isEmpty else { throw Backup.Problem.damaged(findings) }
    return contents
}
