import HTTP
import Testing
import Web

struct CrossSiteCheckTests {
    private func allows(_ headers: Headers, method: HTTP.Method = .post) -> Bool {
        CrossSiteCheck.allows(Request(method: method, target: "/expenses", headers: headers))
    }

    @Test(arguments: [
        ["Host": "example.com"],
        ["Host": "example.com", "Sec-Fetch-Site": "same-origin"],
        ["Host": "example.com", "Sec-Fetch-Site": "none"],
        ["Host": "example.com", "Origin": "http://example.com"],
        ["Host": "example.com", "Origin": "https://example.com"],
        ["Host": "example.com:443", "Origin": "https://example.com"],
        ["Host": "EXAMPLE.com:80", "Origin": "http://example.COM"],
        ["Host": "127.0.0.1:8080", "Origin": "http://127.0.0.1:8080"],
        ["Host": "[::1]:8080", "Origin": "http://[::1]:8080"],
        ["Host": "[::1]", "Origin": "http://[::1]"],
        ["Host": "example.com", "Origin": "https://other.example", "Sec-Fetch-Site": "same-origin"],
    ])
    func `a write from our own pages, or from no browser, is let through`(fields: [String: String]) {
        var headers = Headers()
        for (name, value) in fields { headers.add(name, value) }
        #expect(allows(headers))
    }

    @Test(arguments: [
        ["Host": "example.com", "Sec-Fetch-Site": "cross-site"],
        ["Host": "example.com", "Sec-Fetch-Site": "same-site"],
        ["Host": "example.com", "Sec-Fetch-Site": ""],
        ["Host": "example.com", "Sec-Fetch-Site": "Same-Origin"],
        ["Host": "example.com", "Sec-Fetch-Site": "cross-site", "Origin": "http://example.com"],
        ["Host": "example.com", "Origin": "null"],
        ["Host": "example.com", "Origin": ""],
        ["Host": "example.com", "Origin": "example.com"],
        ["Host": "example.com", "Origin": "http://"],
        ["Host": "example.com", "Origin": "https://evil.example"],
        ["Host": "example.com", "Origin": "https://sibling.example.com"],
        ["Host": "example.com", "Origin": "https://example.com.evil.example"],
        ["Host": "example.com", "Origin": "https://evil.example/example.com"],
        ["Host": "example.com", "Origin": "https://example.com@evil.example"],
        ["Host": "example.com", "Origin": "http://example.com:8080"],
        ["Host": "example.com:8080", "Origin": "http://example.com"],
        ["Host": "example.com:80", "Origin": "https://example.com"],
        ["Host": "example.com", "Origin": "ftp://example.com"],
        ["Host": "[::1]:8080", "Origin": "http://[::2]:8080"],
        ["Origin": "http://example.com"],
    ])
    func `a write that comes from another site is refused`(fields: [String: String]) {
        var headers = Headers()
        for (name, value) in fields { headers.add(name, value) }
        #expect(!allows(headers))
    }

    @Test func `one same-origin header among several does not let a write through`() {
        var headers: Headers = ["Host": "example.com", "Origin": "http://example.com"]
        headers.add("Origin", "http://evil.example")
        #expect(!allows(headers))
        headers.add("Sec-Fetch-Site", "same-origin")
        headers.add("Sec-Fetch-Site", "cross-site")
        #expect(!allows(headers))
    }

    @Test(arguments: [HTTP.Method.get, .head, .options, .trace, .query])
    func `reading is open to links from everywhere`(method: HTTP.Method) {
        #expect(allows(["Host": "example.com", "Sec-Fetch-Site": "cross-site"], method: method))
    }

    @Test(arguments: [HTTP.Method.post, .put, .delete, .patch])
    func `every method that writes is checked`(method: HTTP.Method) {
        #expect(!allows(["Host": "example.com", "Sec-Fetch-Site": "cross-site"], method: method))
    }
}
