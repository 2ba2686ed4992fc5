import HTTP
import Storage
import TestDatabase
import Testing
import Web

struct RegistrationTests {
    private let fields: KeyValuePairs = [
        "username": "Anna", "email": "anna@example.com", "password": "correct horse",
    ]

    @Test(arguments: ["/register", "/login"])
    func `a value longer than its field may be is not repeated in the page`(path: String) async throws {
        let long = String(repeating: "\"", count: 20_000)
        let answer = try await TestApp().browser().post(
            path, ["username": long, "email": long, "password": "wrong horse"])
        #expect(answer.status == 422)
        #expect(answer.body.utf8.count < 20_000)
        // A field that has been emptied says why.
        #expect(
            answer.body.contains(
                path == "/login" ? "This is longer than any email" : "A username has at most"))
    }

    @Test func `an address fills nothing in that is no username`() async throws {
        for name in ["a%20b", "%3Cb%3E", "%22", "ab", String(repeating: "x", count: 31), "a%40b"] {
            let page = await (try TestApp()).browser().get("/login?name=\(name)")
            #expect(page.status == 200)
            #expect(page.value("email") == "")
        }
    }

    @Test func `a new account leads to the log-in page with a notice and the name filled in`() async throws {
        let browser = try TestApp().browser()
        let answer = await browser.post("/register", fields)
        #expect(answer.status == 303)
        #expect(answer.location == "/login?notice=registered&name=Anna")
        let page = await browser.visit("/login?notice=registered&name=Anna")
        #expect(page.value("email") == "Anna")
        #expect(page.status == 200)
        #expect(page.body.contains("Your account is ready"))
        let login = await browser.post("/login", ["email": "anna@example.com", "password": "correct horse"])
        #expect(login.status == 303)
        #expect(login.location == "/expenses")
    }

    @Test func `an empty form comes back with a message at every field`() async throws {
        let answer = await (try TestApp()).browser().post("/register", [:])
        #expect(answer.status == 422)
        for id in ["username-problem", "email-problem", "password-problem"] {
            #expect(answer.body.contains("id=\"\(id)\""))
        }
        #expect(answer.body.contains("href=\"#username\""))
        // A screen reader speaks the hint and then what is wrong.
        let described = "aria-describedby=\"username-help username-problem\" aria-invalid=\"true\">"
        #expect(answer.body.contains(described))
    }

    @Test func `what was typed stays, but for the password`() async throws {
        let answer = await (try TestApp()).browser().post(
            "/register", ["username": "a\"><b>", "email": "nonsense", "password": "hunter2hunter"])
        #expect(answer.status == 422)
        #expect(answer.body.contains("value=\"a&quot;&gt;&lt;b&gt;\"") || answer.body.contains("a&#34;"))
        #expect(answer.body.contains("value=\"nonsense\""))
        #expect(!answer.body.contains("hunter2hunter"))
    }

    @Test(arguments: [
        ("ren\u{E9}", "other@example.com", "username-problem"),
        ("RENE\u{301}", "other@example.com", "username-problem"),
        ("other", "ZOE\u{308}@Example.com", "email-problem"),
    ])
    func `a name or email that differs in case or Unicode form only is taken`(
        username: String, email: String, problem: String
    ) async throws {
        let browser = try TestApp().browser()
        _ = await browser.post(
            "/register",
            ["username": "Ren\u{E9}", "email": "zo\u{EB}@example.com", "password": "correct horse"])
        let answer = await browser.post(
            "/register", ["username": username, "email": email, "password": "correct horse"])
        #expect(answer.status == 422)
        #expect(answer.body.contains("id=\"\(problem)\""))
    }

    @Test func `a network that tries names is refused before it learns which are taken`() async throws {
        let browser = try TestApp().browser()
        func attempt(_ number: Int) async -> TestBrowser.Answer {
            await browser.post(
                "/register",
                ["username": "n\(number)x", "email": "n\(number)@example.com", "password": "short"])
        }
        for number in 1...60 { #expect(await attempt(number).status == 422) }
        let refused = await attempt(61)
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "10")
        #expect(refused.body.contains("value=\"n61x\"") && !refused.body.contains("taken"))
    }

    @Test func `of many who ask for the same name at once, one gets it`() async throws {
        // Nobody is sent away before their password has been hashed.
        let app = try TestApp { $0.passwordQueuePerSource = 64 }
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await app.browser().post(
                        "/register",
                        ["username": "anna", "email": "a\(number)@example.com", "password": "correct horse"]
                    ).status
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 303 } == 1)
        #expect(statuses.count { $0 == 422 } == 19)
    }

    @Test func `while registration is closed, the page says so`() async throws {
        let app = try TestApp { $0.registration = .closed }
        let page = await app.browser().get("/register")
        #expect(page.status == 403)
        #expect(page.body.contains("Registration is closed"))
        #expect(await app.browser().post("/register", fields).status == 403)
        #expect(try RawDatabase(app.storage.path).integer("SELECT count(*) FROM users") == 0)
        for target in ["/", "/login", "/register", "/nowhere"] {
            #expect(await !app.browser().get(target).body.contains("href=\"/register\""), "\(target)")
        }
    }

    @Test func `where only the first may register, the second may not`() async throws {
        let app = try TestApp { $0.registration = .first }
        #expect(await app.browser().get("/register").status == 200)
        #expect(await app.browser().get("/nowhere").body.contains("href=\"/register\""))
        #expect(await app.browser().post("/register", fields).status == 303)
        for target in ["/", "/login", "/register", "/nowhere"] {
            #expect(await !app.browser().get(target).body.contains("href=\"/register\""), "\(target)")
        }
        #expect(await app.browser().get("/register").status == 403)
        let second = await app.browser().post(
            "/register", ["username": "bert", "email": "b@example.com", "password": "correct horse"])
        #expect(second.status == 403)
        #expect(try RawDatabase(app.storage.path).integer("SELECT count(*) FROM users") == 1)
    }

    @Test func `of many who want to be the first at once, one is`() async throws {
        let app = try TestApp { $0.registration = .first }
        await withTaskGroup { group in
            for number in 0..<10 {
                group.addTask {
                    _ = await app.browser().post(
                        "/register",
                        [
                            "username": "n\(number)x", "email": "a\(number)@example.com",
                            "password": "correct horse",
                        ])
                }
            }
        }
        #expect(try RawDatabase(app.storage.path).integer("SELECT count(*) FROM users") == 1)
    }
}
