import Glibc
import HTTP

/// A server on a free port that stops when it goes out of scope.
final class TestServer: Sendable {
    let server: Server
    /// Its clients speak TLS.
    private let isEncrypted: Bool

    /// With the variable HTTP_TESTS_OVER_TLS set, servers speak TLS where a test does not say otherwise.
    private static let usual: TLSConfiguration? =
        unsafe getenv("HTTP_TESTS_OVER_TLS") == nil ? nil : try! TestCertificate.loaded.get()

    convenience init(
        threads: Int = 1, limits: Limits = Limits(), maximumBodySize: Int = 1024 * 1024,
        certificate: TLSConfiguration? = TestServer.usual,
        log: @escaping @Sendable (String) -> Void = { _ in },
        respond: @escaping @Sendable (Request) async -> Response
    ) throws {
        try self.init(
            threads: threads, limits: limits, maximumBodySize: maximumBodySize, certificate: certificate,
            log: log, answer: { request in .pending { await respond(request) } })
    }

    init(
        threads: Int = 1, limits: Limits = Limits(), maximumBodySize: Int = 1024 * 1024,
        certificate: TLSConfiguration? = TestServer.usual,
        log: @escaping @Sendable (String) -> Void = { _ in },
        bodyTerms: (@Sendable (Request) throws(RequestError) -> BodyTerms)? = nil,
        answer respond: @escaping @Sendable (Request) -> Answer = { .ready(TestServer.echo($0)) }
    ) throws {
        var configuration = Server.Configuration()
        configuration.threads = threads
        configuration.limits = limits
        configuration.limits.body = min(limits.body, maximumBodySize)
        configuration.onLog = log
        configuration.tls = certificate
        isEncrypted = certificate != nil
        server = try Server(configuration)
        try server.start(
            bodyTerms: { request throws(RequestError) in
                try bodyTerms?(request) ?? .memory(upTo: maximumBodySize)
            }, errorResponse: { .text($0.status, $0.reason + "\n") },
            respond: respond)
    }

    deinit { server.stop(within: .seconds(5)) }

    func connect(receiveBuffer: Int32? = nil, source: UInt32 = 1) throws -> RawClient {
        let client = try RawClient(port: server.port, of: self, receiveBuffer: receiveBuffer, source: source)
        if isEncrypted { try client.encrypt() }
        return client
    }

    /// Sends the bytes on a connection of their own and returns all that comes back until the server closes it.
    func exchange(_ bytes: String) throws -> String {
        let client = try connect()
        try client.send(bytes)
        return try client.receiveText()
    }

    /// Answers with what was understood of the request.
    static let echo: @Sendable (Request) -> Response = { request in
        let host = request.headers["Host"] ?? "-"
        let body = String(decoding: request.body, as: UTF8.self)
        return .text(.ok, "\(request.method) \(request.target) \(host) [\(body)]\n")
    }
}
