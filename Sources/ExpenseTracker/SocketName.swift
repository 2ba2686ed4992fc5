import Glibc

/// What a socket is bound to.
enum SocketName {
    /// `127.0.0.1:8080`, `[::1]:8080`, or the path of a Unix socket.
    static func of(_ socket: Int32) -> String {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &storage) { storage in
            let address = unsafe UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self)
            guard unsafe getsockname(socket, address, &length) == 0 else { return "socket \(socket)" }
            var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
            if unsafe Int32(address.pointee.sa_family) == AF_UNIX {
                return unsafe UnsafeRawPointer(storage).withMemoryRebound(to: sockaddr_un.self, capacity: 1) {
                    let path = unsafe withUnsafeBytes(of: $0.pointee.sun_path) {
                        unsafe Array($0.prefix { $0 != 0 })
                    }
                    return String(decoding: path, as: UTF8.self)
                }
            }
            let flags = NI_NUMERICHOST | NI_NUMERICSERV
            guard
                unsafe getnameinfo(
                    address, length, &host, socklen_t(host.count), &port, socklen_t(port.count), flags) == 0
            else { return "socket \(socket)" }
            let name = text(host)
            return (name.contains(":") ? "[\(name)]" : name) + ":" + text(port)
        }
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
