import HTTP
import Testing

struct FormDataTests {
    @Test(arguments: [
        ("", []),
        ("a=b", ["a", "b"]),
        ("a", ["a", ""]),
        ("=b", ["", "b"]),
        ("a=b=c", ["a", "b=c"]),
        ("a=1&a=2&&b=3&", ["a", "1", "a", "2", "b", "3"]),
        ("a+b=c+d%20e", ["a b", "c d e"]),
        ("%61=%F0%9F%8D%B0", ["a", "🍰"]),
        ("a=100%&b=%zz&c=%4", ["a", "100%", "b", "%zz", "c", "%4"]),
        ("a=%ff", ["a", "\u{FFFD}"]),
        ("a=%2B%26%3D", ["a", "+&="]),
    ])
    func `an encoded form is read as WHATWG says`(text: String, expected: [String]) {
        #expect(FormData(urlEncoded: text).fields.flatMap { [$0.name, $0.value] } == expected)
        #expect(FormData(urlEncoded: Array(text.utf8)).fields.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test func `what is encoded is read back`() {
        var form = FormData([(name: "a b", value: "ä&=+%?"), (name: "", value: "")])
        form.append("note", "1\n2")
        #expect(form.urlEncoded == "a+b=%C3%A4%26%3D%2B%25%3F&=&note=1%0A2")
        #expect(FormData(urlEncoded: form.urlEncoded) == form)
    }

    @Test func `a name may occur several times`() {
        let form = FormData(urlEncoded: "a=1&b=2&a=3")
        #expect(form["a"] == "1")
        #expect(form.values("a") == ["1", "3"])
        #expect(form["c"] == nil)
    }

    @Test func `a request's form needs its type`() throws {
        func form(_ type: String?, _ body: String) throws -> FormData {
            let headers: Headers = type.map { ["Content-Type": $0] } ?? [:]
            return try Request(method: .post, target: "/", headers: headers, body: Array(body.utf8)).form()
        }
        #expect(try form("application/x-www-form-urlencoded", "a=b")["a"] == "b")
        #expect(try form("Application/X-WWW-Form-Urlencoded ; charset=UTF-8", "a=b")["a"] == "b")
        #expect(try form(nil, "") == FormData())
        for (type, body) in [(nil, "a=b"), ("text/plain", "a=b"), ("multipart/form-data; boundary=x", "")] {
            let error = #expect(throws: RequestError.self) { try form(type, body) }
            #expect(error?.status == .unsupportedMediaType)
        }
    }

    @Test func `a request's query is decoded, and its path is not`() {
        let request = Request(method: .get, target: "/a%20b?q=x%26y&r")
        #expect(request.path == "/a%20b")
        #expect(request.query == FormData([(name: "q", value: "x&y"), (name: "r", value: "")]))
        #expect(Request(method: .get, target: "/a").query == FormData())
    }

    @Test func `a form with more than 1000 fields is refused before it is taken apart`() throws {
        func form(_ count: Int) throws -> FormData {
            try Request(
                method: .post, target: "/", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(repeatElement("a", count: count).joined(separator: "&").utf8)
            ).form()
        }
        #expect(try form(1000).fields.count == 1000)
        let error = #expect(throws: RequestError.self) { try form(1001) }
        #expect(error?.status == .contentTooLarge)
    }
}
