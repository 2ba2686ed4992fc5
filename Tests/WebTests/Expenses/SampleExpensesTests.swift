import Expenses
import Storage
import Testing

@Suite struct SampleExpensesTests {
    @Test func `a new account can look at samples and take them away with one press`() async throws {
        let account = try await Account(in: TestApp())
        let empty = await account.browser.get("/expenses")
        #expect(empty.body.contains("<form method=\"post\" action=\"/expenses/samples\">"))
        for _ in 0..<2 {
            #expect(await account.browser.post("/expenses/samples").location == "/expenses")
        }
        let shown = await account.browser.get("/expenses")
        #expect(shown.notices == ["These are sample expenses, for a look around."])
        #expect(shown.body.contains("<form method=\"post\" action=\"/expenses/samples/remove\">"))
        #expect(!shown.body.contains("action=\"/expenses/samples\""))
        let samples = try account.expenses()
        #expect(samples.count > 50)
        #expect(Set(samples.map(\.category)) == Set(account.categories.map(\.id)))
        #expect(samples.allSatisfy { $0.day.number <= 20_261_123 && $0.amount != .zero })
        let kept = try await account.spend(500, on: "2026-11-20", "Mine")
        _ = await account.browser.post("/expenses/\(samples[0].id)/delete")
        #expect(await account.browser.post("/expenses/samples/remove").location == "/expenses")
        #expect(try account.expenses().map(\.id) == [kept])
        #expect(await account.browser.get("/expenses").notices == [])
        #expect(await account.browser.get("/expenses/deleted").body.contains("There is nothing here."))
        let suggestions = try account.app.storage.read {
            try $0.overview.find(of: account.user.id).descriptions
        }
        #expect(suggestions == ["Mine"])
    }

    @Test func `an account with expenses gets no samples`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(500, on: "2026-11-20")
        _ = await account.browser.post("/expenses/samples")
        #expect(try account.expenses().count == 1)
    }

    @Test func `a form cannot pass its expense off as a sample`() async throws {
        let account = try await Account(in: TestApp())
        _ = await account.browser.post(
            "/expenses", ["form": "sample:1", "amount": "5", "date": "2026-11-20"])
        _ = await account.browser.post("/expenses/samples/remove")
        #expect(try account.expenses().count == 1)
    }

    @Test func `somebody else's samples stay`() async throws {
        let account = try await Account(in: TestApp())
        let other = try await Account(in: account.app, "bob")
        _ = await other.browser.post("/expenses/samples")
        _ = await account.browser.post("/expenses/samples/remove")
        #expect(try other.expenses().count > 50)
    }
}
