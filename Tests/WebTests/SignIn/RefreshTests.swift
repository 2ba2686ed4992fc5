import Crypto
import HTTP
import Testing
import Web

struct RefreshTests {
    @Test func `after the access token has expired, one press brings new ones`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let former = browser.cookies
        app.clock.advance(by: 1800)
        let prompt = await browser.get("/refresh?next=%2Fsummary%3Fyear%3D2026")
        #expect(prompt.status == 200)
        #expect(prompt.body.contains("ada"))
        #expect(prompt.body.contains("name=\"next\" value=\"/summary?year=2026\""))
        let answer = await browser.post("/refresh", ["next": "/summary?year=2026"])
        #expect(answer.status == 303)
        #expect(answer.location == "/summary?year=2026")
        #expect(browser.cookies.count == 2)
        for cookie in browser.cookies { #expect(!former.contains(cookie)) }
        #expect(await browser.get("/login").status == 303)
    }

    @Test func `the list to lead back to survives the detour through the prompt`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let id = try await account.spend(100, on: "2026-11-20", "Bread")
        let form = "/expenses/\(id)/edit?return=%2Fexpenses%3Fyear%3D2026%26q%3Dbread"
        #expect(await account.browser.get("/expenses?year=2026&q=bread").body.contains("href=\"\(form)\""))
        app.clock.advance(by: 1800)
        let prompt = await account.browser.get(form)
        #expect(prompt.location == "/refresh?next=" + PercentEncoding.encodeQueryComponent(form))
        // What would not be followed is no part of an address that might be too long for a request.
        let long = await account.browser.get("/expenses?q=" + String(repeating: "a", count: 5000))
        #expect(long.location == "/refresh?next=%2Fexpenses")
        app.clock.advance(by: -1800)
        #expect(await account.browser.get(form).value("return") == "/expenses?year=2026&amp;q=bread")
        let elsewhere = await account.browser.get("/expenses/\(id)/edit?return=%2F%2Fevil.example")
        #expect(elsewhere.value("return") == nil)
    }

    @Test func `next is followed on this site only`() async throws {
        let browser = try await TestApp().loggedIn()
        #expect(await browser.post("/refresh", ["next": "//evil.example"]).location == "/expenses")
    }

    @Test func `without a refresh token the way leads to the log-in page`() async throws {
        let browser = try TestApp().browser()
        #expect(
            await browser.get("/refresh?next=%2Fsummary").location == "/login?notice=expired&next=%2Fsummary")
        let answer = await browser.post("/refresh", ["next": "/summary"])
        #expect(answer.status == 303)
        #expect(answer.location == "/login?notice=expired&next=%2Fsummary")
        #expect(answer.headers.values("Set-Cookie").isEmpty)
    }

    @Test func `a refresh token dies with its lifetime, and each refresh gives a new one`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        for _ in 0..<3 {
            app.clock.advance(by: 259_199)
            #expect(await browser.post("/refresh").location == "/expenses")
        }
        app.clock.advance(by: 259_200)
        #expect(await browser.post("/refresh").location == "/login?notice=expired")
    }

    @Test func `within ten seconds a used token gets the very answer that its first use got`() async throws {
        let app = try TestApp()
        let first = try await app.loggedIn()
        let second = first.copy()
        _ = await first.post("/refresh")
        app.clock.advance(by: 10)
        #expect(await second.post("/refresh").location == "/expenses")
        #expect(second.cookie("refresh_token") == first.cookie("refresh_token"))
        #expect(await second.get("/login").status == 303)
    }

    @Test func `a used token gets the newest one, also after several rotations within ten seconds`()
        async throws
    {
        let app = try TestApp()
        let first = try await app.loggedIn()
        let late = first.copy()
        for _ in 0..<5 {
            _ = await first.post("/refresh")
            app.clock.advance(by: 2)
        }
        #expect(await late.post("/refresh").location == "/expenses")
        #expect(late.cookie("refresh_token") == first.cookie("refresh_token"))
        app.clock.advance(by: 100)
        #expect(await late.post("/refresh").location == "/expenses")
    }

    @Test func `a token used again later ends the session, and the log-in page says why`() async throws {
        let app = try TestApp()
        let owner = try await app.loggedIn()
        let thief = owner.copy()
        _ = await owner.post("/refresh")
        app.clock.advance(by: 11)
        let answer = await thief.post("/refresh")
        #expect(answer.location == "/login?notice=reused")
        #expect(answer.headers.values("Set-Cookie").isEmpty)
        #expect(await owner.get("/login").status == 200)
        #expect(await owner.post("/refresh").location == "/login?notice=reused")
        #expect(await owner.get("/login?notice=reused").body.contains("an old sign-in token was reused"))
    }

    @Test func `many requests with one token at once all go on with the same successor`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        for _ in 0..<5 {
            let tabs = (0..<40).map { _ in browser.copy() }
            await withTaskGroup { group in
                for tab in tabs {
                    group.addTask { #expect(await tab.post("/refresh").location == "/expenses") }
                }
            }
            #expect(Set(tabs.map { $0.cookie("refresh_token") }).count == 1)
            browser.cookies = tabs[0].cookies
            #expect(await browser.get("/login").status == 303)
            app.clock.advance(by: 3)
        }
        app.clock.advance(by: 1800)
        #expect(await browser.post("/refresh").location == "/expenses")
    }

    @Test(arguments: ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
    func `what is no refresh token counts as none`(token: String) async throws {
        let browser = try await TestApp().loggedIn()
        browser.cookies = [.init(name: "refresh_token", value: token, path: "/refresh")]
        #expect(await browser.post("/refresh").location == "/login?notice=expired")
    }

    @Test func `an access token in the place of a refresh token is refused`() async throws {
        let browser = try await TestApp().loggedIn()
        let access = try #require(browser.cookie("access_token"))
        browser.cookies = [.init(name: "refresh_token", value: access, path: "/refresh")]
        #expect(await browser.post("/refresh").location == "/login?notice=expired")
    }

    @Test func `a refresh token whose user and session do not belong together is refused`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        _ = try await app.loggedIn(as: "bob")
        let keys = TokenKeys(current: TokenKey([UInt8](repeating: 7, count: 32)))
        var claims = try JWT.verify(
            ada.cookie("refresh_token") ?? "", with: keys, expecting: .refresh, at: TestApp.noon)
        claims.subject = claims.subject == "1" ? "2" : "1"
        let browser = app.browser()
        browser.cookies = [
            .init(name: "refresh_token", value: JWT.sign(claims, with: keys), path: "/refresh")
        ]
        #expect(await browser.post("/refresh").location == "/login?notice=expired")
        #expect(await browser.get("/refresh").location == "/login?notice=expired")
        #expect(await ada.post("/refresh").location == "/expenses")
    }

    @Test func `a planted cookie before the real one does not log anyone out`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let real = browser.cookies
        for planted in ["nonsense", String(repeating: "A", count: 5000), "a.b.c"] {
            let tossed = browser.copy()
            tossed.cookies =
                real.map { .init(name: $0.name, value: planted, path: $0.path) } + real
            #expect(await tossed.get("/login").status == 303)
            #expect(await tossed.get("/refresh").status == 200)
        }
        browser.cookies = [.init(name: "refresh_token", value: "nonsense", path: "/refresh")] + real
        #expect(await browser.post("/refresh").location == "/expenses")
    }
}
