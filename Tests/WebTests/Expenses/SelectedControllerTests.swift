import Expenses
import HTTP
import Storage
import Testing

@Suite struct SelectedControllerTests {
    private func account(_ count: Int) async throws -> Account {
        let account = try await Account(in: TestApp())
        let (owner, now, category) = (account.user.id, account.app.clock.now, account.category("Leisure"))
        try await account.app.storage.write(of: owner) { stores in
            for number in 1...count {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 100), category: category, day: Day("2026-11-02")!,
                    description: "Thing \(number)")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: now)
            }
        }
        return account
    }

    private func form(_ ids: [Expense.ID], _ fields: KeyValuePairs<String, String>) -> FormData {
        var form = FormData(ids.map { ("expense", $0.description) })
        for (name, value) in fields { form.append(name, value) }
        return form
    }

    @Test func `a list with boxes is a link away, and says what can be done`() async throws {
        let account = try await account(3)
        let list = await account.browser.get("/expenses?month=11&year=2026")
        #expect(list.body.contains("<a href=\"/expenses?month=11&amp;year=2026&amp;select=1\">Select</a>"))
        let page = await account.browser.get("/expenses?month=11&year=2026&select=1")
        #expect(page.all("name=\"expense\" value=\"", "\"") == ["3", "2", "1"])
        #expect(page.value("filter") == "month=11&amp;year=2026")
        #expect(page.body.contains("<a href=\"/expenses?month=11&amp;year=2026\">Done</a>"))
        #expect(page.all("name=\"action\" value=\"", "\"") == ["tag", "untag", "move", "delete"])
        #expect(!page.body.contains("name=\"all\""))
    }

    @Test func `a change that changes nothing offers no Undo`() async throws {
        let account = try await account(2)
        let leisure = account.category("Leisure")
        let answer = await account.browser.post(
            "/expenses/selected",
            form(try account.expenses().map(\.id), ["action": "move", "move_to": "\(leisure)"]))
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["No expense had to be changed."])
        #expect(!page.body.contains("/undo\""))
        #expect(await account.browser.get("/expenses?select=1").notices == [])
    }

    @Test func `ticked expenses are moved, tagged and deleted, each with one Undo`() async throws {
        let account = try await account(4)
        let before = try account.expenses()
        let ids = [before[0].id, before[2].id]
        let health = account.category("Health")
        for (fields, notice) in [
            (["action": "move", "move_to": "\(health)"], "Moved 2 expenses to Health."),
            (["action": "tag", "tag": "#new tag"], "Added #new-tag to 2 expenses."),
            (["action": "delete"], "Deleted 2 expenses."),
        ] as [(KeyValuePairs<String, String>, String)] {
            var sent = form(ids, fields)
            sent.append("filter", "year=2026")
            let answer = await account.browser.post("/expenses/selected", sent)
            #expect(answer.status == 303)
            let page = await account.browser.visit(try #require(answer.location))
            #expect(page.notices == [notice])
            let changed = try account.expenses()
            #expect(changed != before)
            #expect(Set(changed).intersection(before).count == 2)
            let undo = try #require(page.between("action=\"/expenses/selected/", "\""))
            let undone = await account.browser.post(
                "/expenses/selected/" + undo, ["return": "/expenses?year=2026"])
            #expect(undone.location == "/expenses?year=2026&undone=1")
            #expect(try account.expenses() == before)
            #expect(await account.browser.post("/expenses/selected/" + undo).status == 404)
        }
    }

    @Test func `a tag is taken off those that are ticked, however it is spelled`() async throws {
        let account = try await account(2)
        let ids = try account.expenses().map(\.id)
        _ = await account.browser.post("/expenses/selected", form(ids, ["action": "tag", "tag": "Café"]))
        let answer = await account.browser.post(
            "/expenses/selected", form([ids[0]], ["action": "untag", "tag": "cafe"]))
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Took #cafe off 1 expense."])
        #expect(try account.expenses().map(\.description) == ["Thing 2", "Thing 1 #Café"])
    }

    @Test(
        arguments: [
            (["action": "delete"], false, "Tick the expenses that you mean."),
            (["action": "move", "move_to": ""], true, "Choose the category that they move to."),
            (["action": "move", "move_to": "999"], true, "Choose the category that they move to."),
            (["action": "tag", "tag": ""], true, "Enter a tag."),
            (["action": "tag", "tag": "7up"], true, "begins with a letter"),
            (["action": "explode", "tag": "7up"], true, "Choose what to do with them."),
        ] as [([String: String], Bool, String)])
    func `a form that says too little comes back as it was`(
        fields: [String: String], hasTicks: Bool, message: String
    ) async throws {
        let account = try await account(3)
        let before = try account.expenses()
        var sent = FormData(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        if hasTicks { sent.append("expense", before[1].id.description) }
        sent.append("filter", "q=thing")
        let answer = await account.browser.post("/expenses/selected", sent)
        #expect(answer.status == 422)
        #expect(answer.body.contains(message))
        #expect(
            answer.all("name=\"expense\" value=\"", ">").map { $0.contains("checked") } == [
                false, hasTicks, false,
            ])
        #expect(answer.value("tag") == fields["tag"] ?? "")
        #expect(answer.value("filter") == "q=thing")
        #expect(try account.expenses() == before)
    }

    @Test func `more than 50, and all that match, are named with their total first`() async throws {
        let account = try await account(60)
        let before = try account.expenses()
        let page = await account.browser.get("/expenses?select=1")
        #expect(page.body.contains("All 60 that match, on every page"))
        for sent in [
            form(before.map(\.id), ["action": "tag", "tag": "many"]),
            form([], ["all": "1", "filter": "q=thing", "action": "tag", "tag": "many"]),
        ] {
            let asked = await account.browser.post("/expenses/selected", sent)
            #expect(asked.status == 200)
            #expect(asked.body.contains("<h1>Add #many to 60 expenses?</h1>"))
            #expect(asked.body.contains("<strong>$60.00</strong> in total."))
            #expect(asked.value("confirm") == "1")
            #expect(try account.expenses() == before)
            // Its button sends the form as it stands in the page.
            var confirmed = FormData()
            for input in asked.all("<input type=\"hidden\" name=\"", "\">") {
                let parts = input.split(separator: "\" value=\"", omittingEmptySubsequences: false)
                confirmed.append(String(parts[0]), String(parts[1]))
            }
            let answer = await account.browser.post("/expenses/selected", confirmed)
            #expect(answer.status == 303)
            #expect(try account.expenses().allSatisfy { $0.description.hasSuffix(" #many") })
            let notice = await account.browser.visit(try #require(answer.location))
            #expect(notice.notices == ["Added #many to 60 expenses."])
            let undo = try #require(notice.between("action=\"/expenses/selected/", "\""))
            _ = await account.browser.post("/expenses/selected/" + undo)
            #expect(try account.expenses() == before)
        }
        let none = await account.browser.post(
            "/expenses/selected", form([], ["all": "1", "filter": "q=nothing", "action": "delete"]))
        #expect(none.status == 422)
        #expect(none.body.contains("Nothing matches any more."))
    }

    @Test(arguments: [
        ("month=13", "The filter could not be read."),
        ("category=x&year=2026", "The filter could not be read."),
        ("q=" + String(repeating: "%E6%B1%89", count: 500), "Nothing matches any more."),
        ("q=" + String(repeating: "x", count: 501), "The filter could not be read."),
        ("tag=none&category=1", "Nothing matches any more."),
    ])
    func `all that match are never more than the filter says`(filter: String, message: String) async throws {
        let account = try await account(3)
        let answer = await account.browser.post(
            "/expenses/selected", ["all": "1", "filter": filter, "action": "delete", "confirm": "1"])
        #expect(answer.status == 422)
        #expect(answer.body.contains(message))
        #expect(try account.expenses().count == 3)
    }

    @Test func `500 can be ticked, and no more`() async throws {
        let account = try await account(1)
        let ids = (1...501).map { Expense.ID(Int64($0)) }
        let answer = await account.browser.post(
            "/expenses/selected", form(ids, ["action": "delete", "confirm": "1"]))
        #expect(answer.status == 422)
        #expect(answer.body.contains("Tick 500 expenses at most, or choose all that match."))
        #expect(try account.expenses().count == 1)
    }

    @Test func `another user's expenses stay as they are`() async throws {
        let account = try await account(2)
        let other = try await Account(in: account.app, "bob")
        let id = try await other.spend(100, on: "2026-11-02", "Bob's")
        try await account.spend(100, on: "2026-11-02", "Mine")
        _ = await account.browser.post(
            "/expenses/selected", form([id, Expense.ID(99)], ["action": "delete"]))
        #expect(try other.expenses().count == 1)
        // Numbers count each user's own: it was the first of this user's.
        #expect(try account.expenses().count == 2)
    }

    @Test func `many thousands are changed in steps, while other pages are answered`() async throws {
        let account = try await account(3_000)
        let answer = await account.browser.post(
            "/expenses/selected",
            ["all": "1", "action": "tag", "tag": "many", "confirm": "1"])
        #expect(answer.status == 303)
        #expect(await account.browser.get("/expenses").status == 200)
        while try account.app.storage.read({ try !$0.longWrites.all(of: account.user.id).isEmpty }) {
            await Task.yield()
        }
        #expect(try account.expenses().allSatisfy { $0.description.hasSuffix(" #many") })
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Added #many to 3,000 expenses."])
        #expect(try account.app.storage.check().findings == [])
    }
}
