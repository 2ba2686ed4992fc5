import HTTP
import Testing

struct RequestParserTests {
    /// What a parser made of some bytes, for comparison.
    private struct Result: Equatable {
        var method: Method?
        var target = ""
        var fields: [Headers.Field] = []
        var framing: BodyFraming?
        var keepsAlive = false
        var expectsContinue = false
        var used = 0
        var error: RequestError?
    }

    /// Feeds the bytes as they would arrive in pieces that end at `cuts`.
    private func parse(_ bytes: [UInt8], cuts: [Int] = [], limits: Limits = Limits()) -> Result {
        var parser = RequestParser(into: RequestHead(), limits: limits)
        var result = Result()
        do {
            for end in cuts + [bytes.count] {
                guard let head = try parser.parse(bytes.span.extracting(0..<end)) else { continue }
                result.framing = head.framing
                result.keepsAlive = head.keepsAlive
                result.expectsContinue = head.expectsContinue
                result.used = parser.used
                let request = head.request(body: [], peer: "")
                result.method = request.method
                result.target = request.target
                result.fields = request.headers.fields
                return result
            }
        } catch {
            result.error = error
        }
        return result
    }

    static let requests = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\r\nGET /x?y=z HTTP/1.1\r\nHost: a:80\r\nA:\r\nB:  b c \t\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\nConnection: keep-alive, Close\r\n\r\nbody!",
        "PUT http://b:1/q?r HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\nexpect: 100-continue\r\n\r\n0",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ].map { Array($0.utf8) }

    @Test(arguments: requests)
    func `a request is understood alike however it is cut into reads`(bytes: [UInt8]) {
        let whole = parse(bytes)
        #expect(whole.method != nil)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(parse(bytes, cuts: [first, second]) == whole)
            }
        }
        #expect(parse(bytes, cuts: Array(0..<bytes.count)) == whole)
    }

    @Test(arguments: requests)
    func `a request cut short is waited for, and never taken for a whole or a wrong one`(bytes: [UInt8]) {
        let size = parse(bytes).used
        for end in 0..<size {
            let short = parse(Array(bytes[..<end]))
            #expect(short == Result())
        }
    }

    @Test func `the head's end is found where it is`() {
        let head = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(parse(head + Array("GET".utf8)).used == head.count)
    }

    @Test func `fields keep their order, their case and their repetitions`() {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\n\r\n".utf8)
        let result = parse(bytes)
        #expect(result.fields.map(\.name) == ["Host", "X-B", "x-a", "X-B"])
        #expect(result.fields.map(\.value) == ["a", "1", "2", "3"])
    }

    @Test(arguments: [
        ("http://b/c?d", "/c?d", "b"), ("HTTP://B:8080", "/", "B:8080"), ("https://b?c", "/?c", "b"),
        ("http://[::1]:80/", "/", "[::1]:80"),
    ])
    func `an absolute target's authority replaces Host`(target: String, path: String, host: String) {
        let result = parse(Array("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(result.target == path)
        #expect(result.fields.map(\.value) == [host])
    }

    @Test func `a request line without an end is refused when it is too long`() {
        let line = Array("GET /".utf8) + [UInt8](repeating: 0x61, count: 9000)
        #expect(parse(line).error?.status == .uriTooLong)
        #expect(parse([UInt8](repeating: 0x61, count: 9000)).error?.status == .badRequest)
    }

    @Test func `a header section without an end is refused when it is too long`() {
        let head = Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [UInt8](repeating: 0x61, count: 40_000)
        #expect(parse(head).error?.status == .headerFieldsTooLarge)
    }

    @Test func `as many header fields as allowed are read, and not one more`() {
        let fields = String(repeating: "X: y\r\n", count: 99)
        #expect(parse(Array("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)).error == nil)
        let error = parse(Array("GET / HTTP/1.1\r\nHost: a\r\nZ: z\r\n\(fields)\r\n".utf8)).error
        #expect(error?.status == .headerFieldsTooLarge)
    }

    @Test(arguments: [
        ("GET /a/b?c=é HTTP/1.1\r\n", "/a/b"), ("GET /a#b HTTP/1.1\r\n", "/a"), ("GET /a HTTP/2.0\r\n", "/a"),
        ("BREW /a HTTP/1.1\r\n", "/a"), ("GET /a?" + String(repeating: "b", count: 9000), "/a"),
        ("GET /a HTTP/1.1\r\nHost : b\r\n", "/a"), ("GET a HTTP/1.1\r\n", nil), ("GET  /a HTTP/1.1\r\n", nil),
    ])
    func `the path of what is refused is told where it can be seen`(text: String, path: String?) {
        let error = parse(Array(text.utf8)).error
        #expect(error != nil)
        #expect(error?.path == path)
    }

    @Test func `what is no HTTP is refused by its first byte`() {
        #expect(parse([0x16, 0x03, 0x01]).error?.status == .badRequest)
    }
}
