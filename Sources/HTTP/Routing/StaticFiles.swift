import Synchronization

/// Sends the files of some directories as they are: with validators, conditional requests and single ranges
/// (RFC 9110 §13, §14), and compressed where a `.gz` file lies beside the file.
///
/// A file may be changed while the server runs: it is looked at again a second later. Its first bytes are read from
/// the disk on the event loop, since there are few files and they stay in memory.
package final class StaticFiles: Sendable {
    private struct Cached {
        let file: StaticFile
        /// `Clock.milliseconds` of the last look at the disk.
        var checked: Int64
    }

    private static let recheckInterval: Int64 = 1000
    /// Entries at most; the directories are meant for far fewer.
    private static let cacheLimit = 2048

    /// The longest prefix first.
    private let mounts: [StaticMount]
    private let cache = Mutex<[String: Cached]>([:])

    /// Throws when a directory is not there. A prefix starts and ends with a slash; the longest that fits wins.
    package init(_ mounts: [(prefix: String, directory: String)]) throws(SystemError) {
        var made: [StaticMount] = []
        for (prefix, directory) in mounts {
            made.append(try StaticMount(prefix: prefix, directory: directory))
        }
        self.mounts = made.sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }

    /// Nil when no mount has that path. Below a mount, what is not there is 404, and any method but GET, HEAD and
    /// OPTIONS is 405.
    package func respond(to request: Request) -> Response? {
        let path = request.path
        guard let mount = mounts.first(where: { path.utf8.starts(with: $0.prefix.utf8) }) else { return nil }
        guard let file = find(path, in: mount) else { return .text(.notFound, "Not Found\n") }
        switch request.method {
        case .get, .head:
            return file.respond(to: request)
        case .options:
            return Response(.noContent, headers: ["Allow": "GET, HEAD, OPTIONS"])
        case .post, .put, .delete, .patch, .trace, .connect, .query:
            var response = Response.text(.methodNotAllowed, "Method Not Allowed\n")
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
            return response
        }
    }

    private func find(_ path: String, in mount: StaticMount) -> StaticFile? {
        let now = Clock.milliseconds
        let cached = cache.withLock { $0[path] }
        if let cached, now - cached.checked < Self.recheckInterval { return cached.file }
        guard let location = mount.location(of: path) else { return nil }
        // What has not changed since is as good as new, and its memory is kept.
        if var cached, cached.file.isUnchanged(at: location) {
            cached.checked = now
            cache.withLock { $0[path] = cached }
            return cached.file
        }
        guard let file = try? StaticFile(location) else {
            cache.withLock { $0[path] = nil }
            return nil
        }
        cache.withLock { cache in
            if cache.count >= Self.cacheLimit { cache.removeAll() }
            cache[path] = Cached(file: file, checked: now)
        }
        return file
    }
}
