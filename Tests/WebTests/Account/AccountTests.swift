import Crypto
import Expenses
import HTTP
import Storage
import Testing
import Web

struct AccountTests {
    private let password = "correct horse ada"
    private let firefox: Headers = [
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    ]

    private func logIn(_ browser: TestBrowser, headers: Headers = [:]) async {
        _ = await browser.post("/login", ["email": "ada", "password": password], headers: headers)
    }

    private func isLoggedIn(_ browser: TestBrowser) async -> Bool {
        await browser.get("/account").status == 200
    }

    private func sessionAddresses(_ page: String) -> [String] {
        page.split(separator: "action=\"").map { String($0.prefix { $0 != "\"" }) }
            .filter { $0.hasPrefix("/account/sessions/") && $0.hasSuffix("/end") }
    }

    @Test func `the devices are listed in words, this one first`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let other = app.browser()
        app.clock.advance(by: 600)
        await logIn(other, headers: firefox)
        let page = await other.get("/account")
        #expect(page.status == 200)
        #expect(page.body.contains("Firefox on Linux</strong> <span class=\"mark\">this device"))
        #expect(page.body.contains("An unknown device"))
        #expect(page.body.contains("10 minutes ago"))
        #expect(page.body.contains("127.0.0.1"))
        #expect(sessionAddresses(page.body).count == 1)
        #expect(await browser.get("/account").body.contains("Firefox on Linux"))
    }

    @Test func `a device is logged out at once, also with tokens that have not expired`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let other = app.browser()
        await logIn(other)
        let address = try #require(sessionAddresses(await browser.get("/account").body).first)
        let answer = await browser.post(address)
        #expect(answer.location == "/account?notice=session-ended")
        #expect(await !isLoggedIn(other))
        #expect(await other.get("/account").location == "/login?notice=ended&next=%2Faccount")
        #expect(await other.post("/refresh").location == "/login?notice=ended")
        #expect(await isLoggedIn(browser))
        #expect(await browser.post(address).location == "/account")
    }

    @Test func `all other devices are logged out with one press`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let others = [app.browser(), app.browser(), app.browser()]
        for other in others { await logIn(other) }
        #expect(await browser.post("/account/sessions/end-others").location == "/account?notice=others-ended")
        for other in others { #expect(await !isLoggedIn(other)) }
        #expect(await isLoggedIn(browser))
    }

    @Test func `nobody can log out the devices of somebody else`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        let bob = try await app.loggedIn(as: "bob")
        let claims = try JWT.verify(
            ada.cookie("access_token") ?? "",
            with: TokenKeys(current: TokenKey([UInt8](repeating: 7, count: 32))),
            expecting: .access, at: TestApp.noon)
        let answer = await bob.post("/account/sessions/\(claims.session)/end")
        #expect(answer.location == "/account")
        #expect(await isLoggedIn(ada))
    }

    @Test func `a new password ends every session and leaves this browser logged in`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let copy = browser.copy()
        let other = app.browser()
        await logIn(other)
        let answer = await browser.post(
            "/account/password", ["current_password": password, "new_password": "battery staple"])
        #expect(answer.status == 303)
        #expect(answer.location == "/account?notice=password-changed")
        #expect(await isLoggedIn(browser))
        #expect(await !isLoggedIn(other))
        #expect(await !isLoggedIn(copy))
        #expect(await app.browser().post("/login", ["email": "ada", "password": password]).status == 422)
        #expect(
            await app.browser().post("/login", ["email": "ada", "password": "battery staple"]).status == 303)
    }

    @Test func `of many new passwords at once, one is kept, and no session begins with another`() async throws
    {
        // Dear enough that all are checked before the first is changed.
        let cost = try #require(PasswordHash.Cost(logN: 12, r: 8, p: 1))
        let app = try TestApp { $0.passwordCost = cost }
        let browser = try await app.loggedIn()
        let tabs = (0..<12).map { _ in browser.copy() }
        let locations = await withTaskGroup(of: String?.self) { group in
            for (number, tab) in tabs.enumerated() {
                group.addTask {
                    await tab.post(
                        "/account/password",
                        ["current_password": password, "new_password": "battery staple \(number)"]
                    ).location
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(locations.count { $0 == "/account?notice=password-changed" } == 1)
        var loggedIn = 0
        for tab in tabs where await isLoggedIn(tab) { loggedIn += 1 }
        #expect(loggedIn == 1)
    }

    @Test(arguments: [
        ("", "battery staple", "current-password-problem"),
        ("wrong horse", "battery staple", "current-password-problem"),
        ("correct horse ada", "short", "new-password-problem"),
        ("correct horse ada", "password1", "new-password-problem"),
        ("correct horse ada", "correct horse ada", "new-password-problem"),
        ("correct horse ada", "ada@example.com", "new-password-problem"),
    ])
    func `a wrong or weak password changes nothing`(current: String, new: String, problem: String)
        async throws
    {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let answer = await browser.post(
            "/account/password", ["current_password": current, "new_password": new])
        #expect(answer.status == 422)
        #expect(answer.body.contains("id=\"\(problem)\""))
        #expect(await isLoggedIn(browser))
        #expect(await app.browser().post("/login", ["email": "ada", "password": password]).status == 303)
    }

    @Test func `guessing at the current password is slowed down too`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        for _ in 0..<10 {
            _ = await browser.post(
                "/account/password", ["current_password": "wrong", "new_password": "battery staple"])
        }
        let answer = await browser.post("/account/delete", ["password": password])
        #expect(answer.status == 429)
        #expect(answer.headers["Retry-After"] == "60")
        #expect(await isLoggedIn(browser))
    }

    @Test func `before an account is deleted, its page says what will be lost`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        try await addExpense(app)
        let page = await browser.get("/account/delete")
        #expect(page.status == 200)
        #expect(page.body.contains("1 expense</strong>"))
        #expect(page.body.contains("7 categories"))
    }

    @Test func `deleting takes the password, and then everything is gone at once`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let copy = browser.copy()
        try await addExpense(app)
        #expect(await browser.post("/account/delete", ["password": "wrong horse"]).status == 422)
        #expect(await browser.post("/account/delete").status == 422)
        #expect(await isLoggedIn(browser))
        let answer = await browser.post("/account/delete", ["password": password])
        #expect(answer.location == "/login?notice=account-deleted")
        #expect(browser.cookies.isEmpty)
        #expect(await !isLoggedIn(copy))
        #expect(await copy.post("/refresh").location == "/login?notice=expired")
        while try app.storage.writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {}
        #expect(try app.storage.read { try $0.users.isEmpty() })
        #expect(await app.browser().post("/login", ["email": "ada", "password": password]).status == 422)
        _ = try await app.loggedIn()
    }

    @Test func `a raised cost re-hashes the password at the next log-in`() async throws {
        let raised = try #require(PasswordHash.Cost(logN: 2, r: 1, p: 1))
        let app = try TestApp { $0.passwordCost = raised }
        _ = try await app.loggedIn()
        let older = PasswordHash.make(password, cost: .cheapForTests)
        let user = try #require(try app.storage.read { try $0.users.find(login: "ada") }?.user)
        try await app.storage.write(of: nil) { try $0.users.update(passwordHash: older, of: user.id) }
        #expect(await app.browser().post("/login", ["email": "ada", "password": password]).status == 303)
        let newer = try #require(try app.storage.read { try $0.users.find(login: "ada") }).passwordHash
        #expect(newer != older)
        #expect(!PasswordHash.needsRehash(newer, cost: raised))
        #expect(await app.browser().post("/login", ["email": "ada", "password": password]).status == 303)
    }

    @Test func `the pages of an account need a log-in`() async throws {
        let browser = try TestApp().browser()
        for path in ["/account", "/account/password", "/account/delete"] {
            #expect(
                await browser.get(path).location == "/login?next="
                    + PercentEncoding.encodeQueryComponent(path))
        }
    }

    private func addExpense(_ app: TestApp) async throws {
        try await app.storage.write(of: nil) { stores in
            guard let user = try stores.users.find(login: "ada")?.user,
                let category = try stores.categories.all(of: user.id).first, let day = Day("2026-11-23")
            else { return }
            _ = try stores.expenses.insert(
                ExpenseDraft(
                    amount: Money(minorUnits: 1240), category: category.id, day: day, description: "Lunch"),
                owner: user.id, form: nil, at: app.clock.now)
        }
    }
}
