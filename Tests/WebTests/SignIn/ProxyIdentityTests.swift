import Expenses
import HTTP
import Storage
import Testing
import Web

/// A trusted proxy says who is logged in.
struct ProxyIdentityTests {
    private func app(
        log: Log = Log(level: .error), _ configure: (inout Application.Configuration) -> Void = { _ in }
    ) throws -> TestApp {
        try TestApp(log: log) {
            $0.identityHeader = "Remote-User"
            // Where tests come from.
            $0.trustedProxies = ["127.0.0.1"].compactMap { IPNetwork($0) }
            configure(&$0)
        }
    }

    private func user(_ name: String, in app: TestApp) throws -> User? {
        try app.storage.read { try $0.users.find(login: name)?.user }
    }

    private let ada: Headers = ["Remote-User": "ada"]
    private let bob: Headers = ["Remote-User": "bob"]

    @Test func `whom the proxy names is logged in at first sight, with cookies as everybody`() async throws {
        let app = try app()
        let browser = app.browser()
        let first = await browser.get("/expenses", headers: ada)
        #expect(first.status == 200)
        #expect(first.body.contains(">ada</span>"))
        #expect(browser.cookie("access_token") != nil && browser.cookie("refresh_token") != nil)
        // The next request has a session, and gets no new one.
        #expect(await browser.get("/expenses", headers: ada).headers["Set-Cookie"] == nil)
        // Nor does one that the proxy lets through without a name.
        #expect(await browser.get("/expenses").status == 200)
        let owner = try #require(try user("ada", in: app))
        #expect(try app.storage.read { try $0.sessions.all(of: owner.id, at: TestApp.noon).count } == 1)
        #expect(await app.browser().get("/login", headers: ada).location == "/expenses")
        // Nobody is logged in to watch the program, or to find nothing.
        for address in ["/healthz", "/readyz?database", "/nowhere", "/static/app.css"] {
            #expect(await app.browser().get(address, headers: bob).headers["Set-Cookie"] == nil)
        }
        #expect(try user("bob", in: app) == nil)
    }

    @Test(arguments: [
        ("ada", "ada", "ada@localhost"), ("Jo.Doe@example.com", "Jo.Doe", "Jo.Doe@example.com"),
        ("jo@example.com", "jo.example.com", "jo@example.com"), (" zoë ", "zoë", "zoë@localhost"),
    ])
    func `the account has the names that the proxy knows`(name: String, username: String, email: String)
        async throws
    {
        let app = try app()
        #expect(await app.browser().get("/expenses", headers: ["Remote-User": name]).status == 200)
        let user = try #require(try user(username, in: app))
        #expect(user.username == username && user.email == email)
        let again = app.browser()
        #expect(await again.get("/expenses", headers: ["Remote-User": name]).status == 200)
        #expect(try app.storage.contents().users == 1)
    }

    @Test func `the first categories have their names in the browser's language`() async throws {
        let app = try app()
        var headers = ada
        headers.add("Accept-Language", "de")
        #expect(await app.browser().get("/expenses", headers: headers).status == 200)
        let owner = try #require(try user("ada", in: app)).id
        let names = try app.storage.read { try $0.categories.all(of: owner).map(\.name) }
        #expect(names.contains("Lebensmittel"))
    }

    @Test(arguments: ["a b", "x", String(repeating: "a", count: 31), "@", "a@b@c"])
    func `a name that no account can have is told, and makes none`(name: String) async throws {
        let app = try app()
        let answer = await app.browser().get("/expenses", headers: ["Remote-User": name])
        #expect(answer.status == 403)
        #expect(answer.body.lowercased().contains("ask the person who runs this server"))
        #expect(try app.storage.contents().users == 0)
    }

    @Test func `the part before the @ may be somebody else's name already`() async throws {
        let app = try app()
        for name in ["ada@one.example", "ada@two.example", "ada@two.example"] {
            #expect(await app.browser().get("/expenses", headers: ["Remote-User": name]).status == 200)
        }
        #expect(try user("ada@one.example", in: app)?.username == "ada")
        #expect(try user("ada@two.example", in: app)?.username == "ada.two.example")
    }

    @Test(arguments: [(Application.Configuration.Registration.closed, 0), (.first, 1)])
    func `where registration is closed, no account is made`(
        registration: Application.Configuration.Registration, users: Int
    ) async throws {
        let app = try app { $0.registration = registration }
        let first = await app.browser().get("/expenses", headers: ada)
        #expect(first.status == (users == 1 ? 200 : 403))
        let second = await app.browser().get("/expenses", headers: bob)
        #expect(second.status == 403)
        #expect(second.body.contains("“bob”"))
        #expect(try app.storage.contents().users == users)
    }

    @Test func `nobody registers with a form, who could take another's name`() async throws {
        let app = try app()
        let form: KeyValuePairs = [
            "username": "ada", "email": "x@example.com", "password": "correct horse x",
        ]
        #expect(await app.browser().post("/register", form).status == 403)
        #expect(await app.browser().get("/register").status == 403)
        #expect(await !app.browser().get("/").body.contains("href=\"/register\""))
        #expect(try user("ada", in: app) == nil)
    }

