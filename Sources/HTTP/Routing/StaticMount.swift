import Glibc

/// A directory whose files are reached below a prefix of the path.
struct StaticMount: Sendable {
    let prefix: String
    /// Without symbolic links.
    private let directory: String
    /// Where a file has to lie in the end, whatever links lead to it.
    private let boundary: String

    init(prefix: String, directory: String) throws(SystemError) {
        precondition(
            prefix.utf8.first == Byte.slash && prefix.utf8.last == Byte.slash,
            "a prefix starts and ends with a slash")
        guard let directory = Self.resolved(directory) else { throw SystemError("open", detail: directory) }
        self.prefix = prefix
        self.directory = directory
        // The files that a Debian package installs are links from one place below /usr/share to another.
        let share = "/usr/share/"
        boundary = directory.hasPrefix(share) ? share : directory + "/"
    }

    /// The real path of the file that `path` names; `path` is percent-encoded and starts with the prefix. Nil when
    /// nothing is there, or when it would lead out of the directory or to a hidden file.
    func location(of path: String) -> String? {
        var location = directory
        let rest = path.dropFirst(prefix.count)
        for segment in rest.split(separator: "/", omittingEmptySubsequences: false) {
            guard let name = PercentEncoding.decode(String(segment)), Self.isPlain(name) else { return nil }
            location += "/" + name
        }
        guard let resolved = Self.resolved(location), resolved.utf8.starts(with: boundary.utf8) else {
            return nil
        }
        return resolved
    }

    /// Refuses the empty segment, `.` and `..`, hidden files, and what another system would take for a separator.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first != UInt8(ascii: ".")
            && name.utf8.allSatisfy { $0 != 0 && $0 != Byte.slash && $0 != Byte.backslash }
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
