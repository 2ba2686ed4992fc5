import Glibc
import HTTP
import Platform
import Synchronization
import Testing

struct StaticFilesTests {
    private let directory = TemporaryDirectory()
    private let files: StaticFiles
    /// Wed, 21 Oct 2015 07:28:00 GMT
    private let time = 1_445_412_480

    init() throws {
        directory.write("public/app.css", "0123456789", modified: time)
        directory.write("public/both.js", "a long script, written out", modified: time)
        directory.write("public/both.js.gz", "zipped", modified: time)
        directory.write("public/stale.js", "newer", modified: time)
        directory.write("public/stale.js.gz", "older", modified: time - 1)
        directory.write("public/folder/deep file.txt", "deep", modified: time)
        directory.write("public/large.bin", String(repeating: "x", count: 300_000), modified: time)
        directory.write("public/empty.txt", "", modified: time)
        directory.write("public/.hidden", "hidden")
        directory.write("secret.txt", "secret")
        directory.write("public-not/secret.txt", "secret")
        directory.link("public/inside", to: "app.css")
        directory.link("public/outside", to: directory.path + "/secret.txt")
        directory.link("public/beside", to: directory.path + "/public-not/secret.txt")
        directory.link("public/up", to: "..")
        directory.write("more/app.css", "of the longer prefix", modified: time)
        files = try StaticFiles([
            (prefix: "/static/", directory: directory.path + "/public"),
            (prefix: "/static/more/", directory: directory.path + "/more"),
        ])
    }

    private func get(_ path: String, _ headers: Headers = [:], method: Method = .get) throws -> Response {
        try #require(files.respond(to: Request(method: method, target: path, headers: headers)))
    }

    private func text(_ response: Response) async throws -> String {
        String(decoding: try response.body.collected(), as: UTF8.self)
    }

    @Test func `a file is sent with its type and its validators`() async throws {
        let response = try get("/static/app.css?version=1")
        #expect(response.status == .ok)
        #expect(try await text(response) == "0123456789")
        #expect(response.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(response.headers["Last-Modified"] == "Wed, 21 Oct 2015 07:28:00 GMT")
        #expect(response.headers["ETag"]?.hasPrefix("\"") == true)
        #expect(response.headers["Cache-Control"] == "public, max-age=600")
        #expect(response.headers["Accept-Ranges"] == "bytes")
        #expect(response.headers["Vary"] == nil)
    }

    @Test func `the longest prefix wins, and a path under no prefix is passed on`() async throws {
        #expect(try await text(get("/static/more/app.css")) == "of the longer prefix")
        #expect(files.respond(to: Request(method: .get, target: "/other/app.css")) == nil)
        #expect(files.respond(to: Request(method: .get, target: "/static")) == nil)
    }

