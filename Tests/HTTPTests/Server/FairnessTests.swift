import Glibc
import HTTP
import Platform
import Synchronization
import Testing

/// What one client can take from the others.
struct FairnessTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func answers(_ client: RawClient) throws -> Bool {
        try client.send(Self.request)
        return try client.receive(until: "]\n").hasSuffix("GET / a []\n")
    }

    @Test
    func
        `at the limit of connections, each request at once on kept connections is answered or its connection closed`()
        throws
    {
        var limits = Limits()
        limits.connections = 40
        let server = try TestServer(limits: limits)
        for _ in 0..<12 {
            let kept = try (0..<30).map { _ in try server.connect() }
            for client in kept { #expect(try answers(client)) }
            usleep(60_000)
            // New ones press in while the kept ones ask again.
            let new = try (0..<30).map { _ in try server.connect() }
            for client in kept + new { try? client.send(Self.request) }
            for client in kept + new {
                // Closed without an answer, or answered; a client that waits for more than ten seconds throws EAGAIN.
                do {
                    let text = try client.receive(until: "]\n")
                    #expect(text.isEmpty || text.hasSuffix("GET / a []\n"))
                } catch let failure as RawClient.Failure {
                    #expect(failure.code != EAGAIN)
                }
            }
        }
    }

    @Test func `thousands of connections that send at the same moment as new ones come are all answered`()
        throws
    {
        let server = try TestServer()
        let kept = try (0..<1500).map { _ in try server.connect() }
        for client in kept { #expect(try answers(client)) }
        let new = try (0..<500).map { _ in try server.connect() }
        for client in kept + new { try client.send(Self.request) }
        for client in kept + new { #expect(try client.receive(until: "]\n").hasSuffix("GET / a []\n")) }
    }

    @Test func `one address cannot take the memory for bodies from the others`() throws {
        var limits = Limits()
        limits.receivedPerClient = 100_000
        // Records of TLS would let the server read the clients' bodies in turns, and refuse another one.
        let server = try TestServer(limits: limits, certificate: nil)
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n"
        let greedy = try (0..<4).map { _ in
            let client = try server.connect(source: 2)
            try client.send(head + String(repeating: "x", count: 40_000))
            return client
        }
        // The third would go beyond the share.
        #expect(try greedy[2].receiveText().hasPrefix("HTTP/1.1 503 "))
        let other = try server.connect(source: 3)
        try other.send(head + String(repeating: "y", count: 50_000))
        #expect(try other.receive(until: "]\n").contains("HTTP/1.1 200 OK"))
        try greedy[0].send(String(repeating: "x", count: 10_000))
        #expect(try greedy[0].receive(until: "]\n").contains("HTTP/1.1 200 OK"))
    }

    @Test func `unread answers of one address are cut off at its share, and other addresses are served`()
        throws
    {
        var limits = Limits()
        limits.answersPerClient = 8_000_000
        let large = [UInt8](repeating: 0x61, count: 6_000_000)
        let server = try TestServer(
            limits: limits,
            answer: { request in
                .ready(
                    request.path == "/large" ? Response(.ok, body: .bytes(large)) : TestServer.echo(request))
            })
        let silent = try (0..<6).map { _ in
            let client = try server.connect(receiveBuffer: 4096, source: 2)
            try client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            return client
        }
        usleep(300_000)
        // What the kernel holds for a socket is not the program's memory; beyond it, only the share is kept.
        let whole = silent.count { (try? $0.receive(atMost: 1).count) == 1 && (try? received($0)) == true }
        #expect(whole < silent.count)
        #expect(try answers(try server.connect(source: 3)))
    }

    /// Whether the whole large answer arrives.
    private func received(_ client: RawClient) throws -> Bool {
        var count = 0
        while count < 6_000_000 {
            let more = try client.receive()
            if more.isEmpty { return false }
            count += more.count
        }
        return true
    }

    @Test func `a client that pipelines slow requests lets the others in between`() throws {
        let order = Mutex<[String]>([])
        let begun = Gate()
        let server = try TestServer(answer: { request in
            order.withLock { $0.append(request.path) }
            if request.path == "/slow" {
                begun.open()
                usleep(5000)
            }
            return .ready(TestServer.echo(request))
        })
        let greedy = try server.connect()
        let other = try server.connect()
        try greedy.send(String(repeating: "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", count: 60))
        begun.wait()
        #expect(try answers(other))
        #expect(order.withLock { $0.firstIndex(of: "/") ?? 60 } < 60)
        #expect(order.withLock { $0.count } < 61)
    }

    @Test func `a head may be longer than 64 KiB where the limits say so`() throws {
        var limits = Limits()
        limits.headerSection = 300_000
        let server = try TestServer(limits: limits)
        let padding = String(repeating: "X: \(String(repeating: "x", count: 8000))\r\n", count: 20)
        let text = try server.exchange("GET / HTTP/1.1\r\n\(padding)Host: late\r\nConnection: close\r\n\r\n")
        #expect(text.hasSuffix("GET / late []\n"))
    }
}
