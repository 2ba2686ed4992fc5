import Glibc
import HTTP
import Testing

/// What one client may hold, and that it is given back.
struct LimitTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n"

    private func server(_ change: (inout Limits) -> Void = { _ in }) throws -> TestServer {
        var limits = Limits()
        change(&limits)
        // Records of TLS would take more room than the bytes that the tests count.
        return try TestServer(limits: limits, certificate: nil, answer: Self.respond)
    }

    /// `/N` is answered with so many bytes.
    private static let respond: @Sendable (Request) -> Answer = { request in
        guard let size = Int(request.path.dropFirst()) else { return .ready(TestServer.echo(request)) }
        return .ready(Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: size))))
    }

    /// What comes before the end or a reset, and which of both it is.
    private func receiveToEnd(_ client: RawClient) throws -> (bytes: Int, isReset: Bool) {
        var bytes = 0
        do {
            while true {
                let more = try client.receive()
                if more.isEmpty { return (bytes, false) }
                bytes += more.count
            }
        } catch let failure as RawClient.Failure where failure.code == ECONNRESET {
            return (bytes, true)
        }
    }

    private func answers(_ client: RawClient) throws -> Bool {
        try client.send(Self.request)
        return try client.receive(until: "]\n").hasSuffix("GET / a []\n")
    }

    @Test func `a client has so many connections and no more, and others have theirs`() throws {
        let server = try server { $0.connectionsPerClient = 4 }
        var clients = try (0..<4).map { _ in try server.connect(source: 2) }
        for client in clients { #expect(try answers(client)) }
        #expect(try receiveToEnd(server.connect(source: 2)).bytes == 0)
        #expect(try answers(server.connect(source: 3)))
        // A place is free again when its connection has ended.
        clients[0].endSending()
        #expect(try clients[0].receiveAll().isEmpty)
        clients[0] = try server.connect(source: 2)
        #expect(try answers(clients[0]))
        withExtendedLifetime(clients) {}
    }

    @Test(
        arguments: [
            ([192, 0, 2, 1], [192, 0, 2, 1], true), ([192, 0, 2, 1], [192, 0, 2, 2], false),
            (
                [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
                [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9], true
            ),
            (
                [0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
                [0x20, 1, 0xD, 0xB8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1], false
            ),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1], [192, 0, 2, 1], true),
            (
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1],
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 2], false
            ),
            ([0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `an IPv4 address is one client, and so is a 64 of IPv6`(
        _ one: [UInt8], _ other: [UInt8], _ isSame: Bool
    ) {
        #expect((ClientNetwork(one) == ClientNetwork(other)) == isSame)
    }

    @Test func `what a client holds is given back with each answer`() throws {
        let server = try server { $0.receivedPerClient = 60_000 }
        let kept = try server.connect()
        for _ in 0..<5 {
            for client in [kept, try server.connect()] {
                try client.send(Self.post + String(repeating: "x", count: 50_000))
                #expect(try client.receive(until: "]\n").hasPrefix("HTTP/1.1 200 "))
            }
        }
        // A connection that ends in the middle of a body gives it back too.
        for _ in 0..<5 {
            let client = try server.connect()
            try client.send(Self.post + String(repeating: "x", count: 40_000))
            client.endSending()
            #expect(try client.receiveAll().isEmpty)
        }
    }

    @Test func `what is received of all clients together has a limit`() throws {
        let server = try server { $0.receivedInTotal = 100_000 }
        let first = try server.connect(source: 2)
        try first.send(Self.post + String(repeating: "x", count: 45_000))
        let second = try server.connect(source: 3)
        try second.send(Self.post + String(repeating: "x", count: 45_000))
        let third = try server.connect(source: 4)
        try third.send(Self.post + String(repeating: "x", count: 45_000))
        #expect(try third.receiveText().hasPrefix("HTTP/1.1 503 "))
        try first.send(String(repeating: "x", count: 5000))
        #expect(try first.receive(until: "]\n").hasPrefix("HTTP/1.1 200 "))
    }

    @Test func `a head that is not whole counts as received`() throws {
        let server = try server { $0.receivedPerClient = 10_000 }
        let part = "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 6000)
        let first = try server.connect(source: 2)
        try first.send(part)
        usleep(50_000)
        let second = try server.connect(source: 2)
        try second.send(part)
        #expect(try second.receiveText().hasPrefix("HTTP/1.1 503 "))
        try first.send("\r\n\r\n")
        #expect(try first.receive(until: "]\n").hasPrefix("HTTP/1.1 200 "))
    }

    @Test func `answers that a client takes are given back`() throws {
        let server = try server { $0.answersPerClient = 12_000_000 }
        var clients: [RawClient] = []
        for _ in 0..<3 {
            let client = try server.connect(receiveBuffer: 4096)
            try client.send("GET /10000000 HTTP/1.1\r\nHost: a\r\n\r\n")
            usleep(50_000)
            // A connection's end gives back what it holds, so all of them stay open.
            var answer: [UInt8] = []
            var body: Range<Int>?
            while body.map({ answer.count - $0.upperBound < 10_000_000 }) ?? true {
                let bytes = try client.receive()
                try #require(!bytes.isEmpty)
                answer += bytes
                body = body ?? answer.firstRange(of: Array("\r\n\r\n".utf8))
            }
            clients.append(client)
        }
        withExtendedLifetime(clients) {}
    }

    @Test func `answers that wait for all clients together have a limit`() throws {
        let server = try server { $0.answersInTotal = 15_000_000 }
        let first = try server.connect(receiveBuffer: 4096, source: 2)
        try first.send("GET /10000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        usleep(100_000)
        let second = try server.connect(receiveBuffer: 4096, source: 3)
        try second.send("GET /10000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        usleep(100_000)
        #expect(try receiveToEnd(second).isReset)
        #expect(try first.receiveAll().count > 10_000_000)
    }

    @Test
    func `where answers have taken more than half of their room, a client that takes nothing has less time`()
        throws
    {
        func outcome(total: Int) throws -> Bool {
            let server = try server {
                $0.answersInTotal = total
                $0.answersPerClient = total
                $0.writeTimeWhenShort = .milliseconds(100)
            }
            let client = try server.connect(receiveBuffer: 4096)
            try client.send("GET /10000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            usleep(500_000)
            return try receiveToEnd(client).isReset
        }
        #expect(try outcome(total: 11_000_000))
        #expect(try !outcome(total: 100_000_000))
    }

    /// An answer that the budget refuses ends its connection, which must not keep the loop from the others: the first
    /// version of this server spun for ever here, with requests, a refusal and the end of the client in one segment.
    @Test func `a connection that ends while it answers stops no other`() throws {
        let server = try server { $0.answersPerClient = 6_000_000 }
        let holder = try server.connect(receiveBuffer: 4096, source: 2)
        try holder.send("GET /8500000 HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(100_000)
        for _ in 0..<3 {
            let client = try server.connect(receiveBuffer: 4096, source: 2)
            try client.send(
                String(repeating: "GET /100000 HTTP/1.1\r\nHost: a\r\n\r\n", count: 60)
                    + String(repeating: "GET /12000 HTTP/1.1\r\nHost: a\r\n\r\n", count: 4)
                    + "nonsense\r\n\r\n")
            client.endSending()
            usleep(20_000)
            #expect(try answers(server.connect(source: 3)))
        }
        withExtendedLifetime(holder) {}
    }

    @Test func `a download that goes on is not closed for others to have room`() throws {
        let server = try server { $0.connections = 8 }
        let slow = try server.connect(receiveBuffer: 4096, source: 2)
        try slow.send("GET /6000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(100_000)
        for _ in 0..<40 { #expect(try answers(server.connect(source: 3))) }
        var bytes = 0
        while bytes < 6_000_000 {
            let more = try slow.receive()
            try #require(!more.isEmpty)
            bytes += more.count
        }
    }

    @Test func `a download that goes on is not cut by a stop`() throws {
        let server = try server()
        let slow = try server.connect(receiveBuffer: 4096)
        try slow.send("GET /6000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(100_000)
        let stop = RunningThread { server.server.stop(within: .seconds(30)) }
        // Longer than an idle connection has.
        usleep(500_000)
        #expect(try slow.receiveAll().count > 6_000_000)
        stop.join()
    }

    @Test func `reports name their loops, whichever replies first`() throws {
        let server = try TestServer(threads: 4)
        for _ in 0..<100 {
            #expect(server.server.reports(within: .seconds(30)).map(\.loop) == [0, 1, 2, 3])
        }
    }
}
