import COpenSSL
import Glibc
import HTTP
import Testing

@Suite struct TLSConfigurationTests {
    let directory: TemporaryDirectory
    let certificate: TLSConfiguration

    init() throws {
        directory = TestCertificate.directory()
        certificate = try TestCertificate.load(directory)
    }

    @Test(arguments: [(TLS1_2_VERSION, "TLSv1.2"), (TLS1_3_VERSION, "TLSv1.3")])
    func `both versions are spoken, and a session is gone on with`(version: Int32, name: String) throws {
        let server = try TestServer(certificate: certificate)
        var terms = ClientSession.Terms()
        terms.newestVersion = version
        for isResumed in [false, true] {
            let client = try RawClient(port: server.server.port)
            try client.encrypt(terms)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try client.receiveText().hasSuffix("GET / h []\n"))
            let session = try #require(client.session)
            #expect(session.version == name)
            #expect(session.isResumed == isResumed)
            terms.ticket = session
        }
    }

    @Test func `a session is gone on with only as long as the key of its ticket lives`() throws {
        let brief = try TLSConfiguration(
            file: directory.path + "/cert.pem", keyFile: directory.path + "/key.pem", ticketKeyLifetime: 0)
        let server = try TestServer(certificate: brief)
        var terms = ClientSession.Terms()
        for _ in 0..<2 {
            let client = try RawClient(port: server.server.port)
            try client.encrypt(terms)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try client.receiveText().hasSuffix("GET / h []\n"))
            let session = try #require(client.session)
            #expect(!session.isResumed)
            terms.ticket = session
        }
    }

    @Test func `an older version and another protocol are refused`() throws {
        let server = try TestServer(certificate: certificate)
        var old = ClientSession.Terms()
        old.newestVersion = TLS1_1_VERSION
        var other = ClientSession.Terms()
        other.protocols = ["h2"]
        var both = ClientSession.Terms()
        both.protocols = ["h2", "http/1.1"]
        var none = ClientSession.Terms()
        none.protocols = []
        for (terms, isGood) in [(old, false), (other, false), (both, true), (none, true)] {
            let client = try RawClient(port: server.server.port)
            let isAgreed = (try? client.encrypt(terms)) != nil
            #expect(isAgreed == isGood)
        }
    }

    @Test(arguments: [
        (
            "Host: money.example:8443",
            "<a href=\"https://money.example:8443/\">https://money.example:8443/</a>"
        ),
        ("host:[::1]:8443", "<a href=\"https://[::1]:8443/\">"),
        ("Host: a\"><script>", "speaks https.</p>"), ("Host: a b:c:d", "speaks https.</p>"),
        ("X: y", "speaks https.</p>"),
    ])
    func `a request without encryption is told in http that the address speaks https`(
        field: String, words: String
    ) throws {
        let server = try TestServer(certificate: certificate)
        let client = try RawClient(port: server.server.port)
        try client.send("GET /login HTTP/1.1\r\n\(field)\r\n\r\n")
        let answer = try client.receiveText()
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.contains(words), "\(answer)")
        #expect(!answer.contains("script"))
        // Others are served as before.
        #expect(
            try server.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").contains("GET / h"))
    }

    @Test func `who does not speak TLS is cut off, and who says nothing after a while`() throws {
        var limits = Limits()
        limits.headTime = .milliseconds(100)
        let server = try TestServer(limits: limits, certificate: certificate)
        let plain = try RawClient(port: server.server.port)
        try plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try !plain.receiveText().contains("HTTP/1.1 200"))
        let silent = try RawClient(port: server.server.port)
        #expect(try silent.receiveAll().isEmpty)
        // With the keys agreed on, the longer time of an idle connection is what counts.
        let patient = try server.connect()
        #expect(try silent.receiveAll().isEmpty)
        try patient.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(try patient.receiveText().contains("HTTP/1.1 200"))
    }

    @Test func `a large answer arrives whole at a client that reads slowly`() throws {
        let body = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        let server = try TestServer(
            certificate: certificate,
            answer: { _ in
                .ready(
                    Response(.ok, headers: ["Content-Type": "application/octet-stream"], body: .bytes(body)))
            })
        let client = try server.connect(receiveBuffer: 4096)
        for _ in 0..<2 {
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = try client.receive(until: "\r\n\r\n")
            var got: [UInt8] = []
            while got.count < body.count {
                let more = try client.receive(atMost: 3000)
                guard !more.isEmpty else { break }
                got += more
            }
            #expect(got == body)
        }
    }

    @Test func `a certificate that is read again is shown to new connections, and old ones stay`() throws {
        let server = try TestServer(certificate: certificate)
        let old = try server.connect()
        write(key: TestCertificate.otherKey, to: "key.pem")
        #expect(throws: TLSConfiguration.Problem.self) { try certificate.reload() }
        // What cannot be used changes nothing.
        _ = try server.connect()
        write(key: TestCertificate.key, to: "key.pem")
        try certificate.reload()
        for client in [old, try server.connect()] {
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try client.receiveText().contains("HTTP/1.1 200"))
        }
    }

    @Test func `what cannot be used is named`() throws {
        write(key: TestCertificate.otherKey, to: "other.pem")
        write(key: TestCertificate.key, to: "open.pem", mode: 0o644)
        write(key: "nothing", to: "text")
        let rows: [(file: String, key: String, culprit: TLSConfiguration.Problem.File, words: String)] = [
            ("missing", "key.pem", .certificate, "missing: No such file"),
            ("cert.pem", "missing", .key, "missing: No such file"),
            ("text", "key.pem", .certificate, "no certificate in PEM"),
            ("cert.pem", "text", .key, "no key in PEM"),
            ("cert.pem", "other.pem", .key, "is not the key of the certificate"),
            ("cert.pem", "open.pem", .key, "others can read"),
        ]
        for row in rows {
            let problem = #expect(throws: TLSConfiguration.Problem.self) {
                try TLSConfiguration(
                    file: directory.path + "/" + row.file, keyFile: directory.path + "/" + row.key)
            }
            #expect(problem?.file == row.culprit)
            #expect(problem?.description.contains(row.words) ?? false, "\(problem?.description ?? "")")
        }
    }

    private func write(key: String, to name: String, mode: mode_t = 0o600) {
        directory.write(name, key)
        unsafe chmod(directory.path + "/" + name, mode)
    }
}
