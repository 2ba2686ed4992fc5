import Glibc
import HTTP
import Platform
import Synchronization
import Testing

struct StreamingTests {
    private struct Mishap: Error {}

    private static let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test func `a stream comes in chunks`() throws {
        let server = try TestServer(respond: { _ in
            Response(
                .ok,
                body: .stream { writer in
                    try await writer.write("one ")
                    try await writer.flush()
                    try await writer.write(Array("two".utf8))
                })
        })
        let text = try server.exchange(Self.close)
        #expect(text.contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(text.hasSuffix("\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"))
    }

    @Test func `what a stream flushes arrives before the rest is there`() throws {
        let pool = WorkerPool(threads: 1, queue: 1)
        let gate = Gate()
        let server = try TestServer(respond: { _ in
            Response(
                .ok,
                body: .stream { writer in
                    try await writer.write("first")
                    try await writer.flush()
                    try await pool.run { gate.wait() }
                    try await writer.write("second")
                })
        })
        let client = try server.connect()
        try client.send(Self.close)
        #expect(try client.receive(until: "first").hasSuffix("5\r\nfirst"))
        gate.open()
        #expect(try client.receiveText() == "\r\n6\r\nsecond\r\n0\r\n\r\n")
    }

    @Test func `a stream to HTTP/1.0 ends with the connection`() throws {
        let server = try TestServer(respond: { _ in
            Response(.ok, body: .stream { try await $0.write("all of it") })
        })
        let text = try server.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(text.contains("\r\nConnection: close\r\n"))
        #expect(!text.contains("chunked"))
        #expect(text.hasSuffix("\r\n\r\nall of it"))
    }

    @Test func `a long stream arrives whole, and the connection goes on`() throws {
        let server = try TestServer(respond: { _ in
            Response(
                .ok,
                body: .stream { writer in
                    for row in 0..<100_000 { try await writer.write("row \(row)\n") }
                })
        })
        let client = try server.connect()
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + Self.close)
        let answers = Answers(try client.receiveAll())
        #expect(answers.statuses == "200 200")
        let expected = (0..<100_000).map { "row \($0)\n" }.joined()
        #expect(answers.all.allSatisfy { $0.body == Array(expected.utf8) })
    }

    @Test func `a stream for HEAD is not begun`() throws {
        let begun = Mutex(false)
        let server = try TestServer(respond: { _ in
            Response(.ok, body: .stream { _ in begun.withLock { $0 = true } })
        })
        _ = try server.exchange("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(begun.withLock { !$0 })
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"])
    func `a stream that fails ends without its last chunk, so that it is not taken for complete`(
        version: String
    ) throws {
        let log = Mutex<[String]>([])
        let server = try TestServer(
            log: { line in log.withLock { $0.append(line) } },
            respond: { _ in
                Response(
                    .ok,
                    body: .stream { writer in
                        try await writer.write("part")
                        try await writer.flush()
                        throw Mishap()
                    })
            })
        let client = try server.connect()
        try client.send("GET / \(version)\r\nHost: a\r\n\r\n")
        var received: [UInt8] = []
        let error = #expect(throws: RawClient.Failure.self) {
            while true {
                let more = try client.receive()
                if more.isEmpty { return }
                received += more
            }
        }
        #expect(error?.code == ECONNRESET)
        #expect(!String(decoding: received, as: UTF8.self).contains("0\r\n\r\n"))
        #expect(log.withLock { $0.count } == 1)
    }

    @Test func `a stream waits for a client that does not read`() throws {
        let written = Atomic(0)
        let server = try TestServer(respond: { _ in
            Response(
                .ok,
                body: .stream { writer in
                    for _ in 0..<2000 {
                        try await writer.write([UInt8](repeating: 0x61, count: 32 * 1024))
                        written.add(1, ordering: .relaxed)
                    }
                })
        })
        let client = try server.connect(receiveBuffer: 4096)
        try client.send(Self.close)
        // Another client is served all the while, and long before the first has got its 64 MB.
        for _ in 0..<20 {
            let other = try server.connect()
            try other.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try other.receive(until: "\r\n\r\n")
        }
        let writtenSoFar = written.load(ordering: .relaxed)
        #expect(writtenSoFar < 1000)
        #expect(try client.receiveAll().count > 64 * 1024 * 1000)
    }

    @Test func `a stream ends when its client goes away`() throws {
        let outcome = Mutex<(any Error)?>(nil)
        let ended = Gate()
        let server = try TestServer(respond: { _ in
            Response(
                .ok,
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 1024)) }
                    } catch {
                        outcome.withLock { $0 = error }
                        ended.open()
                        throw error
                    }
                })
        })
        do {
            let client = try server.connect()
            client.resetWhenClosed()
            try client.send(Self.close)
            _ = try client.receive()
        }
        ended.wait()
        #expect(outcome.withLock { $0 != nil })
    }

    @Test func `the work for a client that goes away is cancelled`() throws {
        let begun = Gate()
        let cancelled = Gate()
        let server = try TestServer(respond: { _ in
            begun.open()
            await withTaskCancellationHandler {
                while !Task.isCancelled { await Task.yield() }
            } onCancel: {
                cancelled.open()
            }
            return Response(.ok)
        })
        do {
            let client = try server.connect()
            client.resetWhenClosed()
            try client.send(Self.close)
            begun.wait()
        }
        cancelled.wait()
    }
}
