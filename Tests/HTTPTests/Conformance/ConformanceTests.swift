import HTTP
import Testing

/// The rules of RFC 9112 and RFC 9110 that an origin server has to keep, over a real socket.
struct ConformanceTests {
    /// One server for all rules: what a rule does to it, the next would notice.
    static let server = Result { try TestServer() }
    /// One whose handlers wait before they answer.
    static let waitingServer = Result {
        try TestServer(respond: { request in
            await Task.yield()
            return TestServer.echo(request)
        })
    }

    /// One that speaks TLS.
    static let encryptedServer = Result { try TestServer(certificate: TestCertificate.loaded.get()) }

    @Test(
        arguments: Rules.requestLine + Rules.host + Rules.fields + Rules.length + Rules.transferEncoding
            + Rules.chunks + Rules.connection + Rules.expectation + Rules.methods)
    func `a rule is kept`(rule: Rule) throws {
        try check(rule)
    }

    @Test(arguments: Rules.controlCharacters)
    func `a control character is refused wherever it stands`(rule: Rule) throws {
        try check(rule)
    }

    @Test(arguments: Rules.smuggling)
    func `a request within a request is not found`(rule: Rule) throws {
        let bodies = try check(rule)
        #expect(!bodies.contains { $0.hasPrefix("GET /smuggled") })
    }

    /// Returns the bodies of the answers, of all servers.
    @discardableResult
    private func check(_ rule: Rule) throws -> [String] {
        try [Self.server, Self.waitingServer, Self.encryptedServer].flatMap {
            try check(rule, by: $0.get())
        }
    }

    private func check(_ rule: Rule, by server: TestServer) throws -> [String] {
        let client = try server.connect()
        try client.send(rule.bytes + Rule.next)
        client.endSending()
        let bytes = try client.receiveAll()
        let isHead = rule.bytes.starts(with: Array("HEAD ".utf8))
        let answers = Answers(bytes, heads: isHead ? [0] : [])
        #expect(rule.allowed.contains(answers.statuses), "answered \(answers.statuses)")
        #expect(
            answers.rest.isEmpty, "bytes that are no answer: \(String(decoding: answers.rest, as: UTF8.self))"
        )
        for answer in answers.all where answer.status >= 200 {
            #expect(answer.headers["date"] != nil)
        }
        if let last = answers.all.last, last.status >= 400, last.status != 404 {
            #expect(last.headers["connection"] == "close")
        }
        return answers.all.map { String(decoding: $0.body, as: UTF8.self) }
    }
}
