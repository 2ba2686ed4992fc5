import Glibc

/// A client that sends and receives bytes as they are, over a real socket. Waits at most ten seconds for anything.
final class RawClient {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    let number: Int32
    private(set) var session: ClientSession?
    /// The server lives for as long as its client does.
    private let server: TestServer?

    /// `source` is the last number of the client's own address, 127.0.0.1 unless told otherwise.
    init(port: Int, of server: TestServer? = nil, receiveBuffer: Int32? = nil, source: UInt32 = 1) throws {
        self.server = server
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeLimit = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &timeLimit, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &timeLimit, socklen_t(MemoryLayout<timeval>.size))
        if var size = receiveBuffer {
            unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        func address(_ last: UInt32, port: UInt16) -> sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = (0x7F00_0000 + last).bigEndian
            return address
        }
        var own = address(source, port: 0)
        var other = address(1, port: UInt16(port))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        if source != 1 {
            let bound = unsafe withUnsafePointer(to: &own) { own in
                unsafe own.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(number, $0, size) }
            }
            guard bound == 0 else { throw Failure(call: "bind", code: errno) }
        }
        let connected = unsafe withUnsafePointer(to: &other) { other in
            unsafe other.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(number, $0, size)
            }
        }
        guard connected == 0 else { throw Failure(call: "connect", code: errno) }
    }

    deinit { close(number) }

    /// Speaks TLS from now on. Throws where the two sides do not agree.
    func encrypt(_ terms: ClientSession.Terms = ClientSession.Terms()) throws {
        session = try ClientSession(on: number, terms)
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        if let session { return try session.send(bytes) }
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(number, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send", code: errno) }
            sent += count
        }
    }

    /// Says that nothing more comes, and goes on receiving.
    func endSending() {
        session?.endSending()
        shutdown(number, Int32(SHUT_WR))
    }

    /// Makes closing it send a reset.
    func resetWhenClosed() {
        var value = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }

    /// The next bytes, whatever their number; empty at the end.
    func receive(atMost limit: Int = 64 * 1024) throws -> [UInt8] {
        if let session { return try session.receive(atMost: limit) }
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress!, $0.count, 0) }
        guard count >= 0 else { throw Failure(call: "recv", code: errno) }
        return Array(buffer[..<count])
    }

    /// Everything until the server closes the connection.
    func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let more = try receive()
            if more.isEmpty { return all }
            all += more
        }
    }

    /// Everything until the server closes the connection, as text.
    func receiveText() throws -> String {
        String(decoding: try receiveAll(), as: UTF8.self)
    }

    /// Everything up to and with `end`.
    func receive(until end: String) throws -> String {
        var all: [UInt8] = []
        let end = Array(end.utf8)
        while all.suffix(end.count) != end[...] {
            let more = try receive(atMost: 1)
            if more.isEmpty { break }
            all += more
        }
        return String(decoding: all, as: UTF8.self)
    }
}
