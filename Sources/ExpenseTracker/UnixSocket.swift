import Glibc

/// A Unix socket that the server listens on, for a proxy on the same machine: `--host unix:PATH`.
struct UnixSocket {
    let path: String
    /// Stays open to the end of the program.
    let descriptor: Int32

    /// Nil for another host.
    static func path(in host: String) -> String? {
        host.hasPrefix("unix:") ? String(host.dropFirst("unix:".count)) : nil
    }

    /// Takes the place of a socket that nobody listens on any more. Who may connect is said by the folder.
    init(listeningAt path: String) throws(StartError) {
        try FileAccess.expectFolder(of: path, option: "--host")
        var place = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: place.sun_path) else {
            throw StartError("--host: \(path) is too long for a Unix socket; 107 bytes is the most")
        }
        place.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let (probe, own) = (socket(AF_UNIX, type, 0), socket(AF_UNIX, type, 0))
        defer { close(probe) }
        let isDead = unsafe withUnsafePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                unsafe connect(probe, place, size) != 0 && errno == ECONNREFUSED
            }
        }
        if isDead { unsafe unlink(path) }
        let isBound = unsafe withUnsafePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(own, $0, size) == 0 }
        }
        guard isBound else {
            let code = errno
            close(own)
            throw code == EADDRINUSE
                ? StartError(
                    "--host: \(path) is there already; stop the program that listens on it, or remove it")
                : StartError(unsafe "--host: \(path): \(String(cString: strerror(code)))")
        }
        guard unsafe chmod(path, 0o666) == 0, listen(own, 4096) == 0 else {
            throw StartError(unsafe "--host: \(path): \(String(cString: strerror(errno)))")
        }
        self.path = path
        descriptor = own
    }

    /// Nobody finds it any more.
    func remove() { unsafe unlink(path) }
}
