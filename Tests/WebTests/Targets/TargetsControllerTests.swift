import Expenses
import HTTP
import Storage
import Testing

@Suite struct TargetsControllerTests {
    /// On 23 November 2026, with $60 of groceries and $5 of leisure.
    private static func account() async throws -> Account {
        let account = try await Account(in: TestApp())
        try await account.spend(6000, "Groceries", on: "2026-11-05")
        try await account.spend(500, "Leisure", on: "2026-11-06")
        try await account.spend(12_000, "Groceries", on: "2026-10-05")
        return account
    }

    private static func groceries(_ account: Account) throws -> String {
        try #require(account.categories.first { $0.name == "Groceries" }).id.description
    }

    private static func bars(_ page: TestBrowser.Answer) -> [String] {
        page.between("class=\"targets\"", "</ul>")?.matches(of: #/<small[^>]*>([^<]*)/#).map { String($0.1) }
            ?? []
    }

    @Test func `the month's card says what is left, a day and in all`() async throws {
        let account = try await Self.account()
        #expect(Self.bars(await account.browser.get("/expenses")).isEmpty)
        let id = try Self.groceries(account)
        let saved = await account.browser.post("/targets", ["category": id, "amount": "100"])
        #expect(saved.status == 303)
        #expect(await account.browser.get(try #require(saved.location)).notices == ["Saved the target."])
        _ = await account.browser.post("/targets", ["category": "", "amount": "50"])
        let page = await account.browser.get("/expenses")
        #expect(Self.bars(page) == ["$15.00 over", "$40.00 left, $5.00 a day until 30 November"])
        #expect(page.body.contains(">$60.00 of $100.00</a>"))
        #expect(
            page.body.contains("<a href=\"/expenses?category=\(id)&amp;month=11&amp;year=2026\">$60.00 of"))
        // A month before the target has none, and a part of a month either.
        #expect(Self.bars(await account.browser.get("/expenses?month=10&year=2026")).isEmpty)
        #expect(Self.bars(await account.browser.get("/expenses?q=x")).isEmpty)
        #expect(Self.bars(await account.browser.get("/expenses?month=11&year=2026&category=\(id)")).isEmpty)
    }

    @Test func `a target is calculated, and the notice tells how it was read`() async throws {
        let account = try await Self.account()
        func set(_ amount: String) async throws -> [String] {
            let saved = await account.browser.post("/targets", ["category": "", "amount": amount])
            return await account.browser.visit(try #require(saved.location)).notices
        }
        #expect(try await set("3*12.50") == ["Saved the target. 3 × 12.50 = $37.50."])
        #expect(try await set("12.345") == ["Saved the target. “12.345” was read as $12,345.00."])
        #expect(try await set("100") == ["Saved the target."])
        let made = await account.browser.get("/targets?saved=1&typed=1%2B1")
        #expect(made.notices == ["Saved the target."])
    }

    @Test func `a target holds from its month on, and earlier months keep theirs`() async throws {
        let account = try await Self.account()
        let id = try Self.groceries(account)
        for (month, amount) in [("2026-09", "150"), ("2026-11", "80")] {
            _ = await account.browser.post("/targets", ["category": id, "amount": amount, "month": month])
        }
        #expect(Self.bars(await account.browser.get("/expenses?month=10&year=2026")) == ["$30.00 left"])
        #expect(Self.bars(await account.browser.get("/targets?month=2026-10")) == ["$30.00 left"])
        #expect(Self.bars(await account.browser.get("/targets?month=2026-08")).isEmpty)
        #expect(
            Self.bars(await account.browser.get("/targets")) == ["$20.00 left, $2.50 a day until 30 November"]
        )
        let removed = await account.browser.post(
            "/targets", ["category": id, "amount": " ", "month": "2026-11"])
        #expect(removed.location == "/targets?month=2026-11&removed=1")
        #expect(Self.bars(await account.browser.get("/targets")).isEmpty)
        #expect(Self.bars(await account.browser.get("/targets?month=2026-10")) == ["$30.00 left"])
    }

