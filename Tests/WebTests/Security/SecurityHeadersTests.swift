import HTTP
import Testing
import Web

/// Every answer carries the security headers, whoever asks and whatever comes of it.
struct SecurityHeaderTests {
    private static let pages = [
        "/", "/register", "/login", "/refresh", "/expenses", "/expenses/new", "/expenses/deleted", "/summary",
        "/categories", "/account", "/account/password", "/account/settings", "/account/delete", "/healthz",
        "/nowhere", "/expenses/999/edit", "/static/app.css", "/static/nothing.css",
        "/static/bootstrap/css/bootstrap.min.css",
    ]

    private func expectHeaders(
        _ answer: TestBrowser.Answer, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let headers = answer.headers
        let policy = headers["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'"), comment, sourceLocation: sourceLocation)
        #expect(policy.contains("frame-ancestors 'none'"), comment, sourceLocation: sourceLocation)
        #expect(!policy.contains("unsafe"), comment, sourceLocation: sourceLocation)
        #expect(
            headers.values("X-Content-Type-Options") == ["nosniff"], comment, sourceLocation: sourceLocation)
        #expect(headers.values("Referrer-Policy") == ["same-origin"], comment, sourceLocation: sourceLocation)
        #expect(headers.values("X-Frame-Options") == ["DENY"], comment, sourceLocation: sourceLocation)
        #expect(
            headers["Server"] == nil && headers["X-Powered-By"] == nil, comment,
            sourceLocation: sourceLocation)
    }

    @Test(arguments: pages)
    func `pages, files, redirects and errors carry the headers`(target: String) async throws {
        let app = try TestApp()
        let anna = try await app.loggedIn()
        let late = anna.copy()
        for browser in [app.browser(), anna] { expectHeaders(await browser.get(target), "GET \(target)") }
        expectHeaders(await anna.send(.head, target), "HEAD \(target)")
        expectHeaders(await anna.send(.delete, target), "DELETE \(target)")
        expectHeaders(await anna.send(.options, target), "OPTIONS \(target)")
        expectHeaders(await anna.post(target), "POST \(target)")
        expectHeaders(
            await anna.post(target, headers: ["Sec-Fetch-Site": "cross-site"]), "cross-site \(target)")
        expectHeaders(
            await anna.post(target, headers: ["Content-Type": "application/json"]), "JSON \(target)")
        app.clock.advance(by: 1800)
        expectHeaders(await late.get(target), "expired GET \(target)")
        expectHeaders(await late.post(target), "expired POST \(target)")
    }

    @Test func `what cannot be read as a request is answered with the headers`() throws {
        let response = try TestApp().application.respond(to: RequestError(.badRequest, "no"))
        #expect(response.headers["X-Frame-Options"] == "DENY")
        #expect(response.headers["Content-Security-Policy"] != nil)
    }

    @Test(arguments: pages.filter { !$0.hasPrefix("/static") })
    func `no page of somebody who is logged in is kept by a cache`(target: String) async throws {
        let anna = try await TestApp().loggedIn()
        #expect(await anna.get(target).headers["Cache-Control"] == "no-store")
    }

    @Test func `no page has a script or a style inside it`() async throws {
        let app = try TestApp()
        let anna = try await app.loggedIn()
        for target in Self.pages where !target.hasPrefix("/static") {
            for browser in [app.browser(), anna] {
                let body = await browser.get(target).body
                #expect(!body.contains("<style"), "\(target)")
                #expect(!body.contains("style=\""), "\(target)")
                #expect(!body.contains("javascript:"), "\(target)")
                #expect(body.ranges(of: "<script").count == body.ranges(of: "<script src=\"/static/").count)
            }
        }
    }
}
