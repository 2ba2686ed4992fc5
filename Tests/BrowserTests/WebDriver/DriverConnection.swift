import Dispatch
import Glibc

/// Exchanges one HTTP message with a server of this machine; a connection for each, on a thread that may block.
struct DriverConnection: Sendable {
    let port: UInt16
    /// Sent along: `name=value; name=value`.
    var cookies = ""
    /// How long the server may be silent, in seconds.
    private let timeLimit = 120

    /// The answer's body. Throws a `BrowserError` whose action is the one given.
    func exchange(_ method: String, _ path: String, _ body: [UInt8], _ action: String) async throws -> [UInt8]
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try answer(method, path, body, action) })
            }
        }
    }

    private func answer(_ method: String, _ path: String, _ body: [UInt8], _ action: String) throws -> [UInt8]
    {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        try connect(socket, action)
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
            + (cookies.isEmpty ? "" : "Cookie: \(cookies)\r\n") + "\r\n"
        var rest = (Array(head.utf8) + body)[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw failure(action) }
            rest = rest.dropFirst(sent)
        }
        return try read(socket, action)
    }

    private func connect(_ socket: Int32, _ action: String) throws {
        var timeLimit = timeval(tv_sec: timeLimit, tv_usec: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeLimit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw failure(action) }
    }

    /// Reads until the length that the head announces.
    private func read(_ socket: Int32, _ action: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            if let body = complete(bytes) { return body }
            let count = unsafe recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { throw failure(action) }
            bytes += chunk[..<count]
        }
    }

    private func complete(_ bytes: [UInt8]) -> [UInt8]? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
        let field = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let length = field.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        guard bytes.count - end.upperBound >= length else { return nil }
        return Array(bytes[end.upperBound..<(end.upperBound + length)])
    }

    private func failure(_ action: String) -> BrowserError {
        BrowserError(
            action: action, reason: "the driver does not answer: \(unsafe String(cString: strerror(errno)))")
    }
}
