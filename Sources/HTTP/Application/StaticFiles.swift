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
    private let finish: @Sendable (inout Response) -> Void

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
        self.finish = finish
        prefixes = mounts.map(\.prefix).sorted { $0.utf8.count > $1.utf8.count }
    }

    /// Nil when no prefix fits the path. Below a prefix, what is not there is 404, and any method but GET, HEAD and OPTIONS
    /// is 405.
    package func respond(to request: Request) -> Response? {
        let path = request.path
        guard prefixes.contains(where: { path.utf8.starts(with: $0.utf8) }) else { return nil }
        guard let file = files[path] ?? decoded(path).flatMap({ files[$0] }) else {
            return finished(.text(.notFound, "Not Found\n"))
        }
        switch request.method {
        case .get, .head:
            return file.respond(to: request)
        case .options:
            return finished(Response(.noContent, headers: ["Allow": "GET, HEAD, OPTIONS"]))
        case .post, .put, .delete, .patch, .trace, .connect, .query:
            var response = Response.text(.methodNotAllowed, "Method Not Allowed\n")
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
            return finished(response)
        }
    }

    private func finished(_ response: Response) -> Response {
        var response = response
        finish(&response)
        return response
    }

    /// The path with each segment decoded; nil where none is encoded, or one hides a slash.
    private func decoded(_ path: String) -> String? {
        guard path.utf8.contains(Byte.percent) else { return nil }
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
