import Glibc
import HTTP
import Testing

/// What takes long: only with `HTTP_TORTURE` in the environment.
@Suite(.enabled(if: unsafe getenv("HTTP_TORTURE") != nil), .serialized)
struct TortureTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    /// The time that each of a thousand normal requests takes, sorted.
    private func delays(_ server: TestServer) throws -> [Duration] {
        let clock = ContinuousClock()
        return try (0..<1000).map { _ in
            let client = try server.connect()
            return try clock.measure {
                try client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try client.receive(until: "\r\n\r\n")
            }
        }.sorted()
    }

    private func report(_ name: String, _ delays: [Duration]) {
        print("\(name): median \(delays[500]), p99 \(delays[990]), slowest \(delays[999])")
        #expect(delays[990] < .seconds(1))
    }

    @Test func `500 clients that send a byte now and then delay no other`() throws {
        var limits = Limits()
        limits.headTime = .seconds(3)
        limits.bodyTime = .seconds(3)
        let server = try TestServer(limits: limits)
        let heads = try (0..<250).map { _ in try server.connect() }
        let bodies = try (0..<250).map { _ in try server.connect() }
        for client in heads { try client.send("GET / HTTP/1.1\r\nX: ") }
        for client in bodies { try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n") }
        for _ in 0..<3 {
            for client in heads + bodies { try? client.send("x") }
            report("500 slow senders", try delays(server))
        }
        for client in heads + bodies { #expect(try client.receiveText().hasPrefix("HTTP/1.1 408 ")) }
    }

    @Test func `500 clients that read a large answer slowly delay no other`() throws {
        let large = [UInt8](repeating: 0x61, count: 20_000_000)
        // Far beyond the shares, which would cut these clients off: all of them read the same bytes.
        var limits = Limits()
        limits.answersInTotal = 20_000_000_000
        limits.answersPerClient = 20_000_000_000
        limits.connectionsPerClient = 1000
        let server = try TestServer(
            limits: limits,
            respond: { $0.method == .head ? Response(.ok) : Response(.ok, body: .bytes(large)) })
        let before = Self.residentKilobytes
        let clients = try (0..<500).map { _ in try server.connect(receiveBuffer: 4096) }
        for client in clients { try client.send(Self.request) }
        for _ in 0..<3 {
            for client in clients { _ = try client.receive(atMost: 1000) }
            report("500 slow readers", try delays(server))
        }
        for client in clients { #expect(try client.receive(atMost: 1000).count > 0) }
        let grown = Self.residentKilobytes - before
        print("500 slow readers of 20 MB: \(grown) kB more resident")
        #expect(grown < 100_000)
    }

    @Test func `a stop under load loses no request`() throws {
        // A request that comes later than this after the stop finds nobody, however it is done: be patient.
        var limits = Limits()
        limits.farewellTime = .seconds(5)
        for _ in 0..<20 {
            let server = try TestServer(threads: 2, limits: limits)
            let answered = Counter()
            let lost = Counter()
            // Each client sends its next request when it has the answer to the one before, until it is told to close.
            let clients = try (0..<32).map { _ in try server.connect() }
            let threads = clients.map { client in
                RunningThread {
                    while true {
                        guard (try? client.send(Self.request)) != nil,
                            let answer = try? client.receive(until: "]\n"), !answer.isEmpty
                        else { return lost.increment() }
                        answered.increment()
                        if answer.contains("Connection: close") { return client.endSending() }
                    }
                }
            }
            usleep(20_000)
            server.server.stop(within: .seconds(10))
            for thread in threads { thread.join() }
            #expect(lost.value == 0)
            #expect(answered.value > 32)
        }
    }

    private static var residentKilobytes: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 200)
        unsafe fgets(&line, 200, file)
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4
    }
}
