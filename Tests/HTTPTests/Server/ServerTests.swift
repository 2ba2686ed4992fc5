import Glibc
import HTTP
import Platform
import Synchronization
import Testing

struct ServerTests {
    @Test func `a request is answered, and the connection stays open for the next`() throws {
        let server = try TestServer()
        let client = try server.connect()
        for target in ["/", "/a?b=c"] {
            try client.send("GET \(target) HTTP/1.1\r\nHost: here\r\n\r\n")
            let answer = try client.receive(until: "]\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
            #expect(answer.hasSuffix("\r\n\r\nGET \(target) here []\n"))
        }
    }

    @Test func `a request may come byte by byte`() throws {
        let client = try TestServer().connect()
        for byte in "POST /a HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ncd\r\n0\r\n\r\n"
            .utf8
        {
            try client.send([byte])
        }
        #expect(try client.receive(until: "]\n").hasSuffix("POST /a b [cd]\n"))
    }

    @Test func `pipelined requests are answered in order, though a later one is done earlier`() throws {
        let server = try TestServer(respond: { request in
            if request.path == "/0" { for _ in 0..<100 { await Task.yield() } }
            return .text(.ok, request.path)
        })
        let requests = (0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        let text = try server.exchange(requests + "GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answers = Answers(Array(text.utf8))
        let bodies = answers.all.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies == (0..<500).map { "/\($0)" } + ["/end"])
    }

    @Test func `an answer does not wait for the request after it`() async throws {
        let pool = WorkerPool(threads: 1, queue: 1)
        let gate = Gate()
        let server = try TestServer(respond: { request in
            if request.path == "/slow" { try? await pool.run { gate.wait() } }
            return .text(.ok, request.path + "\n")
        })
        let client = try server.connect()
        try client.send("GET /fast HTTP/1.1\r\nHost: a\r\n\r\nGET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(until: "/fast\n").hasSuffix("/fast\n"))
        gate.open()
        #expect(try client.receive(until: "/slow\n").hasSuffix("/slow\n"))
    }

    @Test func `HEAD gets the head of the answer to GET`() throws {
        let text = try TestServer().exchange("HEAD /a HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n")
        #expect(text.contains("\r\nContent-Length: 13\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: [Status.noContent, .notModified])
    func `an answer that can have no body has none`(status: Status) throws {
        let server = try TestServer(respond: { _ in Response(status, body: .bytes([1, 2, 3])) })
        let text = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(text.hasSuffix("\r\n\r\n"))
        #expect(!text.contains("Content-Length"))
        #expect(!text.contains("Transfer-Encoding"))
    }

    @Test func `Content-Length, Transfer-Encoding and Date of a handler are replaced by the server's`() throws
    {
        let server = try TestServer(respond: { _ in
            var response = Response.text(.ok, "four")
            response.headers.add("Content-Length", "400")
            response.headers.add("transfer-encoding", "chunked")
            response.headers.add("Date", "never")
            return response
        })
        let text = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(text.contains("Content-Length: 4\r\n"))
        #expect(!text.contains("400") && !text.contains("chunked") && !text.contains("never"))
    }

    @Test func `a handler may ask to close the connection`() throws {
        let server = try TestServer(respond: { _ in Response(.ok, headers: ["Connection": "close"]) })
        let text = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(text.contains("Connection: close\r\n"))
    }

    @Test func `a client that waits for 100 is told to go on, once`() throws {
        let client = try TestServer().connect()
        try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try client.send("o")
        try client.send("k")
        let answer = try client.receive(until: "]\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("PUT / a [ok]\n"))
    }

    @Test func `a client that waits for 100 is refused without sending its body`() throws {
        let server = try TestServer(maximumBodySize: 1)
        let text = try server.exchange(
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(text.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `a client that sends far too much reads why it is refused`() throws {
        let client = try TestServer(maximumBodySize: 1000).connect()
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("200\r\n".utf8) + [UInt8](repeating: 0x61, count: 512) + Array("\r\n".utf8)
        for _ in 0..<1000 { try client.send(chunk) }
        client.endSending()
        #expect(try client.receiveText().hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
    }

    @Test func `large bodies go both ways unchanged`() throws {
        let server = try TestServer(
            maximumBodySize: 20_000_000, respond: { Response(.ok, body: .bytes($0.body)) })
        let client = try server.connect()
        let body = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        // Sent by a thread of its own, or both sides would wait for each other to read.
        try client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(body.count)\r\n\r\n")
        try client.send(body)
        let answers = Answers(try client.receiveAll())
        #expect(answers.statuses == "200")
        #expect(answers.all.first?.body == body)
    }

    @Test func `a client that half-closes still gets its answer`() throws {
        let client = try TestServer().connect()
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        client.endSending()
        #expect(try client.receiveText().hasSuffix("GET / a []\n"))
    }

    @Test func `a request given up in the middle gets no answer`() throws {
        for part in [
            "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
        ] {
            let client = try TestServer().connect()
            try client.send(part)
            client.endSending()
            #expect(try client.receiveAll() == [])
        }
    }

    @Test func `the peer's address is known`() throws {
        let server = try TestServer(respond: { .text(.ok, $0.peer) })
        let text = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(text.hasSuffix("\r\n\r\n127.0.0.1"))
    }

    @Test func `a handler that waits elsewhere comes back to its loop`() throws {
        let pool = WorkerPool(threads: 2, queue: 100)
        let server = try TestServer(
            threads: 2,
            respond: { _ in
                let before = pthread_self()
                let elsewhere = (try? await pool.run { pthread_self() }) ?? before
                return .text(.ok, before == pthread_self() && before != elsewhere ? "back" : "lost")
            })
        let requests = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 50)
        let text = try server.exchange(requests + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(Answers(Array(text.utf8)).all.count == 51)
        #expect(!text.contains("lost"))
    }

    @Test func `a port that is taken stops the start`() throws {
        let first = try TestServer()
        var configuration = Server.Configuration()
        configuration.port = first.server.port
        let error = #expect(throws: SystemError.self) {
            try Server(configuration)
        }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.description == "bind 127.0.0.1:\(first.server.port): Address already in use")
    }

    @Test func `who connects during a start is answered, not cut off`() throws {
        var configuration = Server.Configuration()
        // Not one that a client may get as its own: it could connect to itself.
        repeat { configuration.port = .random(in: 10_000..<30_000) } while (try? Server(configuration)) == nil
        // The more often an address is tried, the likelier it is that somebody connects just then.
        configuration.hosts = Array(repeating: "127.0.0.1", count: 200)
        for _ in 0..<5 {
            let (refused, answered, failed) = (Counter(), Counter(), Counter())
            let port = configuration.port
            let thread = RunningThread {
                while failed.value == 0 {
                    guard let client = try? RawClient(port: port) else {
                        refused.increment()
                        continue
                    }
                    try? client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    if (try? client.receiveText())?.hasPrefix("HTTP/1.1 200 ") == true {
                        answered.increment()
                    }
                    return
                }
            }
            while refused.value == 0 {}
            do {
                let server = try Server(configuration)
                try server.start { .ready(TestServer.echo($0)) }
                thread.join()
                server.stop(within: .seconds(5))
            } catch {
                failed.increment()
                thread.join()
                throw error
            }
            #expect(answered.value == 1)
        }
    }

    /// Of both families where this machine has both.
    private static let everyAddress = unsafe access("/proc/net/if_inet6", F_OK) == 0 ? ["[::]", "::"] : []

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "localhost"] + everyAddress)
    func `a host may be an address or a name`(host: String) throws {
        var configuration = Server.Configuration()
        configuration.hosts = [host]
        configuration.threads = 2
        let server = try Server(configuration)
        try server.start(
            bodyTerms: { _ in .memory(upTo: 0) }, errorResponse: { .text($0.status, "") },
            respond: { .ready(TestServer.echo($0)) })
        defer { server.stop(within: .seconds(5)) }
        let client = try RawClient(port: server.port)
        try client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(try client.receiveText().hasSuffix("GET / a []\n"))
    }

    @Test(arguments: ["no.such.host.invalid", "256.0.0.1", ""])
    func `a host that is none stops the start`(host: String) {
        var configuration = Server.Configuration()
        configuration.hosts = [host]
        configuration.port = host.isEmpty ? 65_536 : 0
        #expect(throws: SystemError.self) {
            try Server(configuration)
        }
    }

    @Test func `every loop reports what its connections do`() throws {
        let server = try TestServer(threads: 3)
        let idle = try (0..<4).map { _ in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try client.receive(until: "]\n")
            return client
        }
        let receiving = try server.connect()
        try receiving.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        _ = try receiving.receive(until: "\r\n\r\n")
        let reports = server.server.reports(within: .seconds(30))
        #expect(reports.count == 3)
        let sums = reports.map(\.connections).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        #expect(sums == ["idle": 4, "receiving": 1, "answering": 0, "sending": 0, "lingering": 0])
        #expect(server.server.answers(within: .seconds(30)))
        withExtendedLifetime((idle, receiving)) {}
    }

    @Test(arguments: [
        ("POST /a/b?c HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", "413 /a/b"),
        ("POST /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world", "413 /a/b"),
        ("POST /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "400 /a/b"),
        ("GET /a/b HTTP/1.1\r\nHost : h\r\n\r\n", "400 /a/b"), ("GET /a/b HTTP/1.1\r\n\r\n", "400 /a/b"),
        ("GET /a/b HTTP/3.0\r\n\r\n", "505 /a/b"), ("\0", "400 -"),
        ("GET /a/b?c HTTP/1.1\r\nHos", "408 /a/b"), ("\r\nGET /a/b", "408 /a/b"), ("\r\n", "408 -"),
    ])
    func `what cannot be read is told with its path, where that could be read`(sent: String, told: String)
        throws
    {
        var configuration = Server.Configuration()
        configuration.limits.body = 10
        configuration.limits.headTime = .milliseconds(100)
        let server = try Server(configuration)
        try server.start(
            bodyTerms: { _ in .memory(upTo: 10) },
            errorResponse: { .text($0.status, "\($0.status.code) \($0.path ?? "-")\n") },
            respond: { .ready(TestServer.echo($0)) })
        defer { server.stop(within: .seconds(5)) }
        let client = try RawClient(port: server.port)
        try client.send(sent)
        #expect(try client.receiveText().hasSuffix("\r\n\r\n\(told)\n"))
    }
}
