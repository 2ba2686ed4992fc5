import HTTP
import Testing
import Web

struct CookieNamesTests {
    @Test(arguments: [
        ("money_", "money_access_token", "money_refresh_token", false),
        ("__Host-money_", "__Host-money_access_token", "__Secure-money_refresh_token", true),
        ("__Host-", "__Host-access_token", "__Secure-refresh_token", true),
        ("__Secure-a.", "__Secure-a.access_token", "__Secure-a.refresh_token", true),
        ("__host-a", "__host-aaccess_token", "__Secure-arefresh_token", true),
    ])
    func `names begin with the prefix, as browsers want it for the path`(
        prefix: String, access: String, refresh: String, needSecure: Bool
    ) throws {
        let names = try #require(CookieNames(prefix: prefix))
        #expect(names.name("access_token") == access)
        #expect(names.name("refresh_token", path: "/refresh") == refresh)
        #expect(names.needSecure == needSecure)
    }

    @Test(arguments: ["", "a b", "a;", "a=", "ä", "é_", "\u{0}", String(repeating: "a", count: 65)])
    func `what no name may have is refused`(prefix: String) {
        #expect(CookieNames(prefix: prefix) == nil)
    }

    @Test func `without a prefix names are as they were`() {
        #expect(CookieNames().name("access_token") == "access_token")
        #expect(CookieNames().name("refresh_token", path: "/refresh") == "refresh_token")
        #expect(!CookieNames().needSecure)
    }

    /// One browser, which tells two programs on one host apart by nothing but the names of cookies (RFC 6265 §8.5: not by
    /// their ports).
    @Test func `two copies on two ports of one host, each with a prefix, keep both logged in`() async throws {
        let apps = try ["one_", "two_"].map { prefix in
            try TestApp { $0.cookieNames = CookieNames(prefix: prefix) ?? CookieNames() }
        }
        let first = try await apps[0].loggedIn()
        let second = apps[1].browser()
        second.cookies = first.cookies
        _ = await second.post(
            "/register", ["username": "bob", "email": "bob@example.com", "password": "correct horse bob"])
        #expect(await second.post("/login", ["email": "bob", "password": "correct horse bob"]).status == 303)
        first.cookies = second.cookies
        #expect(first.cookies.count == 4)
        #expect(await first.get("/expenses").status == 200)
        #expect(await second.get("/expenses").status == 200)
        for app in apps { app.clock.advance(by: 1800) }
        #expect(await first.post("/refresh").location == "/expenses")
        second.cookies = first.cookies
        #expect(await second.post("/refresh").location == "/expenses")
        #expect(await second.post("/logout").status == 303)
        first.cookies = second.cookies
        #expect(first.cookies.count == 2)
        #expect(await first.get("/expenses").status == 200)
    }

    @Test func `with __Host- each cookie is what browsers ask for`() async throws {
        let app = try TestApp {
            $0.cookieNames = CookieNames(prefix: "__Host-m_") ?? CookieNames()
            $0.secureCookies = .always
        }
        let browser = try await app.loggedIn()
        let again = await browser.post("/login", ["email": "ada", "password": "correct horse ada"])
        let made = await browser.post("/account/tokens", ["name": "phone", "access": "read"])
        let cookies = again.headers.values("Set-Cookie") + made.headers.values("Set-Cookie")
        #expect(cookies.count == 3)
        for cookie in cookies {
            #expect(cookie.contains("; Secure"))
            #expect(!cookie.contains("Domain"))
            #expect(
                cookie.hasPrefix("__Host-m_") ? cookie.contains("; Path=/;") : cookie.hasPrefix("__Secure-m_")
            )
        }
        #expect(await browser.get("/account/tokens").body.contains("<code class=\"token\">et_"))
        let api = await browser.get("/api/v1/openapi.json")
        #expect(api.body.contains("\"name\":\"__Host-m_access_token\""))
    }
}
