import HTTP
import Storage
import TestDatabase
import Testing

@Suite struct ErrorPagesTests {
    @Test(.enabled(if: TestDatabase.isFile))
    func `a full disk is told in words, and what was typed is kept to be sent again`() async throws {
        var options = Storage.Options()
        options.maxPages = 80
        let ada = try await TestApp(storage: options).loggedIn()
        let note = String(repeating: "long ", count: 90)
        var refused: TestBrowser.Answer?
        for amount in 1...2000 where refused == nil {
            let answer = await ada.post(
                "/expenses",
                ["amount": "\(amount).25", "date": "2026-11-20", "description": note + "& \"so\""])
            if answer.status != 303 { refused = answer }
        }
        let answer = try #require(refused)
        #expect(answer.status == 507)
        #expect(answer.body.contains("The disk is full"))
        #expect(answer.body.contains("action=\"/expenses\""))
        #expect(answer.body.contains("name=\"description\" value=\"\(note)&amp; &#34;so&#34;\""))
        #expect(answer.body.contains("name=\"form\""))
        // What was there is still there, and can be read.
        #expect(await ada.get("/expenses").status == 200)
    }

    @Test func `the page of an unknown error names the request's number for the log`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        app.storage.close()
        let answer = await ada.post("/expenses", ["amount": "5", "date": "2026-11-20"])
        #expect(answer.status == 500)
        #expect(answer.body.contains("Something went wrong here"))
        let number = try #require(answer.headers["X-Request-Id"])
        #expect(answer.body.contains("<code>\(number)</code>"))
        #expect(!answer.body.lowercased().contains("sqlite"))
    }

    @Test func `a page that could not be shown is one press away`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        try RawDatabase(app.storage.path).execute("DROP VIEW current_totals")
        let answer = await ada.get("/summary?year=2025")
        #expect(answer.status == 500)
        #expect(answer.body.contains("href=\"/summary?year=2025\">Try again</a>"))
        // An address that a browser would take for another site's is not repeated.
        #expect(await !ada.get("//elsewhere.example/").body.contains("elsewhere"))
    }
}