    @Test(
        arguments: [
            (["category": "999", "amount": "1"], "category"), (["category": "x", "amount": "1"], "category"),
            (["amount": "-5"], "amount"), (["amount": "0"], "amount"), (["amount": "many"], "amount"),
            (["amount": "5", "month": "November"], "month"),
        ] as [(KeyValuePairs<String, String>, String)])
    func `a target that makes no sense comes back with a message`(
        fields: KeyValuePairs<String, String>, field: String
    ) async throws {
        let account = try await Self.account()
        let answer = await account.browser.post("/targets", fields)
        #expect(answer.status == 422)
        #expect(answer.all("<li><a href=\"#", "\"") == [field])
    }

    @Test func `the average of the last six whole months is offered`() async throws {
        let account = try await Self.account()
        let page = await account.browser.get("/targets")
        let id = try Self.groceries(account)
        #expect(page.body.contains("<a href=\"/targets?category=\(id)&amp;amount=20.00#amount\">$20.00</a>"))
        #expect(page.body.contains("<a href=\"/targets?category=&amp;amount=20.00#amount\">$20.00</a>"))
        let filled = await account.browser.get("/targets?category=\(id)&amount=20.00")
        #expect(filled.body.contains("value=\"20.00\""))
        #expect(filled.body.contains("<option value=\"\(id)\" selected>Groceries\n"))
    }

    @Test func `a category that goes takes its targets along`() async throws {
        let account = try await Self.account()
        let id = try Self.groceries(account)
        _ = await account.browser.post("/targets", ["category": id, "amount": "100"])
        let other = try #require(account.categories.first { $0.name == "Others" }).id.description
        _ = await account.browser.post("/categories/\(id)/delete", ["move_to": other, "confirm": "1"])
        #expect(try account.app.storage.read { try $0.targets.all(of: account.user.id) }.isEmpty)
        #expect(Self.bars(await account.browser.get("/expenses")).isEmpty)
        #expect(try account.app.storage.check().findings.isEmpty)
    }

    @Test func `an account has a thousand targets at most`() async throws {
        let account = try await Self.account()
        let owner = account.user.id
        await #expect(throws: AppError.tooMany(.targets)) {
            try await account.app.storage.write(of: owner) { stores in
                var month = try #require(YearMonth("1950-01"))
                for number in 1...1001 {
                    try stores.targets.set(
                        Target(category: nil, month: month, amount: Money(minorUnits: Int64(number))),
                        owner: owner)
                    month = month.advanced(by: 1)
                }
            }
        }
    }

    @Test func `what holds already is not kept twice`() async throws {
        let account = try await Self.account()
        for month in ["2026-01", "2026-02", "2026-03"] {
            _ = await account.browser.post("/targets", ["amount": "100", "month": month])
        }
        let stored = try account.app.storage.read { try $0.targets.all(of: account.user.id) }
        #expect(stored.map(\.month.description) == ["2026-01"])
    }

    @Test func `the account's file has the targets`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let id = try Self.groceries(account)
        _ = await account.browser.post("/targets", ["category": id, "amount": "100", "month": "2026-09"])
        _ = await account.browser.post("/targets", ["category": id, "amount": "", "month": "2026-10"])
        _ = await account.browser.post("/targets", ["category": "", "amount": "900", "month": "2026-09"])
        let file = await account.browser.get("/account/everything.json").body
        let other = try await Account(in: app, "eve")
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n\(file)\r\n--b--\r\n"
        let answer = await other.browser.send(
            .post, "/account/data", headers: ["Content-Type": "multipart/form-data; boundary=b"],
            body: Array(body.utf8))
        #expect(answer.location == "/account/data?imported=0")
        let again = await other.browser.get("/account/everything.json").body
        #expect(again == file)
    }
}
