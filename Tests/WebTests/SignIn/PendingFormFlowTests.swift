import Expenses
import HTTP
import Storage
import Testing
import Web

/// What is sent after the access token, or the whole session, has died is done once its user is back: exactly
/// once.
struct PendingFormFlowTests {
    private let app: TestApp
    private let browser: TestBrowser
    private let user: User

    init() async throws {
        app = try TestApp()
        browser = try await app.loggedIn()
        user = try #require(try app.storage.read { try $0.users.find(login: "ada") }?.user)
    }

    private func expenses() throws -> [Expense] {
        try app.storage.read {
            try $0.list.page(of: user.id, matching: Filter(), after: nil, limit: 100).expenses
        }
    }

    /// An expense of Ada's, put into the database.
    private func spend(_ amount: Int64, _ description: String) async throws -> Expense.ID {
        let owner = user.id
        return try await app.storage.write(of: nil) { stores in
            let category = try #require(try stores.categories.all(of: owner).first)
            let day = try #require(Day("2026-11-23"))
            let draft = ExpenseDraft(
                amount: Money(minorUnits: amount), category: category.id, day: day, description: description)
            return try stores.expenses.insert(draft, owner: owner, form: nil, at: TestApp.noon).id
        }
    }

    private var lunch: KeyValuePairs<String, String> {
        ["amount": "12,40", "category": "", "date": "2026-11-23", "description": "Lunch & “more” <b>"]
    }

    /// The fields of the form on the page that posts to `action`.
    private func fields(_ page: TestBrowser.Answer, of action: String) -> FormData {
        let form = page.between("action=\"\(action)\"", "</form>") ?? ""
        let inputs = form.split(separator: "<input").dropFirst().map(String.init)
        func attribute(_ name: String, _ input: String) -> String {
            let start = input.firstRange(of: "\(name)=\"")?.upperBound ?? input.endIndex
            return String(input[start...].prefix { $0 != "\"" })
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        }
        return FormData(inputs.map { (attribute("name", $0), attribute("value", $0)) })
    }

    @Test func `a form sent with an expired token waits in the prompt, and one press does it once`()
        async throws
    {
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", lunch)
        #expect(prompt.status == 401)
        #expect(prompt.headers["WWW-Authenticate"] == "Bearer")
        #expect(prompt.body.split(separator: "Save $12.40, Lunch &amp; “more” &lt;b&gt;").count == 2)
        #expect(prompt.body.contains("type=\"submit\">Save</button>"))
        #expect(try expenses().isEmpty)
        let answer = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(answer.status == 303)
        #expect(answer.location?.hasPrefix("/expenses?saved=") == true)
        let saved = try expenses()
        #expect(saved.map(\.amount.minorUnits) == [1240])
        #expect(saved.first?.description == "Lunch & “more” <b>")
        #expect(await browser.get("/expenses").status == 200)
    }

    @Test func `the tick of a refund is kept`() async throws {
        app.clock.advance(by: 1800)
        let prompt = await browser.post(
            "/expenses",
            ["amount": "12,40", "date": "2026-11-23", "description": "Shoes", "refund": "on"])
        #expect(prompt.body.contains("Save -$12.40, Shoes"))
        _ = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(try expenses().map(\.amount.minorUnits) == [-1240])
        app.clock.advance(by: 300_000)
        let login = await browser.post(
            "/expenses",
            [
                "amount": "3", "date": "2026-11-23", "description": "Hat", "refund": "on",
            ])
        #expect(login.body.contains("Save -3, Hat"))
    }

    @Test func `the prompt pressed in many tabs at once does it once`() async throws {
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", lunch)
        let form = fields(prompt, of: "/refresh")
        await withTaskGroup { group in
            for _ in 0..<20 {
                let tab = browser.copy()
                group.addTask {
                    #expect(await tab.post("/refresh", form).location?.contains("saved=") == true)
                }
            }
        }
        #expect(try expenses().count == 1)
    }

