import Glibc
import HTTP
import Testing

/// Every deadline, made short. Whoever waits longer than ten seconds fails.
struct DeadlineTests {
    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    @Test(arguments: [
        "G", "\r\n", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r",
    ])
    func `a head that does not end in time is answered 408`(part: String) throws {
        let server = try TestServer(limits: limits { $0.headTime = .milliseconds(50) })
        let text = try server.exchange(part)
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(text.contains("\r\nConnection: close\r\n"))
    }

    @Test func `a head has one deadline, however often a byte of it comes`() throws {
        let server = try TestServer(
            limits: limits {
                $0.headTime = .milliseconds(200)
                $0.lingerTime = .milliseconds(50)
            })
        let client = try server.connect()
        try client.send("GET / HTTP/1.1\r\nX: ")
        let error = #expect(throws: RawClient.Failure.self) {
            // Goes on for as long as the server takes it: it would take it for ever if each byte moved the deadline.
            while true {
                try client.send("x")
                usleep(10_000)
            }
        }
        #expect(error?.call == "send")
    }

    @Test(arguments: [
        "Content-Length: 5\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n",
    ])
    func `a body that stops coming is answered 408`(rest: String) throws {
        let server = try TestServer(limits: limits { $0.bodyTime = .milliseconds(50) })
        let text = try server.exchange("POST / HTTP/1.1\r\nHost: a\r\n" + rest)
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }

    @Test func `a connection that asks for nothing is closed without a word`() throws {
        let server = try TestServer(limits: limits { $0.idleTime = .milliseconds(50) })
        #expect(try server.exchange("") == "")
        let client = try server.connect()
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receiveText().hasSuffix("GET / a []\n"))
    }

    @Test(arguments: ["/10000000", "/200000"], [(50, true), (5000, false)])
    func `a client that takes nothing is cut off when its time is over, wherever its answer waits`(
        path: String, time: (milliseconds: Int, isCut: Bool)
    ) throws {
        let size = Int(path.dropFirst())!
        // The larger one waits in the server, the smaller one in the kernel.
        let server = try TestServer(
            limits: limits { $0.writeTime = .milliseconds(time.milliseconds) },
            respond: { _ in Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: size))) })
        let client = try server.connect(receiveBuffer: 4096)
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(400_000)
        var received = 0
        do {
            while received < size { received += try client.receive().count }
            #expect(!time.isCut)
        } catch let failure as RawClient.Failure {
            #expect(time.isCut)
            #expect(failure.code == ECONNRESET)
            #expect(received < size)
        }
    }

    @Test func `a body that trickles is answered 408, one that keeps pace is not`() throws {
        let server = try TestServer(
            limits: limits {
                $0.bodyTime = .milliseconds(300)
                $0.leastTransfer = 3000
            })
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n"
        let slow = try server.connect()
        let steady = try server.connect()
        for client in [slow, steady] { try client.send(head) }
        for _ in 0..<100 {
            // The refusal can be read by a client that goes on sending.
            try? slow.send("x")
            try steady.send(String(repeating: "y", count: 200))
            usleep(8000)
        }
        #expect(try slow.receive(until: "\r\n").hasPrefix("HTTP/1.1 408 "))
        #expect(try steady.receive(until: "]\n").hasPrefix("HTTP/1.1 200 "))
    }

    @Test func `a refused client that goes on sending is cut off`() throws {
        let server = try TestServer(limits: limits { $0.lingerTime = .milliseconds(50) })
        let client = try server.connect()
        try client.send("nonsense\r\n\r\n")
        #expect(throws: RawClient.Failure.self) {
            while true { try client.send([UInt8](repeating: 0x61, count: 1000)) }
        }
    }
}
