import HTTP
import Testing
import Web

/// What a proxy in front of the program does wrong is told, with the line that mends it.
struct ProxyMistakesTests {
    private static let sentence =
        "If there is a proxy in front of this server, it has to pass on the host and port that the browser asked for"

    @Test(
        arguments: [
            // nginx without a line for Host, and with `Host $host`.
            (["Host": "127.0.0.1:8080", "Origin": "https://money.example"], true),
            (["Host": "money.example", "Origin": "http://money.example:8443"], true),
            // Another site.
            (["Host": "money.example", "Origin": "https://evil.example"], false),
            (
                ["Host": "money.example", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"],
                false
            ),
            (["Host": "money.example", "Origin": "null"], false),
        ] as [([String: String], Bool)])
    func `a form that is refused because of the proxy says what to set there`(
        fields: [String: String], isProxys: Bool
    ) async throws {
        let written = WrittenLog(level: .warning)
        let app = try TestApp(log: written.log)
        var headers = Headers()
        for (name, value) in fields { headers.add(name, value) }
        for _ in 1...2 {
            let page = await app.browser().post(
                "/login", ["email": "ada", "password": "x"], headers: headers)
            #expect(page.status == 403)
            #expect(page.body.contains(Self.sentence) == isProxys)
            #expect(page.body.contains("(in nginx: proxy_set_header Host $http_host;)") == isProxys)
        }
        let lines = written.lines()
        #expect(lines.count == (isProxys ? 1 : 0))
        #expect(lines.allSatisfy { $0.contains("proxy_set_header Host $http_host;") })
    }

    @Test func `with the host that a trusted proxy tells the same form is let through`() async throws {
        let app = try TestApp { $0.trustedProxies = [IPNetwork("127.0.0.0/8")].compactMap(\.self) }
        for forwarded in [
            ["X-Forwarded-Host": "money.example:8443"],
            ["Forwarded": "for=192.0.2.1;host=\"money.example:8443\""],
            ["X-Forwarded-Host": "money.example", "X-Forwarded-Port": "8443"],
        ] as [[String: String]] {
            var headers: Headers = ["Host": "127.0.0.1:8080", "Origin": "https://money.example:8443"]
            for (name, value) in forwarded { headers.add(name, value) }
            let page = await app.browser().post(
                "/login", ["email": "ada", "password": "x"], headers: headers)
            #expect(page.status == 422)
        }
    }

    @Test(arguments: [
        ("X-Forwarded-Proto", "https", true), ("Forwarded", "for=192.0.2.1;proto=https", true),
        ("X-Forwarded-Proto", "http", false),
    ])
    func `a proxy that serves https and is not trusted is named in the log, once`(
        name: String, value: String, isTold: Bool
    ) async throws {
        let written = WrittenLog(level: .warning)
        let app = try TestApp(log: written.log)
        var headers = Headers()
        headers.add(name, value)
        for _ in 1...2 {
            _ = await app.browser().post("/login", ["email": "ada", "password": "x"], headers: headers)
        }
        let line =
            "warning: 127.0.0.1 says that it serves https and is not trusted: if it is your proxy, cookies go out "
            + "without Secure, and all visitors count as one network, until the server is started with "
            + "--trusted-proxy 127.0.0.1"
        #expect(written.lines() == (isTold ? [line] : []))
    }

    @Test(
        arguments: [
            // Secure cookies by plain http; cookies that the browser does not keep; a page that leads nowhere.
            (Application.Configuration.SecureCookies.always, "http://money.example/login", "secure-only"),
            (.always, "https://money.example/login?next=%2F", "not-kept"),
            (.never, "http://money.example/login", "not-kept"), (.auto, "http://money.example/", nil),
            (.auto, "http://elsewhere.example/login", nil),
        ] as [(Application.Configuration.SecureCookies, String, String?)])
    func `a log-in that the browser has not kept says so, and what mends it`(
        setting: Application.Configuration.SecureCookies, page: String, notice: String?
    ) async throws {
        let written = WrittenLog(level: .warning)
        let app = try TestApp(log: written.log) { $0.secureCookies = setting }
        let browser = app.browser()
        for _ in 1...2 {
            let answer = await browser.get("/expenses", headers: ["Host": "money.example", "Referer": page])
            let address = notice.map { "/login?notice=\($0)&next=%2Fexpenses" } ?? "/login?next=%2Fexpenses"
            #expect(answer.location == address)
            #expect(await browser.get(address).notices.isEmpty == (notice == nil))
        }
        #expect(written.lines().count == (notice == nil ? 0 : 1))
        #expect(written.lines().allSatisfy { $0.contains("did not keep its log-in") })
        // With its cookies there is nothing to say.
        let user = try await app.loggedIn()
        let found = await user.get("/expenses", headers: ["Host": "money.example", "Referer": page])
        #expect(found.status == 200)
    }

    @Test func `a trusted proxy is not told to be trusted, whatever its client says`() async throws {
        let written = WrittenLog(level: .warning)
        let app = try TestApp(log: written.log) {
            $0.trustedProxies = [IPNetwork("127.0.0.0/8")].compactMap(\.self)
        }
        let headers: Headers = ["Forwarded": "for=192.0.2.1;proto=https", "X-Forwarded-For": "192.0.2.9"]
        _ = await app.browser().post("/login", ["email": "ada", "password": "x"], headers: headers)
        #expect(written.lines().isEmpty)
    }
}
