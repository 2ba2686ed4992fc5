import Expenses
import Storage
import Testing

@Suite struct CategoriesControllerTests {
    @Test func `the page lists each category with its expenses`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(100, "Health", on: "2026-11-01")
        try await account.spend(100, "Health", on: "2026-11-02")
        let page = await account.browser.get("/categories")
        let health = account.category("Health")
        #expect(
            page.body.contains(
                "<a class=\"quiet\" href=\"/expenses?category=\(health)\">2 expenses</a>"
            ))
        #expect(page.body.contains("<a href=\"/categories?edit=\(health)#form\""))
    }

    @Test func `a category is added with its colour`() async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/categories", ["name": "  Caffè & <co>  ", "color": "teal"])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Added Caffè &amp; &lt;co&gt;."])
        #expect(page.body.contains("<span class=\"c-teal\">Caffè &amp; &lt;co&gt;</span>"))
    }

    @Test(arguments: [
        ("", "teal", "Enter a name."), (" \u{A0} ", "teal", "Enter a name."),
        (String(repeating: "x", count: 51), "teal", "at most 50"), ("Food", "", "Choose one of the colours."),
        ("Food", "beige", "Choose one of the colours."), ("gROCERIES", "teal", "of this name already"),
        ("a\nb", "teal", "one line"),
    ])
    func `a wrong name or colour comes back with a message`(
        name: String, color: String, message: String
    ) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/categories", ["name": name, "color": color])
        #expect(answer.status == 422)
        #expect(answer.body.contains("class=\"problems\""))
        #expect(answer.body.contains(message))
        let names = try account.app.storage.read { try $0.categories.all(of: account.user.id).map(\.name) }
        #expect(names == account.categories.map(\.name))
    }

    @Test func `a category is renamed and its colour changed`() async throws {
        let account = try await Account(in: TestApp())
        let id = account.category("Groceries")
        let form = await account.browser.get("/categories?edit=\(id)")
        #expect(form.value("name") == "Groceries")
        #expect(form.body.contains("value=\"green\" checked>"))
        let answer = await account.browser.post("/categories/\(id)", ["name": "GROCERIES", "color": "olive"])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Saved GROCERIES."])
        #expect(page.body.contains("c-olive\">GROCERIES"))
    }

    @Test func `renaming to a name that exists offers to merge`() async throws {
        let account = try await Account(in: TestApp())
        let (groceries, leisure) = (account.category("Groceries"), account.category("Leisure"))
        try await account.spend(100, "Groceries", on: "2026-11-01")
        let answer = await account.browser.post(
            "/categories/\(groceries)", ["name": "leisure", "color": "red"])
        #expect(answer.status == 422)
        #expect(answer.body.contains("Merge Groceries into Leisure?"))
        #expect(!answer.body.contains("Please check the form"))
        #expect(answer.body.contains("Merging moves 1 expense there"))
        let form = try #require(
            answer.between("<form method=\"post\" action=\"/categories/\(groceries)/delete\">", "</form>"))
        #expect(form.contains("name=\"move_to\" value=\"\(leisure)\""))
        #expect(form.contains("name=\"confirm\" value=\"yes\" required>"))
        let merged = await account.browser.post("/categories/\(groceries)/delete", ["move_to": "\(leisure)"])
        let page = await account.browser.visit(try #require(merged.location))
        #expect(page.notices == ["Moved 1 expense to Leisure and deleted the category."])
        #expect(try account.expenses().map(\.category) == [leisure])
    }

    @Test func `deleting asks where the expenses go`() async throws {
        let account = try await Account(in: TestApp())
        let other = try await Account(in: account.app, "bob")
        let id = account.category("Groceries")
        // What cannot be taken back is confirmed; where nothing is lost, one press will do.
        let sure = "name=\"confirm\" value=\"yes\" required>"
        #expect(await !account.browser.get("/categories?edit=\(id)").body.contains(sure))
        try await account.spend(100, "Groceries", on: "2026-11-01")
        #expect(await account.browser.get("/categories?edit=\(id)").body.contains(sure))
        for target in ["", "\(id)", "\(other.category("Health"))", "x"] {
            let answer = await account.browser.post("/categories/\(id)/delete", ["move_to": target])
            #expect(answer.status == 422)
            #expect(answer.body.contains("Choose the category that its expenses move to."))
            #expect(answer.body.contains("Its 1 expense move"))
        }
        #expect(try account.expenses().map(\.category) == [id])
    }

    @Test func `deleting a category of thousands of expenses does not wait for them`() async throws {
        let account = try await Account(in: TestApp())
        let (owner, now, id) = (account.user.id, account.app.clock.now, account.category("Health"))
        try await account.app.storage.write(of: owner) { stores in
            for number in 0...2000 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 100), category: id, day: Day("2026-11-02")!,
                    description: "Thing \(number)")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: now)
            }
        }
        let leisure = account.category("Leisure")
        let answer = await account.browser.post("/categories/\(id)/delete", ["move_to": "\(leisure)"])
        #expect(answer.location == "/categories")
        while try account.app.storage.read({ try !$0.longWrites.all(of: owner).isEmpty }) {
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(await account.browser.get("/categories").body.contains("2,001 expenses"))
    }

    @Test func `deleting asks where expenses in the bin go`() async throws {
        let account = try await Account(in: TestApp())
        let (id, target) = (account.category("Health"), account.category("Leisure"))
        let expense = try await account.spend(100, "Health", on: "2026-11-01")
        _ = await account.browser.post("/expenses/\(expense)/delete")
        let page = await account.browser.get("/categories?edit=\(id)")
        #expect(page.body.contains("Its deleted expenses (1 expense) move to"))
        #expect(await account.browser.post("/categories/\(id)/delete").status == 422)
        #expect(
            await account.browser.post("/categories/\(id)/delete", ["move_to": "\(target)"]).status == 303)
        _ = await account.browser.post("/expenses/\(expense)/restore")
        #expect(try account.expenses().map(\.category) == [target])
    }

    @Test func `a category without expenses goes at once, the last one never`() async throws {
        let account = try await Account(in: TestApp())
        for category in account.categories.dropLast() {
            let answer = await account.browser.post("/categories/\(category.id)/delete")
            #expect(answer.status == 303)
        }
        let last = try #require(account.categories.last)
        let answer = await account.browser.post("/categories/\(last.id)/delete")
        #expect(answer.status == 422)
        #expect(answer.body.contains("This is your only category"))
    }

    @Test func `another user's category does not exist`() async throws {
        let account = try await Account(in: TestApp())
        let other = try await Account(in: account.app, "bob")
        let id = other.category("Health")
        #expect(await account.browser.get("/categories?edit=\(id)").status == 404)
        for target in [
            "/categories/\(id)", "/categories/\(id)/delete", "/categories/x", "/categories/0/delete",
        ] {
            let answer = await account.browser.post(
                target, ["name": "Mine", "color": "red", "move_to": "\(account.category("Health"))"])
            #expect(answer.status == 404)
        }
        let names = try account.app.storage.read { try $0.categories.all(of: other.user.id).map(\.name) }
        #expect(names == other.categories.map(\.name))
    }
}
