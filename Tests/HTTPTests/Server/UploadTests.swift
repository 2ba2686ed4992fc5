import Glibc
import HTTP
import Platform
import Synchronization
import Testing

/// Long bodies that go to a file while they arrive.
struct UploadTests {
    private let files: TemporaryFiles
    private let workers = WorkerPool(threads: 1, queue: 100)

    init() {
        var limits = TemporaryFiles.Limits()
        limits.reserve = 0
        limits.total = 24 << 20
        files = TemporaryFiles(in: "/tmp", limits)
    }

    private func server(
        upTo maximum: Int = 16 << 20, bodyTime: Duration = .seconds(30),
        answer: @escaping @Sendable (Request) throws -> String
    ) throws -> TestServer {
        var limits = Limits()
        limits.body = 100
        limits.bodyTime = bodyTime
        let (files, workers) = (files, workers)
        return try TestServer(
            limits: limits,
            bodyTerms: { request throws(RequestError) in
                .receiver(
                    try UploadReceiver(
                        request, request.path == "/form" ? .form(fileField: "file") : .plain, upTo: maximum,
                        to: files, for: request.headers["X-Owner"] ?? "", on: workers))
            },
            answer: { request in .ready(.text(.ok, (try? answer(request)) ?? "an error")) })
    }

    /// Answers with the length of what has come, and whether it is `Self.content`.
    private func checkingServer(upTo maximum: Int = 16 << 20) throws -> TestServer {
        try server(upTo: maximum) { request in
            let bytes: StoredBytes
            if request.path == "/form" {
                let form = try request.uploadedForm(fileField: "file")
                #expect(form["a"] == "1" && request.body.isEmpty)
                bytes = try #require(form.file)
            } else {
                bytes = request.storedBody
            }
            let content = try bytes.all()
            return "\(bytes.count) \(content == Self.content(content.count))"
        }
    }

    private static func content(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    }

    private static func form(_ content: [UInt8]) -> [UInt8] {
        Array("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n".utf8)
            + Array("--b\r\nContent-Disposition: form-data; name=file; filename=x\r\n\r\n".utf8) + content
            + Array("\r\n--b--\r\n".utf8)
    }

    private static func head(_ target: String, length: Int? = nil, _ more: String = "") -> String {
        "POST \(target) HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n\(more)"
            + (length.map { "Content-Length: \($0)\r\n\r\n" } ?? "Transfer-Encoding: chunked\r\n\r\n")
    }

    /// The thread that has written a file may let go of it a moment after the answer.
    private func expectNothingLeft() {
        let end = Clock.milliseconds + 5000
        while files.files > 0, Clock.milliseconds < end { usleep(1000) }
        #expect(files.files == 0 && files.bytes == 0)
    }

    @Test(arguments: [1, 1000, 262_144, 262_145, 1_000_000], [true, false])
    func `a form arrives whole, by its length or in chunks`(count: Int, isChunked: Bool) throws {
        let client = try checkingServer().connect()
        let body = Self.form(Self.content(count))
        if isChunked {
            try client.send(Self.head("/form"))
            for start in stride(from: 0, to: body.count, by: 300_000) {
                let piece = body[start..<min(start + 300_000, body.count)]
                try client.send("\(String(piece.count, radix: 16))\r\n")
                try client.send(Array(piece))
                try client.send("\r\n")
            }
            try client.send("0\r\n\r\n")
        } else {
            try client.send(Self.head("/form", length: body.count))
            try client.send(body)
        }
        // The next request is on its way before the answer.
        try client.send(Self.head("/", length: 1000, "Connection: close\r\n"))
        try client.send(Self.content(1000))
        let text = try client.receiveText()
        #expect(text.contains("\(count) true"))
        #expect(text.hasSuffix("1000 true"))
        expectNothingLeft()
    }

    @Test func `what is too long is refused by its length, and where that is not known when it is`() throws {
        let server = try checkingServer(upTo: 1 << 20)
        let text = try server.exchange(Self.head("/", length: 1_048_577))
        #expect(text.hasPrefix("HTTP/1.1 413 ") && text.contains("larger than 1 MiB, the limit here"))
        let client = try server.connect()
        try client.send(Self.head("/") + "80000\r\n")
        try client.send(Self.content(524_288))
        try client.send("\r\n80001\r\n")
        #expect(try client.receiveText().hasPrefix("HTTP/1.1 413 "))
        expectNothingLeft()
    }

    @Test func `one owner has two uploads at a time, and others have theirs`() throws {
        let server = try checkingServer()
        let waiting = try (0..<2).map { _ in try server.connect() }
        for client in waiting {
            try client.send(Self.head("/", length: 1000, "Expect: 100-continue\r\n"))
            _ = try client.receive(until: "100 Continue\r\n\r\n")
        }
        #expect(try server.exchange(Self.head("/", length: 1000)).hasPrefix("HTTP/1.1 503 "))
        let other = try server.connect()
        try other.send(Self.head("/", length: 1000, "X-Owner: other\r\nConnection: close\r\n"))
        try other.send(Self.content(1000))
        #expect(try other.receiveText().hasSuffix("1000 true"))
        for client in waiting {
            try client.send(Self.content(1000))
            _ = try client.receive(until: "1000 true")
        }
        let again = try server.connect()
        try again.send(Self.head("/", length: 1000, "Connection: close\r\n"))
        try again.send(Self.content(1000))
        #expect(try again.receiveText().hasSuffix("1000 true"))
    }

    @Test func `an upload that all together have no room for is refused before it is read`() throws {
        let text = try checkingServer(upTo: 1 << 30).exchange(Self.head("/", length: 25 << 20))
        #expect(text.hasPrefix("HTTP/1.1 503 "))
        expectNothingLeft()
    }

    @Test func `an upload whose client goes away leaves nothing`() throws {
        let server = try checkingServer()
        for _ in 0..<3 {
            let client = try server.connect()
            try client.send(Self.head("/form", length: 5_000_000))
            try client.send(Array(Self.form(Self.content(3_000_000)).prefix(3_000_000)))
        }
        expectNothingLeft()
    }

    @Test func `a form that is none is refused when that is seen`() throws {
        let client = try checkingServer().connect()
        try client.send(Self.head("/form", length: 10_000_000))
        try client.send("--b\r\nA: \(String(repeating: "x", count: 300_000))")
        #expect(try client.receiveText().hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `line ends that begin no delimiter do not hold up the others`() throws {
        let server = try server { "\(try $0.uploadedForm(fileField: "file").file?.count ?? -1)" }
        for byte in [UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "-")] {
            let body = Self.form([UInt8](repeating: byte, count: 4_000_000))
            let client = try server.connect()
            try client.send(Self.head("/form", length: body.count, "Connection: close\r\n"))
            try client.send(body)
            #expect(try client.receiveText().hasSuffix("4000000"))
        }
    }
}
