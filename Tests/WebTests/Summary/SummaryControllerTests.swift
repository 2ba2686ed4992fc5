import Expenses
import Testing

@Suite struct SummaryControllerTests {
    @Test func `a year stands beside the one before, and every figure leads to its rows`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1000, "Groceries", on: "2026-01-15")
        try await account.spend(500, "Groceries", on: "2026-01-16")
        try await account.spend(250, "Health", on: "2026-11-23")
        try await account.spend(-100, "Health", on: "2026-03-01")
        try await account.spend(2000, "Leisure", on: "2025-01-31")
        try await account.spend(4000, "Leisure", on: "2025-12-31")
        let page = await account.browser.get("/summary")
        #expect(page.status == 200)
        #expect(page.body.contains("<h1>Summary of 2026</h1>"))
        #expect(page.body.contains("<h2>2026 so far</h2>"))
        #expect(
            page.body.contains(
                "<p>$3.50 (18%) less than <a href=\"/expenses?from=2025-01-01&amp;to=2025-11-23\">on the same days of 2025 ($20.00)</a>."
            ))
        let links = page.all("<td><a href=\"", "</a>").filter { !$0.contains("<svg") }
        #expect(links.count > 10)
        for link in links {
            let parts = link.split(separator: "\">")
            let amount = String(parts[1]).replacing("$", with: "")
            let shown = amount.hasPrefix("-") ? "-$" + amount.dropFirst() : "$" + amount
            let rows = await account.browser.get(String(parts[0]).replacing("&amp;", with: "&"))
            #expect(rows.match?.contains("\(shown) in total") == true, "\(link)")
        }
        let columns = page.all("><title>", "</title>").filter { $0.contains("2026: $") }
        #expect(columns.contains("January 2026: $15.00, 2 expenses; 2025: $20.00"))
    }

    @Test func `a month's figure stands on its own column, whatever the year before had`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(71_400, on: "2026-10-15")
        try await account.spend(76_400, on: "2025-10-15")
        let chart = try #require(
            await account.browser.get("/summary").between("<svg class=\"chart\"", "</svg>"))
        let column = try #require(chart.split(separator: "<title>").first { $0.hasPrefix("October 2026") })
        let end = try #require(column.firstMatch(of: #/<path d="M0 [\d.]+V([\d.]+)"/#)?.1)
        let figure = try #require(column.firstMatch(of: #/<text y="([\d.]+)"/#)?.1)
        let (top, foot) = (try #require(Double(end)), try #require(Double(figure)))
        #expect(abs(top - 4 - foot) < 0.1)
        #expect(column.hasPrefix("October 2026: $714.00, 1 expense; 2025: $764.00"))
    }

    @Test(arguments: [
        // Day by day also in December, and on a leap day beside the last of February; a year that is over as a whole.
        (12, 2026, "2026 so far", "from=2025-01-01&amp;to=2025-12-05\">on the same days of 2025"),
        (38, 2026, "2026", "year=2025\">in 2025"), (12, 2024, "2024", "year=2023\">in 2023"),
        (463, 2028, "2028 so far", "from=2027-01-01&amp;to=2027-02-28\">on the same days of 2027"),
    ])
    func `a year that goes on is compared with the same days of the year before`(
        daysLater: Int64, year: Int, heading: String, link: String
    ) async throws {
        let app = try TestApp()
        app.clock.advance(by: daysLater * 86_400)
        let account = try await Account(in: app)
        for day in ["02-28", "12-05", "12-06"] {
            for year in [year - 1, year] { try await account.spend(100, on: "\(year)-\(day)") }
        }
        let page = await account.browser.get("/summary?year=\(year)")
        #expect(page.body.contains("<h2>\(heading)</h2>"))
        #expect(page.body.contains("<a href=\"/expenses?\(link) ($"))
        let next = await account.browser.get("/summary?year=\(year + 9)")
        #expect(!next.body.contains("<h2>\(year + 9)"))
    }

    @Test func `a year without expenses says so and leads to one with some`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1000, on: "2026-01-15")
        let page = await account.browser.get("/summary?year=2019")
        #expect(page.body.contains("No expenses in 2019"))
        #expect(page.body.contains("<a href=\"/summary?year=2026\">2026</a>"))
    }

    @Test(arguments: ["1900", "2999"])
    func `the first and the last year have a page`(year: String) async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1000, on: "\(year)-12-31")
        let page = await account.browser.get("/summary?year=\(year)")
        #expect(page.status == 200)
        #expect(page.body.contains("$10.00"))
    }

    @Test(arguments: ["20", "x", "1899", "3000"])
    func `a year that makes no sense is left out, and a notice says so`(year: String) async throws {
        let account = try await Account(in: TestApp())
        let page = await account.browser.get("/summary?year=\(year)")
        #expect(page.body.contains("<h1>Summary of 2026</h1>"))
        #expect(page.notices == ["Ignored: year “\(year)”."])
    }
}