    @Test func `a field from anybody else is ignored, and told once a minute`() async throws {
        let written = WrittenLog(level: .warning)
        let app = try app(log: written.log) {
            $0.trustedProxies = ["10.0.0.1"].compactMap { IPNetwork($0) }
        }
        let browser = app.browser()
        for _ in 0..<3 {
            #expect(await browser.get("/expenses", headers: ada).location?.hasPrefix("/login") == true)
        }
        // What a proxy that is not trusted says of where it comes from changes nothing.
        var forged = ada
        forged.add("X-Forwarded-For", "10.0.0.1")
        #expect(await browser.get("/expenses", headers: forged).status == 303)
        app.clock.advance(by: 60)
        #expect(await browser.get("/expenses", headers: ada).status == 303)
        #expect(browser.cookies.isEmpty)
        #expect(try app.storage.contents().users == 0)
        let lines = written.lines()
        #expect(lines.count == 2)
        #expect(
            lines.allSatisfy {
                $0 == "warning: 127.0.0.1 sends Remote-User and is no --trusted-proxy: the field is ignored"
            })
    }

    @Test func `two fields, of which one may be the client's, are not believed`() async throws {
        let app = try app()
        var both = ada
        both.add("Remote-User", "bob")
        #expect(await app.browser().get("/expenses", headers: both).status == 303)
        #expect(await app.browser().get("/expenses", headers: ["Remote-User": "  "]).status == 303)
        #expect(try app.storage.contents().users == 0)
    }

    @Test func `without the option the field means nothing`() async throws {
        let app = try TestApp { $0.trustedProxies = ["127.0.0.1"].compactMap { IPNetwork($0) } }
        #expect(await app.browser().get("/expenses", headers: ada).status == 303)
    }

    @Test func `another user than the cookies' ends that session`() async throws {
        let app = try app()
        let browser = app.browser()
        _ = await browser.get("/expenses", headers: ada)
        let adas = browser.copy()
        let page = await browser.get("/expenses", headers: bob)
        #expect(page.status == 200)
        #expect(page.body.contains(">bob</span>"))
        #expect(await adas.get("/expenses").location?.hasPrefix("/login?notice=ended") == true)
        #expect(await browser.get("/expenses", headers: bob).headers["Set-Cookie"] == nil)
    }

    @Test func `what one user typed is not saved for another`() async throws {
        let app = try app()
        let browser = app.browser()
        let page = await browser.get("/expenses", headers: ada)
        let form: KeyValuePairs = [
            "form": page.value("form") ?? "", "amount": "5", "date": "2026-11-23", "description": "Tea",
        ]
        #expect(await browser.post("/expenses", form, headers: bob).location == "/expenses")
        // Nor where the cookies are gone, and only the form says whose it is.
        let empty = app.browser()
        #expect(await empty.post("/expenses", form, headers: bob).location == "/expenses")
        #expect(try app.storage.contents().expenses == 0)
        #expect(
            await app.browser().post("/expenses", form, headers: ada).location?.contains("saved=") == true)
        #expect(try app.storage.contents().expenses == 1)
    }

    @Test func `a session that has run out goes on at once, and what was sent is done`() async throws {
        let app = try app()
        let browser = app.browser()
        let page = await browser.get("/expenses", headers: ada)
        app.clock.advance(by: 1800)
        let answer = await browser.post(
            "/expenses",
            ["form": page.value("form") ?? "", "amount": "5", "date": "2026-11-23", "description": "Tea"],
            headers: ada)
        #expect(answer.location?.hasPrefix("/expenses?saved=") == true)
        #expect(await browser.get("/expenses", headers: ada).headers["Set-Cookie"] == nil)
    }

    @Test func `a form of another site begins no session and does nothing`() async throws {
        let app = try app()
        var headers = ada
        headers.add("Sec-Fetch-Site", "cross-site")
        let browser = app.browser()
        let answer = await browser.post("/expenses", ["amount": "5", "date": "2026-11-23"], headers: headers)
        #expect(answer.status == 403)
        #expect(browser.cookies.isEmpty)
        #expect(try app.storage.contents().users == 0)
    }

    @Test(arguments: [nil, "/oauth2/sign_out", "https://id.example:8443/logout?rd=x"] as [String?])
    func `logging out leads to the proxy's own address`(address: String?) async throws {
        let app = try app { $0.identityLogout = address }
        let browser = app.browser()
        _ = await browser.get("/expenses", headers: ada)
        let answer = await browser.post("/logout", headers: ada)
        #expect(answer.location == address ?? "/")
        #expect(browser.cookies.isEmpty)
        // Browsers follow a form's answer where the policy lets them.
        let policy = answer.headers["Content-Security-Policy"] ?? ""
        #expect(
            policy.contains("form-action 'self' https://id.example:8443;")
                == (address?.hasPrefix("h") == true))
        #expect(policy.contains("form-action 'self'"))
    }

    @Test func `the API refuses a cookie of another user than the proxy names`() async throws {
        let app = try app()
        let browser = app.browser()
        _ = await browser.get("/expenses", headers: ada)
        #expect(await browser.get("/api/v1/expenses", headers: ada).status == 200)
        #expect(await browser.get("/api/v1/expenses", headers: bob).status == 401)
        // Tokens are their own proof, and a name alone is none.
        #expect(await app.browser().get("/api/v1/expenses", headers: ada).status == 401)
    }
}
