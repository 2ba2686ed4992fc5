package import Platform

/// Sends the files of some directories as they are: with validators, conditional requests and single ranges
/// (RFC 9110 §13, §14), and compressed to those who take gzip.
///
/// The names are listed at start and found by their decoded path, so that nothing is kept for what a client asks. Each
/// file's answer is made when it is first asked for; a file that changes later is sent anew after a restart.
package final class StaticFiles: Sendable {
    /// The longest first.
    private let prefixes: [String]
    private let files: [String: StaticFile]
    /// Slashes in the path of a file, at most.
    private let deepest: Int

    /// Throws when a directory is not there. A prefix starts and ends with a slash; the longest
    /// that fits wins. `finish` adds the fields that every answer carries. `background` starts work that takes some
    /// milliseconds on another thread, and says whether it could; without it, such work is done on the spot.
    package init(
        _ mounts: [(prefix: String, directory: String)],
        finish: @escaping @Sendable (inout Response) -> Void = { _ in },
        background: (@Sendable (@escaping @Sendable () -> Void) -> Bool)? = nil
    ) throws(SystemError) {
        var files: [String: StaticFile] = [:]
        for (prefix, directory) in mounts.sorted(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) {
            let mount = try StaticMount(prefix: prefix, directory: directory)
            // Below a longer prefix, the files of the shorter one are not seen.
            files = files.filter { !$0.key.hasPrefix(prefix) }
            for (path, location) in try mount.files() {
                files[path] = StaticFile(location, finish: finish, background: background)
            }
        }
        self.files = files
        deepest = files.keys.map { $0.utf8.count { $0 == Byte.slash } }.max() ?? 0
        prefixes = mounts.map(\.prefix).sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The file at that path, percent-encoded or not; nil where there is none.
    package func find(_ path: String) -> StaticFile? {
        guard prefixes.contains(where: path.hasPrefix) else { return nil }
        return files[path] ?? decoded(path).flatMap { files[$0] }
    }

    /// The path with each segment decoded; nil where none is encoded, or one hides a slash.
    private func decoded(_ path: String) -> String? {
        // What is deeper than any file is not taken apart.
        guard path.utf8.contains(Byte.percent), path.utf8.count(where: { $0 == Byte.slash }) <= deepest else {
            return nil
        }
        var segments: [String] = []
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard let name = PercentEncoding.decode(String(segment)), !name.utf8.contains(Byte.slash) else {
                return nil
            }
            segments.append(name)
        }
        return segments.joined(separator: "/")
    }
}
