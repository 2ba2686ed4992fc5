import HTTP
import Storage
import TestDatabase
import Testing
import Web

@Suite struct ApplicationTests {
    @Test func `the home page leads to registering and logging in`() async throws {
        let answer = await (try TestApp()).browser().get("/")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.body.contains("href=\"/register\""))
        #expect(answer.body.contains("href=\"/login\""))
    }

    @Test func `the database answers for the program's health`() async throws {
        let app = try TestApp()
        let supervisor = app.browser()
        for _ in 1...3 {
            let answer = await supervisor.get("/healthz")
            #expect(answer.status == 200)
            #expect(answer.body == "ok\n")
            app.clock.advance(by: 1)
        }
    }

    @Test func `readiness is told apart from health`() async throws {
        let app = try TestApp()
        let balancer = app.browser()
        for isReady in [false, true, false] {
            app.application.setReady(isReady)
            let answer = await balancer.get("/readyz")
            #expect(answer.status == (isReady ? 200 : 503))
            #expect(answer.headers["Retry-After"] == (isReady ? nil : "1"))
            #expect(await balancer.get("/healthz").status == 200)
        }
    }

    @Test func `a copy stays ready without its database, unless it is asked about that`() async throws {
        let app = try TestApp()
        app.application.setReady(true)
        let balancer = app.browser()
        let commits = app.storage.commitCount
        #expect(await balancer.get("/readyz?database").status == 200)
        #expect(app.storage.commitCount == commits + 1)
        // Once a second will do.
        #expect(await balancer.get("/readyz?database").status == 200)
        #expect(app.storage.commitCount == commits + 1)
        app.clock.advance(by: 1)
        app.storage.close()
        #expect(await balancer.get("/readyz?database").status != 200)
        #expect(await balancer.get("/readyz").status == 200)
    }

    @Test func `without its database a copy is not ready, in the same second and later`() async throws {
        let app = try TestApp()
        app.application.setReady(true)
        app.storage.close()
        let supervisor = app.browser()
        for _ in 1...2 {
            for _ in 1...2 { #expect(await supervisor.get("/readyz?database").status >= 500) }
            app.clock.advance(by: 1)
        }
    }

    @Test(arguments: [
        "/nowhere", "/expenses/", "//", "/expenses/%00/edit", "/..", "/healthz/x", "/static/nothing",
        String(repeating: "/%61", count: 2000),
    ])
    func `an address that does not exist is a page of the app`(target: String) async throws {
        let answer = await (try TestApp()).browser().get(target)
        #expect(answer.status == 404)
        #expect(answer.body.contains("Page not found"))
        #expect(answer.body.contains("app.css"))
    }

    @Test func `another method is answered with those there are`() async throws {
        let browser = try TestApp().browser()
        let answer = await browser.send(.delete, "/")
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS")
        let options = await browser.send(.options, "/")
        #expect(options.status == 204)
        #expect(options.headers["Allow"] == "GET, HEAD, OPTIONS")
        let file = await browser.send(.post, "/static/app.css")
        #expect(file.status == 405 && file.body.contains("does not take POST requests"))
        #expect(file.headers["Allow"] == "GET, HEAD, OPTIONS")
        #expect(await browser.send(.options, "/static/app.css").status == 204)
        #expect(await browser.send(.post, "/static/nothing").status == 404)
    }

    @Test func `API operations without authentication ignore cookies`() async throws {
        let account = try await Account(in: TestApp())
        account.app.storage.close()
        // Reading the cookie would ask the database.
        let answer = await account.browser.send(.get, "/api/v1/openapi.json")
        #expect(answer.status == 200)
    }

    @Test(arguments: ["/", "/nowhere", "/healthz", "/login", "/expenses"])
    func `every answer carries the security headers, once`(target: String) async throws {
        let answer = await (try TestApp()).browser().get(target)
        #expect(answer.headers.values("X-Content-Type-Options") == ["nosniff"])
        #expect(answer.headers.values("X-Frame-Options") == ["DENY"])
        #expect(answer.headers.values("Referrer-Policy") == ["same-origin"])
        #expect(answer.headers.values("Cache-Control") == ["no-store"])
        let policy = try #require(answer.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
    }

    @Test func `pages are compressed for who takes it, the API's answers are not`() async throws {
        let browser = try await Account(in: TestApp()).browser
        let headers: Headers = ["Accept-Encoding": "gzip, deflate, br"]
        for target in ["/expenses", "/summary", "/nowhere"] {
            let plain = await browser.get(target)
            let answer = await browser.get(target, headers: headers)
            #expect(answer.status == plain.status)
            #expect(answer.headers.values("Content-Encoding") == ["gzip"])
            #expect(answer.headers.values("Vary") == ["Accept-Encoding"])
            #expect(plain.headers["Content-Encoding"] == nil && plain.headers["Vary"] == "Accept-Encoding")
        }
        let api = await browser.get("/api/v1/openapi.json", headers: headers)
        #expect(api.headers["Content-Encoding"] == nil)
    }

    @Test func `an unreadable request gets a page as well`() async throws {
        let app = try TestApp()
        let response = app.application.respond(to: RequestError(.uriTooLong, "The address is too long."))
        #expect(response.status == .uriTooLong)
        #expect(response.headers["Retry-After"] == nil)
        let full = app.application.respond(to: RequestError(.serviceUnavailable, "Too much at once."))
        #expect(full.headers["Retry-After"] == "2")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func `what is refused before it is read is a problem where it was meant for the API`() async throws
    {
        let app = try TestApp().application
        var error = RequestError(.contentTooLarge, "The body is too large.")
        error.path = "/api/v1/expenses"
        let problem = app.respond(to: error)
        #expect(problem.status == .contentTooLarge)
        #expect(problem.headers["Content-Type"] == "application/problem+json")
        error.path = "/expenses"
        #expect(app.respond(to: error).headers["Content-Type"] == "text/html; charset=utf-8")
    }

    @Test func `a bearer token that verifies lets a larger body in, as the cookie does`() async throws {
        let account = try await Account(in: TestApp())
        let token = try #require(account.browser.cookie("access_token"))
        func size(_ headers: Headers, at target: String = "/api/v1/expenses") throws -> Int {
            let request = Request(method: .post, target: target, headers: headers)
            switch try account.app.application.bodyTerms(of: request) {
            case .memory(let size): return size
            case .receiver(let receiver): return receiver.maximumSize
            }
        }
        #expect(try size([:]) == 65_536)
        #expect(try size(["Authorization": "Bearer \(token)x"]) == 65_536)
        #expect(try size(["Authorization": "Bearer \(token)"]) == 1_048_576)
        #expect(try size(["Cookie": "access_token=\(token)"]) == 1_048_576)
        _ = await account.browser.post("/account/tokens", ["name": "script"])
        let personal = try #require(account.browser.cookie("new_token"))
        #expect(try size(["Authorization": "Bearer \(personal)"]) == 1_048_576)
        let csv: Headers = ["Authorization": "Bearer \(token)", "Content-Type": "text/csv"]
        #expect(try size(csv, at: "/api/v1/import") == 16_777_216)
        var form: Headers = ["Content-Type": "multipart/form-data; boundary=x"]
        #expect(try size(form, at: "/account/data") == 65_536)
        form.add("Cookie", "access_token=\(token)")
        #expect(try size(form, at: "/expenses/import") == 16_777_216)
        #expect(try size(form, at: "/account/data") == 1 << 30)
        #expect(try size(form, at: "/account/settings") == 1_048_576)
        // Where it would have to wait for a server, an event loop does not ask it.
        #expect(
            try size(["Authorization": "Bearer \(personal)x"]) == (TestDatabase.isFile ? 65_536 : 1_048_576))
    }

    @Test(arguments: [
        ("/static/app.css", "text/css"), ("/static/app.js", "text/javascript"),
        ("/static/favicon.svg", "image/svg+xml"), ("/static/bootstrap/css/bootstrap.min.css", "text/css"),
    ])
    func `files are sent with their type, to be kept and asked after`(target: String, type: String)
        async throws
    {
        let browser = try TestApp().browser()
        let answer = await browser.get(target)
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"]?.hasPrefix(type) == true)
        #expect(answer.headers["Cache-Control"] != "no-store")
        #expect(answer.headers.values("X-Content-Type-Options") == ["nosniff"])
        let tag = try #require(answer.headers["ETag"])
        #expect(await browser.get(target, headers: ["If-None-Match": tag]).status == 304)
    }

    @Test(arguments: [
        "/static/", "/static/nothing.css", "/static/../Package.swift", "/static/%2e%2e/Package.swift",
        "/static/bootstrap/../../passwd",
    ])
    func `a file that is not there is the app's page that says so`(target: String) async throws {
        let answer = await (try TestApp()).browser().get(target)
        #expect(answer.status == 404)
        #expect(answer.body.contains("Page not found"))
    }

    @Test func `a missing Bootstrap stops the start with the command that installs it`() throws {
        let error = #expect(throws: MissingBootstrap.self) {
            try TestApp { $0.bootstrap = "/nowhere" }
        }
        #expect(error?.description.contains("apt-get install -y libjs-bootstrap5") == true)
    }

    @Test(arguments: [
        (Application.Configuration.SecureCookies.auto, "127.0.0.1", "https", true),
        (.auto, "127.0.0.1", "http", false),
        (.auto, "192.0.2.1", "https", false),
        (.always, "192.0.2.1", "http", true),
        (.never, "127.0.0.1", "https", false),
    ])
    func `cookies are Secure as a trusted proxy says, or as configured`(
        setting: Application.Configuration.SecureCookies, proxy: String, scheme: String, isSecure: Bool
    ) async throws {
        let app = try TestApp { configuration in
            configuration.secureCookies = setting
            configuration.trustedProxies = [IPNetwork(proxy)].compactMap(\.self)
        }
        _ = try await app.loggedIn()
        let answer = await app.browser().post(
            "/login", ["email": "ada@example.com", "password": "correct horse ada"],
            headers: ["X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": scheme])
        #expect(answer.status == 303)
        for cookie in answer.headers.values("Set-Cookie") {
            #expect(cookie.contains("; Secure") == isSecure)
        }
    }

    @Test func `next is read from the query or from the form`() async throws {
        let ada = try await TestApp().loggedIn()
        let login = await ada.post(
            "/login?next=%2Fsummary", ["email": "ada", "password": "correct horse ada"])
        #expect(login.location == "/summary")
        #expect(await ada.post("/refresh?next=%2Fcategories").location == "/categories")
        #expect(await ada.post("/refresh?next=%2F%2Fevil.example").location == "/expenses")
    }
}
