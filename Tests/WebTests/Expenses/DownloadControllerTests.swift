import HTTP
import Testing

@Suite struct DownloadTests {
    @Test func `the file has the rows of the filtered list, in its order, all pages of them`() async throws {
        let ada = try await TestApp().loggedIn()
        for number in 1...60 {
            _ = await ada.post(
                "/expenses",
                [
                    "amount": "\(number),50", "category": "1",
                    "date": "2026-10-\(number % 28 + 10 > 28 ? "11" : "12")",
                    "description": "October \(number)",
                ])
        }
        _ = await ada.post(
            "/expenses",
            ["amount": "-3", "category": "6", "date": "2026-11-20", "description": "=refund, \"half\""])

        let all = await ada.get("/expenses.csv")
        #expect(all.status == 200)
        #expect(all.headers["Content-Type"]?.hasPrefix("text/csv; charset=utf-8") == true)
        #expect(all.headers["Content-Disposition"] == "attachment; filename=\"expenses.csv\"")
        let lines = all.body.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 63)
        #expect(lines[0] == "date,amount,category,description")
        #expect(lines[1] == "2026-11-20,-3.00,Health,\"'=refund, \"\"half\"\"\"")
        #expect(lines[62] == "")
        #expect(Set(lines[2..<62].map { $0.split(separator: ",")[3] }).count == 60)
        let days = lines[2..<62].map { String($0.prefix(10)) }
        #expect(days == days.sorted(by: >))

        // Where a page of the list ends means nothing here.
        let found = await ada.get("/expenses.csv?category=1&month=10&q=OCTOBER+6&after=20261001.1")
        #expect(found.body.split(separator: "\r\n").count == 3)
    }

    @Test func `the dashboard leads to the file of what it shows`() async throws {
        let ada = try await TestApp().loggedIn()
        #expect(!(await ada.get("/expenses").body.contains("/expenses.csv")))
        _ = await ada.post("/expenses", ["amount": "5", "category": "1", "date": "2026-11-20"])
        #expect(await ada.get("/expenses?category=1").body.contains("href=\"/expenses.csv?category=1\""))
        #expect(await ada.get("/account/delete").body.contains("href=\"/expenses.csv\""))
    }

    @Test func `nobody gets another's file`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        _ = await ada.post("/expenses", ["amount": "5", "date": "2026-11-20", "description": "secret"])
        let eve = try await app.loggedIn(as: "eve")
        #expect(await eve.get("/expenses.csv").body == "date,amount,category,description\r\n")
        #expect(await app.browser().get("/expenses.csv").location == "/login?next=%2Fexpenses.csv")
    }
}
