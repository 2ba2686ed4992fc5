import HTTP
import JSON
import Testing
import Web

/// The app below `/money` of a host that it shares.
struct BasePathTests {
    private static func app() throws -> TestApp {
        try TestApp { $0.basePath = BasePath("/money") ?? BasePath() }
    }

    @Test(arguments: [
        ("/", ""), ("", ""), ("/money", "/money"), ("/money/", "/money"), ("/a/b.c-d_e~f", "/a/b.c-d_e~f"),
        ("/\(String(repeating: "a", count: 255))", "/\(String(repeating: "a", count: 255))"),
    ])
    func `a path of segments is one`(given: String, text: String) {
        #expect(BasePath(given)?.text == text)
    }

    @Test(arguments: [
        "money", "//", "//a", "/a//b", "/a//", "/.", "/..", "/a/../b", "/a b", "/a?b", "/a#b", "/ä", "/%61",
        "/a;b",
        "/a\"", "/a\r\n", "http://a/", "/\(String(repeating: "a", count: 256))",
    ])
    func `what could mean something else is refused`(given: String) {
        #expect(BasePath(given) == nil)
    }

    @Test func `a word that begins an address of ours is taken`() throws {
        let paths = try TestApp().application.routeNames.compactMap { $0.split(separator: " /").last }
        let first = Set(paths.compactMap { $0.split(separator: "/").first })
        #expect(
            BasePath.taken.symmetricDifference(first) == [
                "static", "worker.js", "GET", "static files", "others",
            ])
        #expect(BasePath("/expenses")?.isTaken == true && BasePath("/login/x")?.isTaken == true)
        #expect(BasePath("/money/expenses")?.isTaken == false && BasePath("/")?.isTaken == false)
    }

    @Test func `with it or without it, a proxy may send requests`() async throws {
        let app = try Self.app()
        let browser = app.browser()
        for path in ["/money", "/money/", "/money?x=1", "/money/?x=1", "/", "/?x=1"] {
            let page = await browser.get(path)
            #expect(page.status == 200 && page.body.contains("href=\"/money/register\""), "\(path)")
        }
        for path in ["/moneys", "/money/money", "/mone", "/money/nothing"] {
            #expect(await browser.get(path).status == 404, "\(path)")
        }
        #expect(await browser.get("/money/static/app.css").status == 200)
        #expect(await browser.get("/money/healthz").status == 200)
        #expect(await browser.get("/static/app.css").status == 200)
    }

    @Test func `cookies and redirects begin with it`() async throws {
        let app = try Self.app()
        let browser = app.browser()
        let fields: KeyValuePairs = [
            "username": "ada", "email": "ada@example.com", "password": "correct horse ada",
        ]
        #expect(await browser.post("/money/register", fields).location?.hasPrefix("/money/login") == true)
        let answer = await browser.post("/money/login", ["email": "ada", "password": "correct horse ada"])
        #expect(answer.status == 303 && answer.location == "/money/expenses")
        #expect(Set(browser.cookies.map(\.path)) == ["/money", "/money/refresh"])
        #expect(await browser.get("/money/expenses").status == 200)
        // The access token runs out; what was sent meanwhile is saved after one press.
        app.clock.advance(by: 1801)
        let prompt = await browser.post("/money/expenses", ["amount": "5"])
        #expect(prompt.status == 401 && prompt.body.contains("action=\"/money/refresh\""))
        #expect(await browser.post("/money/refresh").location == "/money/expenses")
        #expect(await browser.post("/money/logout").location == "/money/")
        #expect(browser.cookies.isEmpty)
    }

    @Test func `the page that led somewhere is known with it`() async throws {
        let account = try await Account(in: Self.app())
        let answer = await account.browser.post(
            "/money/language", ["language": "de"],
            headers: ["Host": "a.example", "Referer": "https://a.example/money/summary?year=2026"])
        #expect(answer.location == "/money/summary?year=2026")
    }

    @Test func `a proxy's own address to log out stays`() async throws {
        let app = try TestApp {
            $0.basePath = BasePath("/money") ?? BasePath()
            $0.identityLogout = "/oauth2/sign_out"
        }
        let browser = try await app.loggedIn()
        #expect(await browser.post("/money/logout").location == "/oauth2/sign_out")
    }

    /// Everything that a press can reach, pages and files, from both ends: logged in, and with the access token run out.
    @Test func `no page leads out of it`() async throws {
        let account = try await Account(in: Self.app())
        for day in 1...60 {
            try await account.spend(
                Int64(day * 100), "Leisure", on: "2026-1\(day % 2)-1\(day % 10)", "Tea #trip \(day)")
        }
        _ = await account.browser.post(
            "/money/repeating", ["amount": "5", "first": "2026-12-01", "unit": "month"])
        var waiting = ["/money", "/money/expenses", "/money/login", "/money/register"]
        var (found, kinds) = (Set(waiting), Set(waiting))
        var outside: [String] = []
        while !waiting.isEmpty {
            let address = waiting.removeFirst()
            let page = await account.browser.get(address)
            #expect(page.status == 200 || page.status == 303, "\(address): \(page.status)")
            for other in Self.addresses(in: page.body) + [page.location].compactMap(\.self)
            where other.hasPrefix("/") {
                guard other == "/money" || other.hasPrefix("/money/") else {
                    outside.append("\(address): \(other)")
                    continue
                }
                // Actions of forms are only looked at; of pages that differ in a number, some are enough.
                let path = String(other.prefix { $0 != "#" })
                found.insert(path)
                guard page.body.contains("href=\"\(other.replacing("&", with: "&amp;"))") else { continue }
                if kinds.insert(path.filter { !$0.isNumber }).inserted { waiting.append(path) }
            }
        }
        #expect(outside == [])
        for path in [
            "summary", "categories", "tags", "repeating", "targets", "rules", "account", "expenses/import",
        ] {
            #expect(found.contains("/money/\(path)"), "\(path) was not reached")
        }
    }

    /// How long a body may be is known before it has come.
    @Test func `a file may be as long there as without it`() async throws {
        let account = try await Account(in: Self.app())
        let token = try #require(account.browser.cookie("access_token"))
        for path in ["/money/expenses/import", "/expenses/import", "/money/account/data"] {
            let request = Request(
                method: .post, target: path,
                headers: [
                    "Cookie": "access_token=\(token)", "Content-Type": "multipart/form-data; boundary=b",
                ])
            guard case .receiver(let receiver) = try account.app.application.bodyTerms(of: request) else {
                Issue.record("\(path) takes no file")
                continue
            }
            #expect(receiver.maximumSize > 1_048_576)
        }
        var error = RequestError(.contentTooLarge, "It is too long.")
        error.path = "/money/api/v1/import"
        let answer = account.app.application.respond(to: error)
        #expect(answer.headers["Content-Type"] == "application/problem+json")
    }

    @Test func `the API says where it is`() async throws {
        let account = try await Account(in: Self.app())
        #expect(
            await account.browser.get("/money/api/v1/openapi.json").body.contains(
                #""servers":[{"url":"/money"}]"#))
        let page = await account.browser.get("/money/api/v1", headers: ["Host": "a.example"])
        #expect(page.body.contains("http://a.example/money/api/v1/expenses"))
        let added = await APIClient(account).post(
            "/money/api/v1/categories", #"{"name":"Pets","color":"teal"}"#)
        #expect(added.status == 201)
        #expect(added.headers["Location"]?.hasPrefix("/money/api/v1/categories/") == true)
        let missing = await APIClient(account).get("/money/api/v1/nothing")
        #expect(missing.headers["Content-Type"] == "application/problem+json")
    }

    /// The values of attributes that hold addresses.
    private static func addresses(in body: String) -> [String] {
        ["href", "src", "action", "formaction"].flatMap { name in
            body.split(separator: " \(name)=\"").dropFirst().map { part in
                String(part.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
            }
        }
    }
}
