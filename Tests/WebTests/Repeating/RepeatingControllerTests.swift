import Expenses
import HTTP
import Storage
import Testing
import Web

/// It is Monday, 23 November 2026.
@Suite struct RepeatingControllerTests {
    private func account(_ quota: Int = 1_000_000) async throws -> Account {
        var options = Storage.Options()
        options.userQuota = quota
        return try await Account(in: TestApp(storage: options))
    }

    private func add(
        _ account: Account, _ fields: KeyValuePairs<String, String> = [:]
    ) async -> TestBrowser.Answer {
        var form = FormData([
            ("amount", "12.99"), ("category", account.category("Leisure").description),
            ("description", "Netflix"), ("first", "2026-12-04"), ("every", "1"), ("unit", "month"),
        ])
        for (name, value) in fields {
            form.fields.removeAll { $0.name == name }
            form.append(name, value)
        }
        return await account.browser.post("/repeating", form)
    }

    private func rules(_ account: Account) throws -> [RepeatingExpense] {
        try account.app.storage.read { try $0.repeating.all(of: account.user.id) }
    }

    @Test func `one is added, shown with its next day and what it comes to, and recorded on its day`()
        async throws
    {
        let account = try await account()
        let answer = await add(account)
        #expect(answer.status == 303)
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.body.contains("$12.99, Netflix repeats, next on 4 December 2026."))
        #expect(page.body.contains("$12.99 a month"))
        #expect(page.body.contains("Every month, next on 4 December 2026"))
        #expect(try account.expenses() == [])
        account.app.clock.advance(by: 11 * 86_400)
        let list = try await Account(renewed: account).browser.get("/expenses")
        #expect(list.body.contains("Netflix"))
        #expect(list.body.contains(#"aria-label="Repeats""#))
        #expect(try account.expenses().map(\.day.description) == ["2026-12-04"])
    }

    @Test func `the notice tells how an amount was read, when one is added and when it is changed`()
        async throws
    {
        let account = try await account()
        let added = await add(account, ["amount": "12.345"])
        let page = await account.browser.visit(try #require(added.location))
        #expect(
            page.notices == [
                "$12,345.00, Netflix repeats, next on 4 December 2026. “12.345” was read as $12,345.00. Change"
            ])
        #expect(page.body.contains("href=\"/repeating/1/edit\">Change</a>"))
        let changed = await account.browser.post(
            "/repeating/1",
            [
                "amount": "10+2.99", "category": "\(account.category("Leisure"))", "description": "Netflix",
                "first": "2026-12-04", "every": "1", "unit": "month",
            ])
        let next = await account.browser.visit(try #require(changed.location))
        #expect(
            next.notices == ["Changed $12.99, Netflix from now on. 10 + 2.99 = $12.99. Change"])
    }

    @Test func `days that have passed are asked about, and nothing typed is lost`() async throws {
        let account = try await account()
        let question = await add(account, ["first": "2026-08-04", "every": "1"])
        #expect(question.status == 422)
        #expect(question.body.contains("4 days have already come, from 4 August 2026 to 4 November 2026."))
        #expect(question.body.contains("Record 4 expenses"))
        #expect(question.body.contains(#"value="12.99""#))
        #expect(try rules(account) == [])
        let answer = await add(account, ["first": "2026-08-04", "past": "record"])
        #expect(answer.location == "/repeating?added=1&recorded=4")
        #expect(
            await account.browser.visit("/repeating?added=1&recorded=4").body.contains(
                "4 expenses were recorded."))
        #expect(try account.expenses().count == 4)
        _ = await add(account, ["first": "2026-08-04", "past": "skip"])
        #expect(try account.expenses().count == 4)
        #expect(try rules(account)[1].nextDay == Day("2026-12-04"))
        #expect(await add(account, ["past": "maybe"]).status == 422)
    }

    @Test(arguments: [
        ("amount", "twelve"), ("category", "999"), ("first", "2026-02-30"), ("every", "0"), ("every", "100"),
        ("every", "x"), ("unit", "decade"), ("until", "2026-12-03"), ("until", "soon"),
        ("description", String(repeating: "x", count: 501)),
    ])
    func `what is wrong is said at its field, and the form comes back`(field: String, value: String)
        async throws
    {
        let account = try await account()
        let answer = await add(account)
        #expect(answer.status == 303)
        var form = FormData([
            ("amount", "12.99"), ("category", account.category("Leisure").description),
            ("description", "Netflix"), ("first", "2026-12-04"), ("every", "3"), ("unit", "month"),
        ])
        form.fields.removeAll { $0.name == field }
        form.append(field, value)
        for path in ["/repeating", "/repeating/1"] {
            let page = await account.browser.post(path, form)
            #expect(page.status == 422)
            #expect(page.body.contains("href=\"#\(field)\""), "\(field)")
            #expect(page.body.contains("id=\"\(field)-problem\""), "\(field)")
        }
        #expect(try rules(account).count == 1)
    }

    @Test func `paused, resumed, skipped, changed and deleted, and each taken back`() async throws {
        let account = try await account()
        _ = await add(account)
        let browser = account.browser
        func next() throws -> Day? { try rules(account).first?.nextDay }
        for (path, told) in [
            ("pause", "Paused $12.99, Netflix."),
            ("skip", "Skipped once: $12.99, Netflix, next on 4 January 2027."),
            ("delete", "no longer repeats"),
        ] {
            let answer = await browser.post("/repeating/1/\(path)")
            let page = await browser.visit(try #require(answer.location))
            #expect(page.body.contains(told), "\(path)")
            let undo = try #require(
                page.body.firstMatch(of: #/action="(/repeating/1/restore\?change=[0-9]+)"/#)?.1)
            let restored = await browser.post(String(undo))
            #expect(restored.location == "/repeating?restored=1")
            #expect(try next() == Day("2026-12-04"), "\(path)")
            #expect(await browser.post(String(undo)).location == "/repeating?unchanged=1")
            #expect(await browser.get("/repeating?unchanged=1").body.contains("nothing to take back"))
        }
        _ = await browser.post("/repeating/1/pause")
        #expect(try next() == nil)
        _ = await browser.post("/repeating/1/resume")
        #expect(try next() == Day("2026-12-04"))
        let page = await browser.get("/repeating/1/edit")
        #expect(page.body.contains("Leaves out 4 December 2026 alone."))
        let changed = await browser.post(
            "/repeating/1",
            [
                "amount": "14.99", "category": account.category("Leisure").description,
                "description": "Netflix", "first": "2026-12-04", "every": "1", "unit": "month",
            ])
        #expect(await browser.visit(try #require(changed.location)).body.contains("Changed $14.99, Netflix"))
        #expect(try rules(account).first?.amount == Money(minorUnits: 1499))
    }

    @Test func `another user's ids and unknown ids are both 404`() async throws {
        let account = try await account()
        _ = await add(account)
        let bob = try await Account(in: account.app, "bob")
        for id in ["1", "99", "x"] {
            let visitor = id == "1" ? bob.browser : account.browser
            #expect(await visitor.get("/repeating/\(id)/edit").status == 404)
            for action in ["", "/pause", "/resume", "/skip", "/delete", "/restore"] {
                #expect(await visitor.post("/repeating/\(id)\(action)").status == 404, "\(id)\(action)")
            }
        }
        #expect(try rules(account).first?.isPaused == false)
    }

    @Test func `the dashboard shows what is to come this month beside its totals`() async throws {
        let account = try await account()
        try await account.spend(1000, "Groceries", on: "2026-11-20")
        _ = await add(account, ["first": "2026-11-27"])
        _ = await add(
            account,
            ["first": "2026-11-30", "amount": "5", "category": account.category("Health").description])
        _ = await add(account, ["first": "2026-12-01", "amount": "900"])
        let page = await account.browser.get("/expenses")
        #expect(page.body.contains("To come in November"))
        #expect(page.body.contains("$17.99"))
        #expect(page.body.contains("$27.99 is expected by the end of November."))
        #expect(page.body.contains("1 expense</h2>"))
        let health = await account.browser.get("/expenses?category=\(account.category("Health"))")
        #expect(health.body.contains("$5.00 is expected by the end of November."))
        #expect(!(await account.browser.get("/expenses?month=10&year=2026").body.contains("To come")))
        #expect(!(await account.browser.get("/expenses?q=milk").body.contains("To come")))
    }

    @Test func `an expense is made to repeat, and is the first one`() async throws {
        let account = try await account()
        let id = try await account.spend(1299, "Leisure", on: "2026-09-04", "Netflix")
        let page = await account.browser.get("/expenses/\(id)/edit")
        #expect(page.body.contains("/repeating?from=\(id)"))
        let form = await account.browser.get("/repeating?from=\(id)")
        #expect(form.body.contains(#"value="2026-09-04""#))
        #expect(form.body.contains(#"name="from" value="\#(id)""#))
        let question = await add(account, ["first": "2026-09-04", "from": "\(id)"])
        #expect(question.body.contains("2 days have already come, from 4 October 2026 to 4 November 2026."))
        _ = await add(account, ["first": "2026-09-04", "from": "\(id)", "past": "record"])
        #expect(try account.expenses().map(\.day.description) == ["2026-11-04", "2026-10-04", "2026-09-04"])
        #expect(await account.browser.get("/expenses?repeating=1").body.contains("3 expenses</h2>"))
        #expect(await account.browser.get("/expenses?repeating=1").body.contains("Repeating: Netflix"))
        #expect(
            await account.browser.get("/expenses?repeating=7").body.contains("No expense matches"))
        #expect(!(await account.browser.get("/expenses/\(id)/edit").body.contains("/repeating?from=")))
    }

    /// Each row: the days and cents of expenses that were saved one after the other, and what the last one's page offers.
    @Test(
        arguments: [
            ([("2026-09-04", 1299), ("2026-10-04", 1299), ("2026-11-04", 1399)], "every=1&amp;unit=month"),
            ([("2026-11-01", 500), ("2026-11-08", 500), ("2026-11-15", 500)], "every=1&amp;unit=week"),
            ([("2024-11-04", 500), ("2025-11-04", 500), ("2026-11-04", 500)], "every=1&amp;unit=year"),
            // A fourth one has been offered before.
            ([("2026-08-04", 500), ("2026-09-04", 500), ("2026-10-04", 500), ("2026-11-04", 500)], ""),
            ([("2026-09-04", 500), ("2026-10-04", 500), ("2026-11-05", 500)], ""),
            ([("2026-09-04", 500), ("2026-10-04", 500), ("2026-11-04", 600)], ""),
            ([("2026-11-02", 500), ("2026-11-03", 500), ("2026-11-04", 500)], ""),
            ([("2026-10-04", 500), ("2026-11-04", 500)], ""),
        ] as [([(String, Int64)], String)])
    func `what has come three times at equal distances is offered to repeat`(
        saved: [(day: String, cents: Int64)], offer: String
    ) async throws {
        let account = try await account()
        var last: Expense.ID?
        for (day, cents) in saved { last = try await account.spend(cents, "Leisure", on: day, "Netflix") }
        let page = await account.browser.get("/expenses?saved=\(try #require(last))&as=latest")
        #expect(page.body.contains("It has come three times at equal distances.") == !offer.isEmpty)
        let link = page.between("href=\"/repeating?", "\"")
        #expect(link == (offer.isEmpty ? nil : "from=\(try #require(last))&amp;\(offer)"))
        #expect(!(await account.browser.get("/expenses").body.contains("three times")))
        guard !offer.isEmpty, let link else { return }
        let form = await account.browser.get("/repeating?\(link.replacing("&amp;", with: "&"))")
        let unit = try #require(offer.split(separator: "=").last)
        #expect(form.body.contains("<option value=\"\(unit)\" selected>"))
        // Who has it repeat is not asked any more.
        _ = await add(account)
        let again = await account.browser.get("/expenses?saved=\(try #require(last))&as=latest")
        #expect(!again.body.contains("three times"))
    }

    @Test func `a recorded expense is changed alone, or from now on`() async throws {
        let account = try await account()
        _ = await add(account, ["first": "2026-11-04"])
        let id = try #require(try account.expenses().first?.id)
        let fields: KeyValuePairs = [
            "amount": "13.99", "category": account.category("Leisure").description, "date": "2026-11-05",
            "description": "Netflix",
        ]
        #expect(await account.browser.get("/expenses/\(id)/edit").body.contains("from_now_on"))
        _ = await account.browser.post("/expenses/\(id)", fields)
        #expect(try rules(account).first?.amount == Money(minorUnits: 1299))
        var form = FormData(fields.map { ($0.key, $0.value) })
        form.append("from_now_on", "1")
        _ = await account.browser.post("/expenses/\(id)", form)
        #expect(try rules(account).first?.amount == Money(minorUnits: 1399))
        #expect(try rules(account).first?.nextDay == Day("2026-12-04"))
        form.fields.removeAll { $0.name == "amount" }
        form.append("amount", "x")
        let wrong = await account.browser.post("/expenses/\(id)", form)
        #expect(wrong.body.contains(#"name="from_now_on" value="1" checked"#))
    }

    @Test func `a form that comes again adds one, and a changed one is asked about`() async throws {
        let account = try await account()
        let first = await add(account, ["form": "once"])
        account.app.clock.advance(by: 5)
        #expect(await add(account, ["form": "once"]).location == first.location)
        let changed = await add(account, ["form": "once", "amount": "20"])
        #expect(changed.status == 422)
        #expect(changed.body.contains("Already saved as $12.99, Netflix."))
        #expect(changed.body.contains(#"value="20""#))
        #expect(try rules(account).count == 1)
    }

    @Test func `until all is recorded pages say so, and downloads and the API are asked to come again`()
        async throws
    {
        let account = try await account()
        let owner = account.user.id
        let rule = RepeatingExpense(
            amount: Money(minorUnits: 1), category: account.category("Leisure"), description: "",
            repetition: Repetition(first: try #require(Day("2024-01-01")), unit: .day))
        // As a copy of the program that was killed after its first write has left it.
        try await account.app.storage.write(of: owner) { stores in
            _ = try stores.repeating.insert(rule, owner: owner, at: 0)
            _ = try stores.repeating.recordDue(
                through: try #require(Day("2026-11-23")), of: owner, at: 0)
        }
        let page = await account.browser.get("/expenses")
        #expect(page.status == 200)
        #expect(page.body.contains("Repeating expenses are being recorded."))
        for path in ["/expenses.csv", "/account/everything.json"] {
            let answer = await account.browser.get(path)
            #expect(answer.status == 503, "\(path)")
            #expect(answer.headers["Retry-After"] != nil)
        }
        let api = APIClient(account)
        let answer = await api.get("/api/v1/expenses")
        #expect(answer.status == 503)
        #expect(answer.isProblem)
        #expect(answer.headers["Retry-After"] != nil)
        account.app.storage.goOnWithLongWrites()
        while try account.app.storage.read({ try $0.repeating.isUnderWay(of: owner) }) { await Task.yield() }
        #expect(await api.get("/api/v1/expenses").status == 200)
        #expect(await account.browser.get("/expenses.csv").status == 200)
        #expect(await account.browser.get("/expenses").body.contains("1,058 expenses"))
    }

    @Test func `where the account is full pages say so, and nothing is skipped`() async throws {
        let account = try await account(2)
        for _ in 0..<2 { try await account.spend(100, on: "2026-11-01") }
        _ = await add(account, ["first": "2026-11-22"])
        let page = await account.browser.get("/expenses")
        #expect(page.status == 200)
        #expect(page.body.contains("Repeating expenses are waiting: your account is full (2 expenses"))
        #expect(await APIClient(account).get("/api/v1/expenses").status == 200)
        #expect(try rules(account).first?.next == 0)
    }
}

extension Account {
    /// The same user after some days, with a session of that time.
    fileprivate init(renewed account: Account) async throws {
        try await self.init(of: account.user.username, in: account.app)
    }
}
