import Glibc
import HTTP
import Testing

/// Connections that have been idle for so long that their task has ended.
struct ParkingTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func server(idleTime: Duration = .seconds(60)) throws -> TestServer {
        var limits = Limits()
        limits.parkingTime = .milliseconds(5)
        limits.idleTime = idleTime
        return try TestServer(threads: 2, limits: limits)
    }

    @Test func `a parked connection goes on when more arrives`() throws {
        let server = try server()
        let clients = try (0..<50).map { _ in try server.connect() }
        for _ in 0..<5 {
            usleep(20_000)
            for client in clients { try client.send(Self.request) }
            for client in clients { #expect(try client.receive(until: "]\n").hasSuffix("GET / a []\n")) }
        }
    }

    @Test func `a parked connection is closed when it has been idle for too long`() throws {
        let client = try server(idleTime: .milliseconds(50)).connect()
        try client.send(Self.request)
        #expect(try client.receiveText().hasSuffix("GET / a []\n"))
    }

    @Test func `a parked connection notices that its client has gone, and another takes its place`() throws {
        let server = try server()
        for _ in 0..<100 {
            let client = try server.connect()
            client.resetWhenClosed()
            try client.send(Self.request)
            _ = try client.receive(until: "]\n")
        }
        usleep(20_000)
        #expect(try server.exchange("GET / HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test func `a stop answers a parked connection's last request, and closes the others`() throws {
        let server = try server()
        let asking = try server.connect()
        let silent = try server.connect()
        usleep(20_000)
        let thread = RunningThread { server.server.stop(within: .seconds(20)) }
        try asking.send(Self.request)
        #expect(try asking.receiveText().hasSuffix("GET / a []\n"))
        #expect(try silent.receiveAll().isEmpty)
        thread.join()
    }
}
