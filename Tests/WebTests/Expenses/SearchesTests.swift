import Expenses
import HTTP
import Testing

/// Searches wait for their turn, and whoever has too many waiting is told to come again.
@Suite struct SearchesTests {
    @Test func `many searches of one user at once are answered or put off, those of another are answered`()
        async throws
    {
        let app = try TestApp()
        let (ada, bob) = (try await Account(in: app), try await Account(in: app, "bob"))
        try await ada.spend(100, on: "2026-11-01", "Café")
        try await bob.spend(200, on: "2026-11-02", "Cafeteria")
        let answers = await withTaskGroup(of: TestBrowser.Answer.self) { group in
            for number in 0..<60 {
                let browser = ada.browser.copy()
                group.addTask { await browser.get("/expenses?q=cafe&limit=\(number)") }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let found = answers.filter { $0.status == 200 }
        let later = answers.filter { $0.status == 429 }
        #expect(!found.isEmpty)
        #expect(found.count + later.count == 60)
        #expect(found.allSatisfy { $0.body.contains("Café") && !$0.body.contains("Cafeteria") })
        #expect(later.allSatisfy { $0.headers["Retry-After"] == "2" })
        let theirs = await bob.browser.get("/expenses?q=CAFÉ")
        #expect(theirs.match?.hasPrefix("1 expense, $2.00") == true)
    }
}
