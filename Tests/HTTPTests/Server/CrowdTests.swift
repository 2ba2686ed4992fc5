import Glibc
import HTTP
import Testing

/// Many clients, or too many.
struct CrowdTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `the oldest idle connections make room for new ones`() throws {
        var limits = Limits()
        limits.connections = 32
        let server = try TestServer(limits: limits)
        var clients: [RawClient] = []
        for _ in 0..<100 {
            let client = try server.connect()
            try client.send(Self.request)
            #expect(try client.receive(until: "]\n").hasSuffix("GET / a []\n"))
            clients.append(client)
        }
        #expect(try clients[0].receiveAll().isEmpty)
        try clients[99].send(Self.request)
        #expect(try clients[99].receive(until: "]\n").hasSuffix("GET / a []\n"))
    }

    @Test func `slow clients delay no other, and are closed by their deadlines`() throws {
        var limits = Limits()
        limits.headTime = .milliseconds(500)
        limits.bodyTime = .milliseconds(500)
        let server = try TestServer(limits: limits)
        let slow = try (0..<100).map { number in
            let client = try server.connect()
            try client.send(
                number % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")
            return client
        }
        let normal = try server.connect()
        for _ in 0..<1000 {
            try normal.send(Self.request)
            #expect(try normal.receive(until: "]\n").hasSuffix("GET / a []\n"))
        }
        for client in slow {
            #expect(try client.receiveText().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func `clients that reset their connections at any point stop nobody else`() throws {
        let server = try TestServer()
        let request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        for end in 0...request.utf8.count {
            let client = try server.connect()
            client.resetWhenClosed()
            try client.send(Array(request.utf8.prefix(end)))
        }
        let client = try server.connect()
        try client.send(Self.request)
        #expect(try client.receive(until: "]\n").hasSuffix("GET / a []\n"))
    }

    @Test func `a flood of requests from a client that reads nothing is not taken in`() throws {
        let server = try TestServer(respond: { _ in .text(.ok, String(repeating: "x", count: 1000)) })
        let client = try server.connect(receiveBuffer: 4096)
        // Kernel buffers take some megabytes in all; after that, sending has to wait.
        let flags = fcntl(client.number, F_GETFL)
        _ = fcntl(client.number, F_SETFL, flags | O_NONBLOCK)
        let requests = [UInt8](String(repeating: Self.request, count: 1000).utf8)
        var isStuck = false
        for _ in 0..<4000 where !isStuck {
            do {
                try client.send(requests)
            } catch {
                usleep(100_000)
                isStuck = (try? client.send(Array(requests.prefix(27)))) == nil
            }
        }
        #expect(isStuck)
        let other = try server.connect()
        try other.send(Self.request)
        #expect(try other.receive(until: "xxx").hasPrefix("HTTP/1.1 200 OK"))
    }
}
