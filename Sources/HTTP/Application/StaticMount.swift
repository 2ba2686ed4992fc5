import Platform

/// A directory whose files are reached below a prefix of the path.
struct StaticMount {
    /// Directories within directories; a link that leads back up ends here.
    private static let deepest = 8

    let prefix: String
    /// Without symbolic links.
    private let directory: String
    /// Where a file has to lie in the end, whatever links lead to it.
    private let boundary: String

    init(prefix: String, directory: String) throws(SystemError) {
        precondition(
            prefix.utf8.first == Byte.slash && prefix.utf8.last == Byte.slash,
            "a prefix starts and ends with a slash")
        guard let directory = Directory.resolved(directory) else {
            throw SystemError("open", detail: directory)
        }
        self.prefix = prefix
        self.directory = directory
        // The files that a Debian package installs are links from one place below /usr/share to another.
        let share = "/usr/share/"
        boundary = directory.hasPrefix(share) ? share : directory + "/"
    }

    /// Every file that may be sent: its path as a request names it, decoded, and where it lies. Hidden files are left out,
    /// and links that lead out of the directory.
    func files() throws(SystemError) -> [(path: String, location: String)] {
        var files: [(path: String, location: String)] = []
        try collect(directory, prefix, depth: 0, into: &files)
        return files
    }

    private func collect(
        _ folder: String, _ path: String, depth: Int, into files: inout [(path: String, location: String)]
    ) throws(SystemError) {
        guard depth < Self.deepest else { return }
        for name in try Directory.names(in: folder)
        where !name.hasPrefix(".") && !name.utf8.contains(Byte.backslash) {
            guard let location = Directory.resolved(folder + "/" + name), location.hasPrefix(boundary) else {
                continue
            }
            if Directory.isDirectory(location) {
                try collect(location, path + name + "/", depth: depth + 1, into: &files)
            } else {
                files.append((path + name, location))
            }
        }
    }
}