    @Test func `a double click on the prompt gets the same answer twice, whatever it was`() async throws {
        app.clock.advance(by: 1800)
        let adding = await browser.post("/categories", ["name": "Books", "color": "blue"])
        let form = fields(adding, of: "/refresh")
        let added = await browser.post("/refresh", form)
        #expect(added.location?.hasPrefix("/categories?added=") == true)
        #expect(await browser.post("/refresh", form).location == added.location)

        let books = try #require(
            try app.storage.read { try $0.categories.find(named: "Books", owner: user.id) })
        app.clock.advance(by: 1800)
        let deleting = await browser.post("/categories/\(books.id)/delete")
        let answers = await withTaskGroup(of: TestBrowser.Answer.self) { group in
            for _ in 0..<8 {
                let tab = browser.copy()
                group.addTask { await tab.post("/refresh", fields(deleting, of: "/refresh")) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.location?.hasPrefix("/categories?moved=0") == true })
    }

    @Test func `the page's own one-time id is kept, so that sending again does it once`() async throws {
        let page = await browser.get("/expenses")
        let form = try #require(page.value("form"))
        app.clock.advance(by: 1800)
        var fields = FormData([("amount", "5"), ("date", "2026-11-23"), ("form", form)])
        fields.append("description", "Tea")
        let prompt = await browser.post("/expenses", fields)
        _ = await browser.post("/refresh", self.fields(prompt, of: "/refresh"))
        _ = await browser.post("/expenses", fields)
        #expect(try expenses().count == 1)
    }

    @Test func `a wrong form comes back with its messages after the refresh`() async throws {
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", ["amount": "twelve", "description": "Lunch"])
        #expect(prompt.body.contains("Save twelve, Lunch"))
        let answer = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(answer.status == 422)
        #expect(answer.body.contains("value=\"twelve\""))
        #expect(browser.cookies.count == 2)
        #expect(await browser.get("/expenses").status == 200)
    }

    @Test func `edits, deletions and restorations wait as well`() async throws {
        let tea = try await spend(500, "Tea")
        app.clock.advance(by: 1800)

        let edit = await browser.post(
            "/expenses/\(tea)", ["amount": "6", "date": "2026-11-23", "description": "Green tea"])
        #expect(edit.body.contains("Save the changes to $6.00, Green tea"))
        let edited = await browser.post("/refresh", fields(edit, of: "/refresh"))
        #expect(edited.location == "/expenses?updated=\(tea)")
        #expect(try expenses().map(\.description) == ["Green tea"])

        app.clock.advance(by: 1800)
        let deletion = await browser.post("/expenses/\(tea)/delete", ["return": "/expenses?year=2026"])
        #expect(deletion.body.contains("Delete an expense"))
        #expect(!deletion.body.contains("Green tea"))
        let deleted = await browser.post("/refresh", fields(deletion, of: "/refresh"))
        #expect(deleted.location == "/expenses?year=2026&deleted=\(tea)")
        #expect(try expenses().isEmpty)

        app.clock.advance(by: 1800)
        let undo = await browser.post("/expenses/\(tea)/restore")
        #expect(undo.body.contains("Restore an expense"))
        _ = await browser.post("/refresh", fields(undo, of: "/refresh"))
        #expect(try expenses().map(\.id) == [tea])
    }

    @Test func `categories and settings wait as well, and are named in words`() async throws {
        func category(_ name: String) throws -> Expenses.Category? {
            try app.storage.read { try $0.categories.find(named: name, owner: user.id) }
        }
        app.clock.advance(by: 1800)
        let adding = await browser.post("/categories", ["name": "Books", "color": "blue"])
        #expect(adding.body.contains("Add the category Books"))
        _ = await browser.post("/refresh", fields(adding, of: "/refresh"))
        let books = try #require(try category("Books"))

        app.clock.advance(by: 1800)
        let renaming = await browser.post("/categories/\(books.id)", ["name": "Novels", "color": "blue"])
        #expect(renaming.body.contains("Save the category Novels"))
        _ = await browser.post("/refresh", fields(renaming, of: "/refresh"))
        #expect(try category("Novels")?.id == books.id)

        app.clock.advance(by: 1800)
        let deleting = await browser.post("/categories/\(books.id)/delete")
        #expect(deleting.body.contains("Delete a category"))
        #expect(!deleting.body.contains("Novels"))
        _ = await browser.post("/refresh", fields(deleting, of: "/refresh"))
        #expect(try category("Novels") == nil)

        app.clock.advance(by: 259_200)
        let settings = await browser.post(
            "/account/settings",
            [
                "currency": "EUR", "number_format": "1,234.56", "zone": "Europe/Berlin",
                "first_weekday": "monday",
            ])
        #expect(settings.body.contains("Save your settings"))
        let offer = await send(fields(settings, of: "/login"), "ada", "correct horse ada")
        let saved = await browser.post("/account/settings", fields(offer, of: "/account/settings"))
        #expect(saved.status == 303)
        #expect(try app.storage.read { try $0.users.find(user.id)?.preferences.currency.code } == "EUR")
    }

