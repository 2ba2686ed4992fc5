import Glibc

/// A copy of a database that other programs, the server among them, may be using.
package struct Backup: Sendable {
    package let path: String
    /// What the copy was found to hold.
    package let contents: Contents
    /// What is derived wrongly in the database, and so in the copy; empty when all is well. It can be recomputed.
    package let errors: [String]

    /// Why there is no copy.
    package enum Problem: Error, CustomStringConvertible {
        /// There is a file already; nothing is ever overwritten.
        case exists(String)
        /// Another program is making this copy at the moment.
        case underway(String)
        /// The copy was made and found to be wrong, and has been taken away.
        case damaged([String])

        package var description: String {
            switch self {
            case .exists(let path): "\(path) exists already"
            case .underway(let path): "another backup to \(path) is being made"
            case .damaged(let findings): "the copy is damaged: " + findings.joined(separator: "; ")
            }
        }
    }

    /// Copies the database to a file that must be new, or empty. The copy is opened again, checked and compared before
    /// it gets its name, and it has reached the disk when this returns. What is only derived wrongly is no reason to have no
    /// backup. Throws `StorageError` or `Problem`, and
    /// `CancellationError` soon after `isCancelled` says so, which is asked again and again.
    package init(
        of database: String, to path: String, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws {
        guard isFree(path) else { throw Problem.exists(path) }
        let result = try DatabaseCopy.make(of: database, to: path, isCancelled: isCancelled) { partial in
            guard unsafe rename(partial, path) == 0 else {
                throw StorageError.file(path: path, reason: "cannot be written: \(reason(errno))")
            }
        }
        self.path = path
        (contents, errors) = (result.contents, result.errors)
    }
}

private func isFree(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
}
