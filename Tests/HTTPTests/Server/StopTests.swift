import Glibc
import HTTP
import Platform
import Synchronization
import Testing

struct StopTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a request in flight is answered, and its connection closed`() throws {
        let begun = Gate()
        let mayEnd = Gate()
        let pool = WorkerPool(threads: 1, queue: 1)
        let server = try TestServer(respond: { _ in
            try? await pool.run {
                begun.open()
                mayEnd.wait()
            }
            return .text(.ok, "done")
        })
        let client = try server.connect()
        try client.send(Self.request)
        begun.wait()
        let thread = RunningThread { server.server.stop(within: .seconds(20)) }
        usleep(50_000)
        mayEnd.open()
        let text = try client.receiveText()
        #expect(text.hasSuffix("\r\n\r\ndone"))
        #expect(text.contains("\r\nConnection: close\r\n"))
        thread.join()
        #expect(throws: RawClient.Failure.self) { try RawClient(port: server.server.port) }
    }

    @Test func `clients that send while it stops get every answer they were promised`() throws {
        let server = try TestServer(threads: 2)
        let clients = try (0..<50).map { _ in try server.connect() }
        for client in clients { try client.send(Self.request) }
        let thread = RunningThread { server.server.stop(within: .seconds(20)) }
        for client in clients {
            #expect(try client.receiveText().hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        thread.join()
    }

    @Test func `an idle connection does not hold up the stop`() throws {
        let server = try TestServer()
        let fresh = try server.connect()
        let used = try server.connect()
        try used.send(Self.request)
        _ = try used.receive(until: "]\n")
        server.server.stop(within: .seconds(60))
        #expect(try fresh.receiveAll().isEmpty)
        #expect(try used.receiveAll().isEmpty)
    }

    @Test func `what does not end in time is cut`() throws {
        let begun = Gate()
        let server = try TestServer(respond: { _ in
            begun.open()
            while !Task.isCancelled { await Task.yield() }
            return Response(.ok)
        })
        let client = try server.connect()
        try client.send(Self.request)
        begun.wait()
        server.server.stop(within: .milliseconds(100))
        _ = try? client.receiveAll()
    }

    @Test func `a stop does not wait for a handler that ignores cancellation`() throws {
        let begun = Gate()
        let mayEnd = Gate()
        let pool = WorkerPool(threads: 1, queue: 1)
        let server = try TestServer(respond: { _ in
            try? await pool.run {
                begun.open()
                mayEnd.wait()
            }
            return Response(.ok)
        })
        let client = try server.connect()
        try client.send(Self.request)
        begun.wait()
        server.server.stop(within: .milliseconds(50))
        // The handler goes on after its loop has ended, and nothing may break.
        mayEnd.open()
        _ = try? client.receiveAll()
    }

    @Test func `a server that never started can be stopped`() throws {
        let server = try Server(Server.Configuration())
        server.stop(within: .seconds(1))
    }
}
