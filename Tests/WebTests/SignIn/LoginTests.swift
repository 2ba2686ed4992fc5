import Crypto
import HTTP
import Testing
import Web

struct LoginTests {
    private func registered(
        _ app: TestApp, _ name: String = "ada", password: String = "correct horse"
    ) async {
        _ = await app.browser().post(
            "/register", ["username": name, "email": "\(name)@example.com", "password": password])
    }

    @Test(arguments: ["ada", "ADA", "ada@example.com", " Ada@Example.COM "])
    func `an email or a username in any case logs in`(login: String) async throws {
        let app = try TestApp()
        await registered(app)
        let browser = app.browser()
        let answer = await browser.post("/login", ["email": login, "password": "correct horse"])
        #expect(answer.status == 303)
        #expect(answer.location == "/expenses")
        #expect(browser.cookies.map(\.name).sorted() == ["access_token", "refresh_token"])
        #expect(browser.cookies.first { $0.name == "refresh_token" }?.path == "/refresh")
        #expect(await browser.get("/").body.contains("ada"))
    }

    @Test func `a password is the same however its letters are composed`() async throws {
        let app = try TestApp()
        await registered(app, password: "cre\u{300}me bru\u{302}le\u{301}e")
        let answer = await app.browser().post(
            "/login", ["email": "ada", "password": "cr\u{E8}me br\u{FB}l\u{E9}e"])
        #expect(answer.status == 303)
    }

    @Test func `wrong passwords and unknown names get the same words`() async throws {
        let app = try TestApp()
        await registered(app)
        let wrong = await app.browser().post("/login", ["email": "ada", "password": "wrong horse"])
        let unknown = await app.browser().post("/login", ["email": "bob", "password": "wrong horse"])
        #expect(wrong.status == 422)
        #expect(unknown.status == 422)
        #expect(wrong.body.replacing("ada", with: "bob") == unknown.body)
        #expect(!wrong.body.contains("wrong horse"))
        #expect(wrong.headers.values("Set-Cookie").isEmpty)
    }

    @Test func `empty fields have a message each`() async throws {
        let answer = await (try TestApp()).browser().post("/login", [:])
        #expect(answer.status == 422)
        #expect(answer.body.contains("id=\"email-problem\""))
        #expect(answer.body.contains("id=\"password-problem\""))
    }

    @Test(arguments: [
        ("/expenses?year=2026", "/expenses?year=2026"), ("/", "/"), ("//evil.example", "/expenses"),
        ("https://evil.example/", "/expenses"), ("/\\evil.example", "/expenses"), ("", "/expenses"),
        ("/%2f%2fevil.example", "/expenses"), ("/\t/evil.example", "/expenses"),
        ("/x\r\nSet-Cookie: a=b", "/expenses"),
    ])
    func `next is followed on this site only`(next: String, location: String) async throws {
        let app = try TestApp()
        await registered(app)
        let browser = app.browser()
        let answer = await browser.post(
            "/login", ["email": "ada", "password": "correct horse", "next": next])
        #expect(answer.location == location)
        let again = await browser.get("/login?next=" + PercentEncoding.encodeQueryComponent(next))
        #expect(again.location == location)
    }

    @Test func `next survives a wrong password`() async throws {
        let app = try TestApp()
        let answer = await app.browser().post(
            "/login", ["email": "ada", "password": "wrong horse", "next": "/expenses?year=2026&month=3"])
        #expect(answer.body.contains("name=\"next\" value=\"/expenses?year=2026&amp;month=3\""))
    }

    @Test(arguments: ["nonsense", "", "<script>", "registered2"])
    func `an unknown notice in the address is not shown`(code: String) async throws {
        let app = try TestApp()
        let answer = await app.browser().get("/login?notice=" + PercentEncoding.encodeQueryComponent(code))
        #expect(answer.status == 200)
        let plain = await app.browser().get("/login")
        #expect(answer.between("<main", "</main>") == plain.between("<main", "</main>"))
    }

