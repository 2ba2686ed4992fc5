import Glibc

/// One request on a connection of its own, over IPv4 on this machine.
enum Client {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    /// The whole answer. Waits at most ten seconds for anything.
    static func get(_ path: String, port: Int, accept: String = "*/*") throws -> String {
        let socket = try asking(for: path, port: port, head: "Accept: \(accept)\r\nConnection: close\r\n")
        defer { close(socket) }
        var answer: [UInt8] = []
        while true {
            let piece = try received(from: socket)
            if piece.isEmpty { return String(decoding: answer, as: UTF8.self) }
            answer += piece
        }
    }

    /// A connection that has just asked for `path`; the caller closes it. `head` holds further header lines.
    static func asking(for path: String, port: Int, head: String = "") throws -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeLimit = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeLimit, socklen_t(MemoryLayout<timeval>.size))
        var place = address(port: port)
        let connected = unsafe withUnsafePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            defer { close(socket) }
            throw Failure(call: "connect", code: errno)
        }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(head)\r\n".utf8)
        guard unsafe send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            defer { close(socket) }
            throw Failure(call: "send", code: errno)
        }
        return socket
    }

    /// The next bytes, none at the end of the connection.
    static func received(from socket: Int32) throws -> ArraySlice<UInt8> {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(socket, &piece, piece.count, 0)
        guard count >= 0 else { throw Failure(call: "recv", code: errno) }
        return piece[..<count]
    }

    /// A socket that listens on a free port.
    static func listener() throws -> (socket: Int32, port: Int) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(socket, $0, length) + listen(socket, 1024) + getsockname(socket, $0, &length)
            }
        }
        guard result == 0 else { throw Failure(call: "listen", code: errno) }
        return (socket, Int(UInt16(bigEndian: place.sin_port)))
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