    @Test func `a mounted folder that does not exist is an error at start`() {
        #expect(throws: SystemError.self) {
            try StaticFiles([(prefix: "/static/", directory: directory.path + "/nowhere")])
        }
    }

    @Test func `an encoded name is decoded once`() async throws {
        #expect(try await text(get("/static/folder/deep%20file.txt")) == "deep")
        #expect(files.find("/static/folder/deep%2520file.txt") == nil)
    }

    @Test(arguments: [
        "", "nothing", "folder", "folder/", ".", "..", "../secret.txt", "folder/../app.css", "./app.css",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt", "%2e%2e%2fsecret.txt", "..\\secret.txt", "..%5csecret.txt", "app.css%00",
        "app.css%00.js", "/app.css",
        "/etc/passwd", "folder//deep%20file.txt", "app.css/", "app.css/..", ".hidden", "%2ehidden", "outside",
        "beside", "up/secret.txt",
        "%ff", "%", "%c0%ae%c0%ae/secret.txt", "..;/secret.txt", "APP.CSS", "app.css.",
        "app.css%20",
    ])
    func `a path that names no file of the folder leads to none`(path: String) {
        #expect(files.find("/static/" + path) == nil)
    }

    @Test func `a link is followed where it stays inside`() async throws {
        #expect(try await text(get("/static/inside")) == "0123456789")
    }

    @Test func `a compressed neighbour is sent to who takes it`() async throws {
        for codings in ["gzip", "br, GZIP;q=0.5", "*", "x-gzip", "deflate, gzip ; q=1"] {
            let response = try get("/static/both.js", ["Accept-Encoding": codings])
            #expect(try await text(response) == "zipped")
            #expect(response.headers["Content-Encoding"] == "gzip")
            #expect(response.headers["Content-Type"] == "text/javascript; charset=utf-8")
            #expect(response.headers["Vary"] == "Accept-Encoding")
        }
        for codings in [nil, "", "br", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "identity"] {
            let response = try get("/static/both.js", codings.map { ["Accept-Encoding": $0] } ?? [:])
            #expect(try await text(response) == "a long script, written out")
            #expect(response.headers["Content-Encoding"] == nil)
            #expect(response.headers["Vary"] == "Accept-Encoding")
        }
        #expect(try await text(get("/static/stale.js", ["Accept-Encoding": "gzip"])) == "newer")
    }

    @Test func `a file and its compressed form have different ETags`() throws {
        let plain = try get("/static/both.js").headers["ETag"]
        let zipped = try get("/static/both.js", ["Accept-Encoding": "gzip"]).headers["ETag"]
        #expect(plain != zipped)
    }

    /// Conditions, with `TAG` and `DATE` for the file's own.
    static let conditions: [([(String, String)], Int)] = [
        ([("If-None-Match", "TAG")], 304),
        ([("If-None-Match", "W/TAG")], 304),
        ([("If-None-Match", "\"a,b\", TAG, \"c\"")], 304),
        ([("If-None-Match", "*")], 304),
        ([("If-None-Match", "\"other\"")], 200),
        ([("If-None-Match", "\"other\""), ("If-None-Match", "TAG")], 304),
        ([("If-None-Match", "\"other\""), ("If-Modified-Since", "DATE")], 200),
        ([("If-Modified-Since", "DATE")], 304),
        ([("If-Modified-Since", "Thu, 22 Oct 2015 07:28:00 GMT")], 304),
        ([("If-Modified-Since", "Wed, 21 Oct 2015 07:27:59 GMT")], 200),
        ([("If-Modified-Since", "nonsense")], 200),
        ([("If-Match", "TAG")], 200),
        ([("If-Match", "*")], 200),
        ([("If-Match", "\"other\", TAG")], 200),
        ([("If-Match", "\"other\"")], 412),
        ([("If-Match", "W/TAG")], 412),
        ([("If-Match", "\"other\""), ("If-None-Match", "TAG")], 412),
        ([("If-Match", "TAG"), ("If-None-Match", "TAG")], 304),
        ([("If-Match", "TAG"), ("If-Unmodified-Since", "Wed, 21 Oct 2015 07:27:59 GMT")], 200),
        ([("If-Unmodified-Since", "DATE")], 200),
        ([("If-Unmodified-Since", "Wed, 21 Oct 2015 07:27:59 GMT")], 412),
        ([("If-Unmodified-Since", "nonsense")], 200),
    ]

    @Test(arguments: conditions, [Method.get, .head])
    func `conditions are weighed in their order`(condition: ([(String, String)], Int), method: Method) throws
    {
        let tag = try #require(try get("/static/app.css").headers["ETag"])
        var headers = Headers()
        for (name, value) in condition.0 {
            let value = value.replacing("TAG", with: tag).replacing(
                "DATE", with: "Wed, 21 Oct 2015 07:28:00 GMT")
            headers.add(name, value)
        }
        let response = try get("/static/app.css", headers, method: method)
        #expect(response.status.code == condition.1)
        if response.status == .notModified {
            #expect(response.headers["ETag"] == tag)
            #expect(response.headers["Content-Type"] == nil)
            #expect(response.headers["Cache-Control"] != nil)
        }
    }

    @Test(arguments: [
        ("bytes=0-0", "0", "bytes 0-0/10"), ("bytes=2-4", "234", "bytes 2-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"), ("bytes=-30", "0123456789", "bytes 0-9/10"),
        ("bytes=8-99999999999999999999", "89", "bytes 8-9/10"), ("Bytes= 1 - 2 ", "12", "bytes 1-2/10"),
    ])
    func `a range of a file is sent`(range: String, expected: String, contentRange: String) async throws {
        let response = try get("/static/app.css", ["Range": range])
        #expect(response.status == .partialContent)
        #expect(try await text(response) == expected)
        #expect(response.headers["Content-Range"] == contentRange)
    }

    @Test(arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"])
    func `a range beyond the end cannot be satisfied`(range: String) throws {
        let response = try get("/static/app.css", ["Range": range])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.headers["Content-Range"] == "bytes */10")
    }

    @Test(arguments: [
        "bytes=4-2", "bytes=0-1,3-4", "bytes=", "bytes=-", "bytes", "lines=1-2", "bytes=a-b", "bytes=1",
        "bytes=--1",
        "bytes=+1-2", "bytes=1-2-3", "",
    ])
    func `a range that makes no sense here is passed over`(range: String) async throws {
        let response = try get("/static/app.css", ["Range": range])
        #expect(response.status == .ok)
        #expect(try await text(response) == "0123456789")
    }

    @Test func `a range counts only while the file is the same`() throws {
        let tag = try #require(try get("/static/app.css").headers["ETag"])
        func status(_ ifRange: String) throws -> Status {
            try get("/static/app.css", ["Range": "bytes=0-1", "If-Range": ifRange]).status
        }
        #expect(try status(tag) == .partialContent)
        #expect(try status("Wed, 21 Oct 2015 07:28:00 GMT") == .partialContent)
        #expect(try status("W/" + tag) == .ok)
        #expect(try status("\"other\"") == .ok)
        #expect(try status("Thu, 22 Oct 2015 07:28:00 GMT") == .ok)
        #expect(try get("/static/app.css", ["Range": "bytes=0-1"], method: .head).status == .ok)
    }

    @Test func `a range of nothing cannot be satisfied`() throws {
        #expect(try get("/static/empty.txt", ["Range": "bytes=0-"]).status == .rangeNotSatisfiable)
        #expect(try get("/static/empty.txt").status == .ok)
    }

    @Test func `files come over the wire whole, in part and compressed`() throws {
        let server = try TestServer(respond: { [files] in files.respond(to: $0) ?? .text(.notFound, "none") })
        let client = try server.connect()
        try client.send("GET /static/large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
        try client.send("GET /static/large.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=1000-200999\r\n\r\n")
        try client.send("HEAD /static/large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
        try client.send("GET /static/both.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
        try client.send("GET /static/app.css HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answers = Answers(try client.receiveAll(), heads: [2])
        #expect(answers.statuses == "200 206 200 200 200")
        #expect(answers.all.map(\.body.count) == [300_000, 200_000, 0, 6, 10])
        #expect(answers.all[2].headers["content-length"] == "300000")
        #expect(answers.rest.isEmpty)
    }

    @Test func `a file without a compressed neighbour is compressed when that is first asked for`()
        async throws
    {
        directory.write("public/long.css", String(repeating: ".a{color:#fff}", count: 500), modified: time)
        let files = try StaticFiles([(prefix: "/static/", directory: directory.path + "/public")])
        let request = Request(method: .get, target: "/static/long.css", headers: ["Accept-Encoding": "gzip"])
        let zipped = try #require(files.respond(to: request))
        #expect(zipped.headers["Content-Encoding"] == "gzip")
        #expect(zipped.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(zipped.headers["Vary"] == "Accept-Encoding")
        #expect(try zipped.body.collected().count < 500)
        let plain = try #require(files.respond(to: Request(method: .get, target: "/static/long.css")))
        #expect(plain.headers["Content-Encoding"] == nil)
        #expect(plain.headers["Vary"] == "Accept-Encoding")
        #expect(plain.headers["ETag"] != zipped.headers["ETag"])
    }

    @Test func `while a file is being compressed it is sent as it is`() async throws {
        directory.write("public/long.css", String(repeating: ".a{color:#fff}", count: 500), modified: time)
        let work = Mutex<[@Sendable () -> Void]>([])
        let files = try StaticFiles(
            [(prefix: "/static/", directory: directory.path + "/public")],
            background: { job in
                work.withLock { $0.append(job) }
                return true
            })
        let request = Request(method: .get, target: "/static/long.css", headers: ["Accept-Encoding": "gzip"])
        for _ in 0..<3 { #expect(files.respond(to: request)?.headers["Content-Encoding"] == nil) }
        #expect(work.withLock { $0.count } == 1)
        for job in work.withLock({ $0 }) { job() }
        #expect(files.respond(to: request)?.headers["Content-Encoding"] == "gzip")
    }

    @Test func `many spellings of one name cost neither descriptors nor memory`() throws {
        let before = try Directory.names(in: "/proc/self/fd").count
        for number in 0..<5000 {
            // The letters of "large" and "bin", each encoded or not.
            let name = "largebin".utf8.enumerated().map { index, byte in
                number >> index & 1 == 1 ? "%" + String(byte, radix: 16) : String(Unicode.Scalar(byte))
            }
            let path = name[..<5].joined() + (number & 256 == 0 ? "." : "%2e") + name[5...].joined()
            #expect(try get("/static/" + path).status == .ok)
        }
        // Other tests open and close a few meanwhile.
        #expect(try Directory.names(in: "/proc/self/fd").count < before + 1000)
    }

    @Test func `every answer passes through the finish that was given`() throws {
        let files = try StaticFiles(
            [(prefix: "/static/", directory: directory.path + "/public")],
            finish: { $0.headers["X-Finished"] = "yes" })
        let requests: [Request] = [
            Request(method: .get, target: "/static/app.css"),
            Request(method: .get, target: "/static/app.css", headers: ["If-None-Match": "*"]),
            Request(method: .get, target: "/static/app.css", headers: ["If-Match": "\"other\""]),
            Request(method: .get, target: "/static/app.css", headers: ["Range": "bytes=0-1"]),
            Request(method: .get, target: "/static/app.css", headers: ["Range": "bytes=99-"]),
        ]
        for request in requests {
            #expect(files.respond(to: request)?.headers.values("X-Finished") == ["yes"])
        }
    }

    @Test func `a file that cannot be opened for lack of descriptors is answered 503, not 404`() async {
        // In a process of its own, whose limit can be lowered.
        await #expect(processExitsWith: .success) {
            let directory = TemporaryDirectory()
            directory.write("public/app.css", "0123456789", modified: 1_445_412_480)
            let files = try StaticFiles([(prefix: "/static/", directory: directory.path + "/public")])
            var limit = rlimit()
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var none = limit
            none.rlim_cur = 0
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
            let request = Request(method: .get, target: "/static/app.css")
            let refused = files.respond(to: request)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            guard refused?.status == .serviceUnavailable, refused?.headers["Retry-After"] != nil,
                files.respond(to: request)?.status == .ok
            else { exit(1) }
            exit(0)
        }
    }
}

extension StaticFiles {
    fileprivate func respond(to request: Request) -> Response? { find(request.path)?.respond(to: request) }
}