    @Test func `eleven wrong passwords in a row have to wait, and the form is kept`() async throws {
        let app = try TestApp()
        await registered(app)
        for number in 0..<10 {
            let answer = await app.browser().post("/login", ["email": "ada", "password": "wrong \(number)"])
            #expect(answer.status == 422)
        }
        let paused = await app.browser().post(
            "/login", ["email": "ada", "password": "correct horse", "next": "/summary"])
        #expect(paused.status == 429)
        #expect(paused.headers["Retry-After"] == "60")
        #expect(paused.body.contains("1 minute"))
        #expect(paused.body.contains("name=\"next\" value=\"/summary\""))
        app.clock.advance(by: 60)
        #expect(
            await app.browser().post("/login", ["email": "ada", "password": "correct horse"]).status == 303)
    }

    @Test func `guesses at names that do not exist are slowed down alike`() async throws {
        let app = try TestApp()
        for number in 0..<10 {
            _ = await app.browser().post("/login", ["email": "nobody", "password": "wrong \(number)"])
        }
        #expect(await app.browser().post("/login", ["email": "nobody", "password": "x"]).status == 429)
    }

    @Test func `when too many passwords wait already, another try is asked for and nothing is lost`()
        async throws
    {
        let app = try TestApp {
            $0.passwordThreads = 0
            $0.passwordQueue = 0
        }
        for _ in 0..<15 {
            let answer = await app.browser().post(
                "/login", ["email": "ada", "password": "correct horse", "next": "/summary"])
            #expect(answer.status == 503)
            #expect(answer.headers["Retry-After"] == "2")
            #expect(answer.body.contains("value=\"ada\""))
            #expect(answer.body.contains("value=\"/summary\""))
        }
        let answer = await app.browser().post(
            "/register", ["username": "ada", "email": "ada@example.com", "password": "correct horse"])
        #expect(answer.status == 503)
        #expect(answer.headers["Retry-After"] == "2")
        #expect(answer.body.contains("value=\"ada@example.com\""))
    }

    @Test(arguments: [2_000, 30_000])
    func `names and passwords of any length are wrong and nothing else`(length: Int) async throws {
        let app = try TestApp()
        await registered(app)
        let long = String(repeating: "e\u{301}", count: length)
        #expect(await app.browser().post("/login", ["email": long, "password": "x"]).status == 422)
        #expect(await app.browser().post("/login", ["email": "ada", "password": long]).status == 422)
        #expect(
            await app.browser().post("/register", ["username": long, "email": long, "password": long]).status
                == 422)
    }

    @Test func `cookies are Secure where the configuration says so`() async throws {
        let app = try TestApp { $0.secureCookies = .always }
        await registered(app)
        let answer = await app.browser().post("/login", ["email": "ada", "password": "correct horse"])
        #expect(answer.headers.values("Set-Cookie").count == 2)
        for cookie in answer.headers.values("Set-Cookie") {
            #expect(
                cookie.contains("; Secure") && cookie.contains("; HttpOnly")
                    && cookie.contains("SameSite=Lax"))
            #expect(cookie.contains("Max-Age=259200"))
        }
    }

    @Test func `logging in again ends the session that the browser had`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let former = browser.copy()
        _ = await browser.post("/login", ["email": "ada", "password": "correct horse ada"])
        #expect(await browser.get("/login").status == 303)
        #expect(await former.get("/login").status == 200)
    }

    @Test func `logging out ends the session at once, for every copy of its tokens`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let copy = browser.copy()
        let answer = await browser.post("/logout")
        #expect(answer.status == 303)
        #expect(answer.location == "/")
        #expect(browser.cookies.isEmpty)
        #expect(await copy.get("/login").status == 200)
        let refresh = await copy.post("/refresh")
        #expect(refresh.location == "/login?notice=ended")
    }

    @Test func `only the browser that has logged out is told so on the home page`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        func coming(from page: String) -> Headers { ["Host": "expenses.example", "Referer": page] }
        let here = coming(from: "https://expenses.example/expenses?year=2026")
        #expect(await browser.get("/", headers: here).notices == [])
        let copy = browser.copy()
        _ = await browser.post("/logout", headers: here)
        #expect(await browser.get("/", headers: here).notices == ["You are logged out."])
        // Also to a client that sends the token of the ended session once more.
        #expect(await copy.get("/", headers: here).notices == ["You are logged out."])
        let others = [
            [:], coming(from: "https://expenses.example/login"),
            coming(from: "https://elsewhere.example/expenses"),
        ]
        for other in others { #expect(await browser.get("/", headers: other).notices == []) }
    }

    @Test func `logging out works with an access token that has expired, and without any`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let copy = browser.copy()
        app.clock.advance(by: 1800)
        #expect(await browser.post("/logout").status == 303)
        #expect(await copy.post("/refresh").location == "/login?notice=ended")
        #expect(await browser.post("/logout").status == 303)
    }

    @Test(arguments: ["/login", "/register", "/logout", "/refresh"])
    func `other sites cannot post here`(path: String) async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let answer = await browser.post(
            path, ["email": "ada", "password": "correct horse ada"], headers: ["Sec-Fetch-Site": "cross-site"]
        )
        #expect(answer.status == 403)
        #expect(answer.headers.values("Set-Cookie").isEmpty)
        #expect(await browser.get("/login").status == 303)
    }
}