    @Test(arguments: [
        ("/expenses", "amount=12,40&description=Lunch", "Save $12.40, Lunch"),
        ("/expenses", "amount=&description=Lunch", "Save Lunch"), ("/expenses", "", "Save an expense"),
        ("/expenses", "amount=a+lot&description=", "Save a lot"),
        ("/expenses?year=2026", "amount=1&description=Two%0D%0Alines", "Save $1.00, Two lines"),
        ("/expenses/7", "amount=-3&description=Refund", "Save the changes to -$3.00, Refund"),
        ("/expenses/7/delete", "", "Delete an expense"), ("/expenses/7/restore", "", "Restore an expense"),
        ("/expenses/samples", "", "Add sample expenses"),
        ("/expenses/samples/remove", "", "Remove the sample expenses"),
        ("/categories", "name=Books", "Add the category Books"),
        ("/categories/1", "name=Books", "Save the category Books"),
        ("/categories/1/delete", "move_to=2", "Delete a category"),
        ("/categories/1/delete", "move_to=999", "Delete a category"),
        ("/categories/999/delete", "", "Delete a category"),
        ("/account/settings", "currency=EUR", "Save your settings"),
        ("/account/tokens", "name=phone&access=read", "Make an API token"),
        ("/account/tokens/1/revoke", "", "Revoke an API token"),
        ("/account/sessions/abc/end", "", "Log out a device"),
        ("/account/sessions/end-others", "", "Log out all other devices"),
    ])
    func `the prompt says in words what waits`(target: String, form: String, words: String) async throws {
        app.clock.advance(by: 1800)
        let prompt = await browser.post(target, FormData(urlEncoded: form))
        #expect(prompt.status == 401)
        #expect(prompt.between("kept: <strong>", "</strong>") == words)
    }

    @Test func `a long description is shortened in the prompt, and kept whole in the form`() async throws {
        app.clock.advance(by: 1800)
        let long = String(repeating: "Lunch ", count: 80)
        let prompt = await browser.post(
            "/expenses", ["amount": "1", "description": long, "date": "2026-11-23"])
        #expect(try #require(prompt.between("kept: <strong>", "</strong>")).count < 110)
        _ = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(try expenses().map(\.description) == [long])
    }

    @Test func `what belongs to somebody else is neither named nor changed`() async throws {
        let tea = try await spend(500, "Secret tea")
        let bob = try await app.loggedIn(as: "bob")
        app.clock.advance(by: 1800)
        let prompt = await bob.post("/expenses/\(tea)/delete")
        #expect(prompt.status == 401)
        #expect(!prompt.body.contains("Secret"))
        #expect(await bob.post("/refresh", fields(prompt, of: "/refresh")).status == 404)
        #expect(try expenses().count == 1)
    }

