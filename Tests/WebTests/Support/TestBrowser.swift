import HTTP
import Synchronization
import Testing
import Web

/// A visitor who keeps cookies as a browser does, and follows no redirects by itself.
final class TestBrowser: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: Headers
        let body: String

        var location: String? { headers["Location"] }
    }

    struct StoredCookie: Sendable, Equatable {
        var name: String
        var value: String
        var path: String
    }

    /// Kept, because its database goes with it.
    private let app: TestApp
    private let jar = Mutex<[StoredCookie]>([])
    private let language = Mutex("")

    init(_ app: TestApp) {
        self.app = app
    }

    var cookies: [StoredCookie] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    /// What it sends as `Accept-Language`; nothing where it is empty.
    var acceptLanguage: String {
        get { language.withLock { $0 } }
        set { language.withLock { $0 = newValue } }
    }

    func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }

    /// Another browser with the same cookies, as a second tab that has not heard of the first one's answers.
    func copy() -> TestBrowser {
        let copy = TestBrowser(app)
        copy.cookies = cookies
        return copy
    }

    func get(_ target: String, headers: Headers = [:]) async -> Answer {
        await send(.get, target, headers: headers)
    }

    /// Follows up to five redirects, as a browser does after a post.
    func visit(_ target: String) async -> Answer {
        var answer = await get(target)
        for _ in 0..<5 {
            guard answer.status == 303, let location = answer.location else { break }
            answer = await get(location)
        }
        return answer
    }

    func post(
        _ target: String, _ fields: KeyValuePairs<String, String> = [:], headers: Headers = [:]
    ) async -> Answer {
        await post(
            target, FormData(fields.map { (name: $0.key, value: $0.value) }), headers: headers)
    }

    func post(_ target: String, _ form: FormData, headers: Headers = [:]) async -> Answer {
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        return await send(.post, target, headers: headers, body: Array(form.urlEncoded.utf8))
    }

    /// Sends a file of bookings, as its form does.
    func upload(_ text: String) async -> Answer {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            + text + "\r\n--x--\r\n"
        return await send(
            .post, "/expenses/import", headers: ["Content-Type": "multipart/form-data; boundary=x"],
            body: Array(body.utf8))
    }

    func send(
        _ method: HTTP.Method, _ target: String, headers: Headers = [:], body: [UInt8] = []
    ) async -> Answer {
        var headers = headers
        if !acceptLanguage.isEmpty { headers["Accept-Language"] = acceptLanguage }
        let path = String(target.prefix { $0 != "?" })
        let sent = cookies.filter { matches($0.path, path) }.map { "\($0.name)=\($0.value)" }
        if !sent.isEmpty && headers["Cookie"] == nil { headers["Cookie"] = sent.joined(separator: "; ") }
        let response = await app.application.respond(
            to: Request(method: method, target: target, headers: headers, body: body))
        for line in response.headers.values("Set-Cookie") { store(line) }
        var bytes: [UInt8] = []
        do {
            bytes = try response.body.collected()
        } catch {
            Issue.record("the body of \(target) could not be read: \(error)")
        }
        return Answer(
            status: response.status.code, headers: response.headers,
            body: String(decoding: bytes, as: UTF8.self))
    }

    /// RFC 6265 §5.1.4.
    private func matches(_ cookiePath: String, _ path: String) -> Bool {
        path == cookiePath
            || (path.hasPrefix(cookiePath)
                && (cookiePath.hasSuffix("/") || path.dropFirst(cookiePath.count).hasPrefix("/")))
    }

    private func store(_ line: String) {
        let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { return }
        func attribute(_ name: String) -> String? {
            parts.dropFirst().first { $0.lowercased().hasPrefix(name + "=") }.map {
                String($0.dropFirst(name.count + 1))
            }
        }
        let cookie = StoredCookie(
            name: String(pair[..<equals]), value: String(pair[pair.index(after: equals)...]),
            path: attribute("path") ?? "/")
        jar.withLock { jar in
            jar.removeAll { $0.name == cookie.name && $0.path == cookie.path }
            if attribute("max-age") != "0" { jar.append(cookie) }
        }
    }
}
