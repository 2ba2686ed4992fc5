import Expenses
import HTTP
import Storage
import Testing

@Suite struct TokensControllerTests {
    /// Makes a token on the page, and gives its text.
    private func make(_ account: Account, access: String = "read") async throws -> String {
        let answer = await account.browser.post(
            "/account/tokens", ["name": "My <phone>", "access": access])
        #expect(answer.status == 303 && answer.location == "/account/tokens")
        let page = await account.browser.get("/account/tokens")
        return try #require(page.between("<code class=\"token\">", "</code>"))
    }

    @Test func `a token is shown once, works, and is stored as a hash alone`() async throws {
        let account = try await Account(in: TestApp())
        let token = try await make(account)
        #expect(token.hasPrefix("et_") && token.count == 46)
        let page = await account.browser.get("/account/tokens")
        #expect(!page.body.contains(token) && page.body.contains("My &lt;phone&gt;"))
        #expect(page.body.contains("May only read · made on 23 November 2026 · never used"))

        #expect(await APIClient(account.app, token: token).get("/api/v1/expenses").status == 200)
        let used = await account.browser.get("/account/tokens")
        #expect(used.body.contains("used on 23 November 2026"))
        let stored = try account.app.storage.read { try $0.apiTokens.all(of: account.user.id) }
        #expect(stored.count == 1 && stored[0].name == "My <phone>")
    }

    @Test func `a token that is revoked counts no longer`() async throws {
        let account = try await Account(in: TestApp())
        let token = try await make(account, access: "write")
        let client = APIClient(account.app, token: token)
        #expect(await client.post("/api/v1/categories", #"{"name":"Pets"}"#).status == 201)
        let page = await account.browser.get("/account/tokens")
        let address = try #require(page.between("action=\"/account/tokens/", "\""))
        #expect(await account.browser.post("/account/tokens/\(address)").status == 303)
        #expect(await client.get("/api/v1/expenses").status == 401)
        #expect(await account.browser.post("/account/tokens/\(address)").status == 303)
    }

    @Test func `nobody revokes another user's token`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let token = try await make(account)
        let bob = try await Account(in: app, "bob")
        _ = await bob.browser.post("/account/tokens/1/revoke")
        #expect(await APIClient(app, token: token).get("/api/v1/expenses").status == 200)
    }

    @Test func `a planted cookie shows nobody another one's token`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let token = try await make(account)
        let bob = try await Account(in: app, "bob")
        for planted in [token, "et_planted", "<b>"] {
            bob.browser.cookies.append(.init(name: "new_token", value: planted, path: "/account/tokens"))
            #expect(await !bob.browser.get("/account/tokens").body.contains("class=\"token\""))
        }
    }

    @Test(arguments: ["", " \t", "a\nb", String(repeating: "x", count: 51)])
    func `a token's name that is empty, too long or in several lines is refused`(name: String) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/account/tokens", ["name": name, "access": "write"])
        #expect(answer.status == 422 && answer.body.contains("name-problem"))
        #expect(try account.app.storage.read { try $0.apiTokens.all(of: account.user.id) }.isEmpty)
    }

    @Test func `revoking a token says so`() async throws {
        let account = try await Account(in: TestApp())
        _ = await account.browser.post("/account/tokens", ["name": "phone"])
        let page = await account.browser.get("/account/tokens")
        let address = try #require(page.between("formaction=\"", "\""))
        let answer = await account.browser.post(address)
        let after = await account.browser.visit(try #require(answer.location))
        #expect(after.notices == ["The token is revoked: whatever used it has no access any more."])
        #expect(!after.body.contains("formaction"))
    }

    @Test func `a fifty-first token is refused`() async throws {
        let account = try await Account(in: TestApp())
        let owner = account.user.id
        try await account.app.storage.write(of: nil) { stores in
            for number in 0..<APIToken.most {
                _ = try stores.apiTokens.insert(
                    name: "t", mayWrite: false, hash: [UInt8(number)], owner: owner, at: 0)
            }
        }
        let answer = await account.browser.post("/account/tokens", ["name": "one more"])
        #expect(answer.status == 422 && answer.body.contains("Revoke one first"))
    }

    @Test func `deleting an account deletes its tokens`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        _ = await browser.post("/account/tokens", ["name": "phone"])
        let page = await browser.get("/account/tokens")
        let token = try #require(page.between("<code class=\"token\">", "</code>"))
        #expect(await APIClient(app, token: token).get("/api/v1/expenses").status == 200)
        #expect(await browser.post("/account/delete", ["password": "correct horse ada"]).status == 303)
        #expect(await APIClient(app, token: token).get("/api/v1/expenses").status == 401)
    }
}
