import Glibc

/// A Unix socket that the server listens on, for a proxy on the same machine: `--host unix:PATH`.
struct UnixSocket {
    private let path: String
    /// Stays open to the end of the program, so that no other file gets this one's number.
    let descriptor: Int32
    /// Which file it is: another program may have put its own in its place.
    private let file: (device: dev_t, number: ino_t)

    /// Nil for another host.
    static func path(in host: String) -> String? {
        host.hasPrefix("unix:") ? String(host.dropFirst("unix:".count)) : nil
    }

    /// Takes the place of a socket that nobody listens on any more, and of nothing else. Who may connect is said by the
    /// folder.
    init(listeningAt path: String) throws(StartError) {
        var place = try Self.address(path)
        try Self.expectUsable(path)
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let own = socket(AF_UNIX, type, 0)
        guard own >= 0 else { throw Self.failure(path) }
        do throws(StartError) {
            if unsafe access(path, F_OK) == 0 { try Self.removeDead(path, &place, own) }
            guard unsafe Self.call(&place, { unsafe bind(own, $0, $1) }) == 0 else {
                throw Self.failure(path)
            }
        } catch {
            close(own)
            throw error
        }
        var status = stat()
        guard unsafe chmod(path, 0o666) == 0, listen(own, 4096) == 0, unsafe lstat(path, &status) == 0 else {
            let failure = Self.failure(path)
            close(own)
            unsafe unlink(path)
            throw failure
        }
        self.path = path
        descriptor = own
        file = (status.st_dev, status.st_ino)
    }

    /// Whether a socket may be made there, as far as that can be seen without making it.
    static func expectUsable(_ path: String) throws(StartError) {
        _ = try address(path)
        try FileAccess.expectFolder(of: path, option: "--host")
        var status = stat()
        // Not what a link leads to.
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw StartError("--host: \(path) is there already and is no socket; choose another path")
        }
    }

    /// Clients are refused from now on; a socket that another program has made there since stays.
    func remove() {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_dev == file.device, status.st_ino == file.number
        else { return }
        unsafe unlink(path)
    }

    /// Removes the socket unless a program listens on it. `own` is left unconnected.
    private static func removeDead(
        _ path: String, _ place: inout sockaddr_un, _ own: Int32
    ) throws(StartError) {
        // A full queue (EAGAIN) means that somebody listens.
        guard unsafe call(&place, { unsafe connect(own, $0, $1) }) != 0, errno == ECONNREFUSED else {
            throw StartError(
                "--host: \(path) is in use by another program; stop that one, or choose another path")
        }
        unsafe unlink(path)
    }

    private static func address(_ path: String) throws(StartError) -> sockaddr_un {
        var place = sockaddr_un()
        guard !path.isEmpty else {
            throw StartError(
                "--host: unix: needs the path of a socket, such as unix:/run/expense-tracker/http")
        }
        guard path.utf8.count < MemoryLayout.size(ofValue: place.sun_path) else {
            throw StartError("--host: \(path) is too long for a Unix socket; 107 bytes is the most")
        }
        place.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        return place
    }

    private static func call(
        _ place: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// What `errno` says.
    private static func failure(_ path: String) -> StartError {
        errno == EADDRINUSE
            ? StartError(
                "--host: \(path) is in use by another program; stop that one, or choose another path")
            : StartError(unsafe "--host: \(path): \(String(cString: strerror(errno)))")
    }
}