    @Test func `when the session has died, the form waits for the log-in and is offered after it`()
        async throws
    {
        app.clock.advance(by: 259_200)
        let login = await browser.post("/expenses", lunch)
        #expect(login.status == 401)
        #expect(login.headers["WWW-Authenticate"] == "Bearer")
        #expect(login.body.contains("Save 12,40, Lunch"))
        var form = fields(login, of: "/login")
        let wrong = await send(form, "ada", "wrong horse")
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("Save 12,40, Lunch"))
        form = fields(wrong, of: "/login")
        let offer = await send(form, "ada", "correct horse ada")
        #expect(offer.status == 200)
        #expect(offer.body.contains("Save $12.40, Lunch"))
        #expect(try expenses().isEmpty)
        let again = fields(offer, of: "/expenses")
        let answer = await browser.post("/expenses", again)
        #expect(answer.location?.hasPrefix("/expenses?saved=") == true)
        _ = await browser.post("/expenses", again)
        #expect(try expenses().map(\.description) == ["Lunch & “more” <b>"])
    }

    private func send(_ form: FormData, _ login: String, _ password: String) async -> TestBrowser.Answer {
        var form = form
        form.fields.removeAll { ["email", "password"].contains($0.name) }
        form.append("email", login)
        form.append("password", password)
        return await browser.post("/login", form)
    }

    @Test func `when the refresh token turns out to be dead at the prompt, the log-in page takes over`()
        async throws
    {
        let other = app.browser()
        _ = await other.post("/login", ["email": "ada", "password": "correct horse ada"])
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", lunch)
        _ = await other.post("/refresh")
        _ = await other.post("/account/sessions/end-others")
        let login = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(login.status == 401)
        #expect(login.body.contains("was ended"))
        let offer = await send(fields(login, of: "/login"), "ada", "correct horse ada")
        #expect(offer.status == 200)
        _ = await browser.post("/expenses", fields(offer, of: "/expenses"))
        #expect(try expenses().count == 1)
    }

    @Test func `what one user sent is dropped when another logs in`() async throws {
        _ = try await app.loggedIn(as: "bob")
        app.clock.advance(by: 259_200)
        let login = await browser.post("/expenses", lunch)
        let answer = await send(fields(login, of: "/login"), "bob", "correct horse bob")
        #expect(answer.status == 303)
        #expect(answer.location == "/expenses")
        #expect(try expenses().isEmpty)
    }

    @Test func `a prompt that another user's browser sends does nothing`() async throws {
        let bob = try await app.loggedIn(as: "bob")
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", lunch)
        let answer = await bob.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(answer.location == "/expenses")
        #expect(try expenses().isEmpty)
        #expect(await bob.get("/expenses").body.contains("Lunch") == false)
    }

    @Test func `with all cookies gone, the form's stamp still tells whose it is`() async throws {
        let page = await browser.get("/expenses")
        let stamp = try #require(page.value("form"))
        browser.cookies = []
        let login = await browser.post(
            "/expenses", ["amount": "5", "description": "Tea", "date": "2026-11-23", "form": stamp])
        #expect(login.status == 401)
        let offer = await send(fields(login, of: "/login"), "ada", "correct horse ada")
        #expect(offer.body.contains("Save $5.00, Tea"))
        _ = await browser.post("/expenses", fields(offer, of: "/expenses"))
        #expect(try expenses().count == 1)
    }

    @Test func `a form posted without any token leads to the log-in page`() async throws {
        let answer = await app.browser().post("/expenses", lunch)
        #expect(answer.status == 303)
        #expect(answer.location == "/login?next=%2Fexpenses")
    }

    @Test func `a changed pending form is not carried out`() async throws {
        app.clock.advance(by: 1800)
        let prompt = await browser.post("/expenses", lunch)
        let sealed = try #require(fields(prompt, of: "/refresh")["pending"])
        let answer = await browser.post("/refresh", ["pending": sealed + "A", "next": "/summary"])
        #expect(answer.location == "/summary")
        #expect(try expenses().isEmpty)
    }

    @Test func `passwords and uploads are not carried, and the page says so`() async throws {
        app.clock.advance(by: 1800)
        let referer: Headers = ["Host": "example.com", "Referer": "https://example.com/account/password"]
        let password = await browser.post(
            "/account/password", ["current_password": "correct horse ada", "new_password": "battery staple"],
            headers: referer)
        #expect(password.status == 401)
        #expect(!password.body.contains("battery") && !password.body.contains("correct horse"))
        #expect(password.body.contains("For your security this form was not kept"))
        let form = fields(password, of: "/refresh")
        #expect(form["pending"] == nil)
        #expect(await browser.post("/refresh", form).location == "/account/password")

        app.clock.advance(by: 1800)
        let upload = await browser.post(
            "/expenses", lunch, headers: ["Content-Type": "multipart/form-data; boundary=x"])
        #expect(upload.status == 401)
        #expect(upload.body.contains("choose it again"))
        let other: Headers = ["Host": "example.com", "Referer": "https://evil.example/account"]
        let foreign = await browser.post("/account/delete", ["password": "x"], headers: other)
        #expect(fields(foreign, of: "/refresh")["next"] == "/expenses")
    }

    @Test func `reading with an expired token leads to the prompt and back`() async throws {
        app.clock.advance(by: 1800)
        let answer = await browser.get("/expenses?year=2026&category=1")
        #expect(answer.location == "/refresh?next=%2Fexpenses%3Fyear%3D2026%26category%3D1")
        let prompt = await browser.visit("/expenses?year=2026&category=1")
        #expect(prompt.status == 200)
        let back = await browser.post("/refresh", fields(prompt, of: "/refresh"))
        #expect(back.location == "/expenses?year=2026&category=1")
    }
}
