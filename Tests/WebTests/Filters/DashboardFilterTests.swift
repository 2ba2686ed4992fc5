import Expenses
import HTTP
import Storage
import Testing

@Suite struct DashboardFilterTests {
    /// Today is 2026-11-23.
    private static func account() async throws -> Account {
        let account = try await Account(in: TestApp())
        try await account.spend(100, "Groceries", on: "2024-10-05", "old bread")
        try await account.spend(200, "Health", on: "2025-10-31", "Aspirin")
        try await account.spend(400, "Groceries", on: "2026-10-01", "Bread")
        try await account.spend(800, "Leisure", on: "2026-10-31", "100% cinema")
        try await account.spend(1600, "Health", on: "2026-11-16", "Straße")
        try await account.spend(3200, "Groceries", on: "2026-11-17", "bread and milk")
        try await account.spend(6400, "Leisure", on: "2026-11-23", "Concert")
        try await account.spend(-300, "Leisure", on: "2026-11-23", "Ticket back")
        try await account.spend(12800, "Others", on: "2026-12-24", "Gift")
        return account
    }

    static let filters: [(query: String, match: String, descriptions: [String])] = [
        (
            "", "9 expenses, $252.00 in total, $28.00 on average",
            [
                "Gift", "Ticket back", "Concert", "bread and milk", "Straße", "100% cinema", "Bread",
                "Aspirin", "old bread",
            ]
        ),
        (
            "month=10", "4 expenses, $15.00 in total, $3.75 on average",
            ["100% cinema", "Bread", "Aspirin", "old bread"]
        ),
        ("month=10&year=2026", "2 expenses, $12.00 in total, $6.00 on average", ["100% cinema", "Bread"]),
        ("year=2025", "1 expense, $2.00 in total", ["Aspirin"]),
        ("year=2019", "0 expenses, $0.00 in total", []),
        (
            "category=G", "3 expenses, $37.00 in total, $12.33 on average",
            ["bread and milk", "Bread", "old bread"]
        ),
        (
            "category=G&category=H&month=10", "3 expenses, $7.00 in total, $2.33 on average",
            ["Bread", "Aspirin", "old bread"]
        ),
        ("category=G&category=G&year=2026&month=11", "1 expense, $32.00 in total", ["bread and milk"]),
        (
            "q=BREAD", "3 expenses, $37.00 in total, $12.33 on average",
            ["bread and milk", "Bread", "old bread"]
        ),
        ("q=100%25", "1 expense, $8.00 in total", ["100% cinema"]),
        ("q=_", "0 expenses, $0.00 in total", []),
        ("q=bread&category=L", "0 expenses, $0.00 in total", []),
        (
            "from=2026-10-31&to=2026-11-16", "2 expenses, $24.00 in total, $12.00 on average",
            ["Straße", "100% cinema"]
        ),
        ("from=2026-11-24", "1 expense, $128.00 in total", ["Gift"]),
        ("to=2024-12-31", "1 expense, $1.00 in total", ["old bread"]),
        ("from=2026-11-17&to=2026-11-16", "0 expenses, $0.00 in total", []),
        (
            "period=week", "3 expenses, $93.00 in total, $31.00 on average",
            ["Ticket back", "Concert", "bread and milk"]
        ),
        (
            "period=month", "5 expenses, $117.00 in total, $23.40 on average",
            ["Ticket back", "Concert", "bread and milk", "Straße", "100% cinema"]
        ),
        (
            "period=3months", "6 expenses, $121.00 in total, $20.17 on average",
            ["Ticket back", "Concert", "bread and milk", "Straße", "100% cinema", "Bread"]
        ),
        (
            "period=year", "6 expenses, $121.00 in total, $20.17 on average",
            ["Ticket back", "Concert", "bread and milk", "Straße", "100% cinema", "Bread"]
        ),
        (
            "period=week&category=L", "2 expenses, $61.00 in total, $30.50 on average",
            ["Ticket back", "Concert"]
        ),
        (
            "month=10&from=2025-01-01", "3 expenses, $14.00 in total, $4.67 on average",
            ["100% cinema", "Bread", "Aspirin"]
        ),
        (
            "month=11&year=2026&period=week&q=bread&category=G", "1 expense, $32.00 in total",
            ["bread and milk"]
        ),
        (
            "category=&month=&year=&from=&to=&period=&q=bread&after=",
            "3 expenses, $37.00 in total, $12.33 on average", ["bread and milk", "Bread", "old bread"]
        ),
    ]

    @Test(arguments: filters)
    func `the list and its figures obey every filter`(
        query: String, match: String, descriptions: [String]
    ) async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?" + Self.numbered(query, account))
        #expect(answer.status == 200)
        #expect(answer.match == match)
        #expect(answer.descriptions == descriptions)
        #expect(answer.notices == [])
    }

    @Test(arguments: filters)
    func `the totals by category and by month add up to the match`(
        query: String, match: String, descriptions: [String]
    ) async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?" + Self.numbered(query, account))
        let total = try #require(
            match.firstRange(of: "$").map { match[$0.upperBound...].prefix { $0 != " " } })
        let spans = Self.figures(answer, table: "<table class=\"figures\"")
        let categories = Self.figures(answer, table: "<table class=\"bars\"")
        let expected = Self.cents(total)
        #expect(spans.reduce(0, +) == expected || !answer.body.contains("class=\"chart"))
        #expect(categories.reduce(0, +) == expected)
    }

    @Test func `every bar and every month leads to rows with its own total`() async throws {
        let account = try await Self.account()
        for query in ["", "month=10", "period=month", "from=2026-10-31&to=2026-11-16", "year=2026&q=bread"] {
            let answer = await account.browser.get("/expenses?" + query)
            let links = answer.all("<td><a href=\"", "</a>").filter {
                $0.contains("\">$") || $0.contains("\">-$")
            }
            #expect(!links.isEmpty)
            for link in links {
                let parts = link.split(separator: "\">")
                let rows = await account.browser.get(String(parts[0]).replacing("&amp;", with: "&"))
                #expect(rows.match?.contains("\(parts[1]) in total") == true, "\(query): \(link)")
            }
        }
    }

    static let senseless = [
        ("month=13", "month “13”"), ("month=0", "month “0”"), ("month=x", "month “x”"),
        ("month=+1", "month “ 1”"), ("year=26", "year “26”"), ("year=1899", "year “1899”"),
        ("from=2026-02-30", "first day “2026-02-30”"), ("to=yesterday", "last day “yesterday”"),
        ("period=decade", "period “decade”"), ("category=0", "category “0”"),
        ("category=Groceries", "category “Groceries”"),
        ("after=x", "page “x”"), ("after=20261301.5", "page “20261301.5”"),
        ("q=" + String(repeating: "a", count: 501), "text “" + String(repeating: "a", count: 40) + "”"),
    ]

    @Test(arguments: senseless)
    func `what makes no sense is left out, and a notice says so`(query: String, named: String) async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?" + query)
        #expect(answer.status == 200)
        #expect(answer.match == "9 expenses, $252.00 in total, $28.00 on average")
        #expect(answer.notices == ["Ignored: \(named)."])
    }

    @Test func `a category that is gone matches nothing, on the page and in the file, like another user's`()
        async throws
    {
        let account = try await Self.account()
        let other = try await Account(in: account.app, "bob").category("Groceries").description
        for id in ["999999", other] {
            let page = await account.browser.get("/expenses?category=\(id)")
            #expect(page.match == "0 expenses, $0.00 in total")
            #expect(page.body.contains("value=\"\(id)\">A category that is gone</button>"))
            let file = await account.browser.get("/expenses.csv?category=\(id)")
            #expect(file.body == "date,amount,category,description\r\n")
            let both = "category=\(id)&category=\(account.category("Groceries"))"
            #expect(await account.browser.get("/expenses.csv?" + both).body.contains("bread"))
        }
    }

    @Test func `each condition is a chip that takes it away and keeps the others`() async throws {
        let account = try await Self.account()
        let groceries = account.category("Groceries")
        let answer = await account.browser.get("/expenses?category=\(groceries)&month=10&q=bread")
        #expect(
            answer.all("form=\"filter\" name=\"less\" value=\"", "\"") == ["\(groceries)", "month", "text"])
        for (pressed, rest) in [
            ("\(groceries)", "/expenses?month=10&q=bread"),
            ("month", "/expenses?category=\(groceries)&q=bread"),
            ("text", "/expenses?category=\(groceries)&month=10"),
        ] {
            // As the form sends it: all of its fields, and the button that was pressed.
            let form =
                "/expenses?category=\(groceries)&month=10&year=&q=bread&period=&from=&to=&less=\(pressed)"
            #expect(await account.browser.get(form).location == rest)
        }
        let month = await account.browser.get("/expenses?month=10&year=2026")
        #expect(month.all("name=\"less\" value=\"", "\"") == ["days"])
        #expect(await account.browser.get("/expenses?month=10&year=2026&less=days").location == "/expenses")
        for (filter, pressed) in [
            ("year=2026", "year"), ("from=2026-10-02", "from"), ("to=2026-10-02", "to"),
            ("period=week", "period"),
        ] {
            let page = await account.browser.get("/expenses?" + filter)
            #expect(page.all("name=\"less\" value=\"", "\"") == [pressed])
            #expect(await account.browser.get("/expenses?\(filter)&less=\(pressed)").location == "/expenses")
        }
    }

    @Test func `every condition is in the links and forms of the page, and has a chip`() async throws {
        let account = try await Self.account()
        let groceries = account.category("Groceries")
        let query =
            "category=\(groceries)&month=10&year=2026&from=2026-10-01&to=2026-10-31&period=3months&q=bread&tag=trip"
            + "&repeating=7"
        let page = await account.browser.get("/expenses?" + query)
        #expect(
            page.all("name=\"less\" value=\"", "\"") == [
                "\(groceries)", "month", "year", "period", "from", "to", "text", "#trip", "repeating",
            ])
        let html = query.replacing("&", with: "&amp;")
        #expect(page.value("return") == "/expenses?" + html)
        #expect(page.value("repeating") == "7")
        let all = "/expenses?category=\(groceries)&amp;q=bread&amp;tag=trip&amp;repeating=7"
        #expect(page.body.contains("<a href=\"\(all)\">All time</a>"))
        for (chip, rest) in [
            ("category=\(groceries)&", "\(groceries)"), ("month=10&", "month"), ("&repeating=7", "repeating"),
            ("tag=trip&", "%23trip"), ("q=bread&", "text"), ("period=3months&", "period"),
        ] {
            let answer = await account.browser.get("/expenses?\(query)&less=\(rest)")
            #expect(answer.location == "/expenses?" + query.replacing(chip, with: ""))
        }
    }

    @Test func `more than ten categories are one chip`() async throws {
        let account = try await Self.account()
        let owner = account.user.id
        let ids = try await account.app.storage.write(of: nil) { stores in
            for number in 1...4 {
                _ = try stores.categories.insert(name: "Category \(number)", color: .red, owner: owner)
            }
            return try stores.categories.all(of: owner).map(\.id)
        }
        let few = await account.browser.get(
            "/expenses?" + ids.prefix(10).map { "category=\($0)" }.joined(separator: "&"))
        #expect(few.all("name=\"less\" value=\"", "\"") == ids.prefix(10).map(\.description))
        let query = "/expenses?year=2026&" + ids.map { "category=\($0)" }.joined(separator: "&")
        let many = await account.browser.get(query)
        #expect(
            many.all("name=\"less\" value=\"", "</button>") == ["categories\">11 categories", "year\">2026"])
        #expect(await account.browser.get(query + "&less=categories").location == "/expenses?year=2026")
    }

    @Test func `each link of a page carries its whole filter, however long`() async throws {
        let account = try await Self.account()
        let text = String(repeating: "bread and ", count: 18) + "milk"
        try await account.spend(700, "Groceries", on: "2026-11-02", "much " + text)
        try await account.spend(900, "Groceries", on: "2026-11-02", "much " + text)
        let query = "q=%22" + text.replacing(" ", with: "+") + "%22"
        let page = await account.browser.get("/expenses?year=2026&" + query)
        #expect(page.match == "2 expenses, $16.00 in total, $8.00 on average")
        let links = page.all("href=\"/expenses?", "\"") + page.all("href=\"/expenses.csv?", "\"")
        #expect(links.count > 10)
        #expect(links.allSatisfy { $0.hasSuffix(query) || $0.contains(query + "&amp;") })
        #expect(page.body.contains("href=\"/expenses?from=2026-11-02&amp;to=2026-11-02&amp;\(query)\""))
        let file = await account.browser.get("/expenses.csv?year=2026&" + query)
        #expect(file.body.split(separator: "\r\n").count == 3)
        #expect(
            page.all("name=\"return\" value=\"", "\"")
                == Array(
                    repeating: "/expenses?year=2026&amp;" + query, count: 2))
        let saved = await account.browser.post(
            "/expenses", ["amount": "5", "date": "2026-11-03", "return": "/expenses?year=2026&" + query])
        #expect(saved.location?.hasPrefix("/expenses?year=2026&\(query)&saved=") == true)
    }

    @Test func `links name several categories in one field, which is read like a field for each`()
        async throws
    {
        let account = try await Self.account()
        let ids = ["Groceries", "Health"].map { account.category($0).description }
        let boxes = ids.map { "category=" + $0 }.joined(separator: "&")
        let page = await account.browser.get("/expenses?\(boxes)&q=a&less=text")
        #expect(page.location == "/expenses?category=" + ids.joined(separator: "+"))
        for query in [boxes, "category=" + ids.joined(separator: "+")] {
            #expect(await account.browser.get("/expenses?" + query).match?.hasPrefix("5 expenses") == true)
        }
        let wrong = await account.browser.get("/expenses?category=\(ids[0])+x")
        #expect(wrong.notices == ["Ignored: category “x”."])
        #expect(wrong.match?.hasPrefix("3 expenses") == true)
    }

    @Test func `a month leads to the one before and the one after, with the other filters kept`() async throws
    {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?month=1&year=2026&q=bread")
        #expect(answer.between("<nav class=\"steps\"", "</nav>")?.contains("January 2026") == true)
        #expect(
            answer.body.contains("<a href=\"/expenses?month=12&amp;year=2025&amp;q=bread\" rel=\"prev\">"))
        #expect(answer.body.contains("<a href=\"/expenses?month=2&amp;year=2026&amp;q=bread\" rel=\"next\">"))
        let year = await account.browser.get("/expenses?year=2026")
        #expect(year.body.contains("<a href=\"/expenses?year=2025\" rel=\"prev\">"))
    }

    @Test func `the form shows what is filtered`() async throws {
        let account = try await Self.account()
        let leisure = account.category("Leisure")
        let answer = await account.browser.get(
            "/expenses?category=\(leisure)&month=10&year=2026&from=2026-10-02&q=%22%3Cb%3E")
        #expect(answer.body.contains("name=\"category\" value=\"\(leisure)\" checked>"))
        #expect(answer.body.contains("<option value=\"10\" selected>October\n"))
        #expect(answer.body.contains("<option selected>2026</option>"))
        #expect(answer.value("from") == "2026-10-02")
        #expect(answer.value("q") == "&#34;&lt;b&gt;")
        #expect(answer.body.contains("<details class=\"filter-more\" open>"))
        #expect(!answer.body.contains("<b>"))
    }

    @Test(arguments: [("month=3&year=2026", "March 2026"), ("year=2019", "2019")])
    func `an empty month or year names the newest month with expenses`(query: String, span: String)
        async throws
    {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?" + query)
        #expect(answer.body.contains("<h3>No expenses in \(span)</h3>"))
        #expect(answer.body.contains("<a href=\"/expenses?month=12&amp;year=2026\">December 2026</a>"))
    }

    @Test func `a page behind the last one of a month leads to the first`() async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?month=11&year=2026&after=20261101.1")
        #expect(answer.body.contains("<h3>No older expenses</h3>"))
        #expect(answer.body.contains("<a href=\"/expenses?month=11&amp;year=2026\">Newest</a>"))
    }

    @Test func `a first day later than the last is named, with a link that swaps them`() async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?from=2026-11-20&to=2026-10-02&q=coffee")
        #expect(
            answer.body.contains("The first day, 20 November 2026, is later than the last, 2 October 2026."))
        #expect(
            answer.body.contains(
                "<a href=\"/expenses?from=2026-10-02&amp;to=2026-11-20&amp;q=coffee\">Swap the days</a>"))
    }

    @Test func `last year is one press away, with the other filters kept`() async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses?q=coffee")
        #expect(answer.body.contains(">Last year</a>"))
        let link = try #require(answer.body.firstRange(of: "\">Last year</a>"))
        let start = try #require(answer.body[..<link.lowerBound].lastIndex(of: "\""))
        let address = answer.body[answer.body.index(after: start)..<link.lowerBound]
        #expect(address == "/expenses?year=2025&amp;q=coffee")
    }

    @Test(arguments: [
        ("", "All time"), ("q=coffee", "All time"), ("month=11&year=2026", "This month"),
        ("month=10&year=2026", "Last month"), ("from=2026-11-23&to=2026-11-29&q=tea", "This week"),
        ("year=2025", "Last year"), ("month=9&year=2026", nil), ("month=11", nil),
    ])
    func `the span that is shown is marked among the usual ones`(query: String, label: String?) async throws {
        let account = try await Self.account()
        let spans = try #require(
            await account.browser.get("/expenses?" + query).between("aria-label=\"Period\">", "</nav>"))
        #expect(spans.matches(of: #/">|"true">/#).count == 6)
        let marked = spans.matches(of: #/aria-current="true">([^<]*)/#).map { String($0.1) }
        #expect(marked == (label.map { [$0] } ?? []))
    }

    @Test func `what this month is made of stands below its amount`() async throws {
        let account = try await Self.account()
        func parts(_ query: String) async -> [String]? {
            await account.browser.get("/expenses?" + query).between("class=\"parts\"", "</ul>")?
                .matches(of: #/">([^<]+)<\/span><a href="([^"]+)">([^<]+)/#).map { "\($0.1) \($0.3) \($0.2)" }
        }
        let (leisure, groceries, health) = (
            account.category("Leisure"), account.category("Groceries"), account.category("Health")
        )
        #expect(
            await parts("") == [
                "Leisure $61.00 /expenses?category=\(leisure)&amp;month=11&amp;year=2026",
                "Groceries $32.00 /expenses?category=\(groceries)&amp;month=11&amp;year=2026",
                "Health $16.00 /expenses?category=\(health)&amp;month=11&amp;year=2026",
            ])
        #expect(
            await parts("category=\(leisure)&category=\(health)") == [
                "Leisure $61.00 /expenses?category=\(leisure)&amp;month=11&amp;year=2026",
                "Health $16.00 /expenses?category=\(health)&amp;month=11&amp;year=2026",
            ])
        // One category, as for "bread", is no breakdown; in a month's own view the chart has it.
        for query in ["q=bread", "category=\(leisure)", "month=11&year=2026", "year=2026"] {
            #expect(await parts(query) == nil)
        }
    }

    @Test func `of many categories this month the largest seven are shown, and a link to all`() async throws {
        let app = try TestApp()
        let owner = try await Account(in: app).user.id
        try await app.storage.write(of: owner) { stores in
            for name in ["Travel", "Pets"] {
                _ = try stores.categories.insert(name: name, color: .teal, owner: owner)
            }
        }
        let account = try await Account(of: "ada", in: app)
        for category in account.categories {
            try await account.spend(100, category.name, on: "2026-11-05")
        }
        let parts = try #require(await account.browser.get("/expenses").between("class=\"parts\"", "</ul>"))
        #expect(parts.matches(of: #/<span/#).count == 7)
        #expect(parts.contains("<li><a href=\"/expenses?month=11&amp;year=2026\">2 more</a>"))
    }

    @Test func `this month stands beside the one before in words`() async throws {
        let account = try await Self.account()
        let answer = await account.browser.get("/expenses")
        #expect(answer.body.contains("<h2>November 2026 so far</h2>"))
        #expect(
            answer.body.contains(
                "<p>$105.00 (2625%) more than <a href=\"/expenses?from=2026-10-01&amp;to=2026-10-23\">on 1–23 October ($4.00)</a>.</p>"
            ))
        let october = await account.browser.get("/expenses?month=10&year=2026")
        #expect(october.body.contains("<p>No expenses in September.</p>"))
    }

    /// G, H and L stand for the categories that begin with them.
    private static func numbered(_ query: String, _ account: Account) -> String {
        [("G", "Groceries"), ("H", "Health"), ("L", "Leisure")].reduce(query) { query, pair in
            query.replacing("category=\(pair.0)", with: "category=\(account.category(pair.1))")
        }
    }

    /// The amounts of a table, in cents; none where the page does not show it.
    private static func figures(_ answer: TestBrowser.Answer, table: String) -> [Int64] {
        guard let table = answer.between(table, "</table>") else { return [] }
        return table.split(separator: "\">").compactMap { part -> Int64? in
            guard part.hasPrefix("$") || part.hasPrefix("-$"), let end = part.firstIndex(of: "<") else {
                return nil
            }
            return cents(part[..<end])
        }
    }

    private static func cents(_ amount: some StringProtocol) -> Int64? {
        Int64(String(amount.filter { $0 == "-" || $0.isNumber }))
    }

    @Test func `a month's categories say how much more or less than on the same days of the month before`()
        async throws
    {
        let account = try await Account(in: TestApp())
        try await account.spend(1500, "Groceries", on: "2026-11-03")
        try await account.spend(1200, "Groceries", on: "2026-10-23")
        try await account.spend(9900, "Groceries", on: "2026-10-24")
        try await account.spend(500, "Leisure", on: "2026-11-04")
        try await account.spend(700, "Leisure", on: "2026-10-01")
        try await account.spend(250, "Health", on: "2026-11-04")
        let page = await account.browser.get("/expenses?month=11&year=2026").body
        #expect(page.contains("the difference to 1–23 October"))
        let differences = page.matches(of: #/<small>([^<]*)<\/small>/#).map { String($0.1) }
        #expect(differences == ["+$3.00", "-$2.00", "+$2.50"])
        let all = await account.browser.get("/expenses").body
        #expect(!all.contains("the difference to") && !all.contains("<small>"))
        // Nothing to compare with.
        #expect(await !account.browser.get("/expenses?month=10&year=2026").body.contains("<small>"))
    }

    @Test func `the chart of a month has its days, each with expenses leads to them`() async throws {
        let account = try await Self.account()
        try await account.spend(250, on: "2026-11-05")
        let page = await account.browser.get("/expenses?month=11&year=2026")
        #expect(page.body.contains("<h2>By day</h2>"))
        let chart = try #require(page.between("<svg class=\"chart days-chart\"", "</svg>"))
        let days = try account.expenses().map(\.day).filter { $0.year == 2026 && $0.month == 11 }
        for day in 1...30 {
            let link =
                "from=2026-11-\(String(day + 100).dropFirst())&amp;to=2026-11-\(String(day + 100).dropFirst())\""
            #expect(chart.contains(link) == days.contains { $0.dayOfMonth == day })
        }
        #expect(chart.matches(of: #/<text>(\d+)</#).map { String($0.1) }.contains("30"))
        // One column says nothing.
        #expect(
            await !account.browser.get("/expenses?from=2026-11-05&to=2026-11-05").body.contains(
                "<svg class=\"chart"))
    }

    @Test func `what is dated after today is no part of this month so far, and is named beside it`()
        async throws
    {
        let account = try await Account(in: TestApp())
        try await account.spend(1000, "Groceries", on: "2026-11-20")
        try await account.spend(51_200, "Leisure", on: "2026-11-24")
        try await account.spend(400, "Leisure", on: "2026-11-23")
        try await account.spend(2000, "Groceries", on: "2026-10-20")
        let (groceries, days) = (account.category("Groceries"), "from=2026-11-01&amp;to=2026-11-23")
        for query in ["", "?month=11&year=2026"] {
            let page = await account.browser.get("/expenses\(query)").body
            #expect(page.contains("<p class=\"headline\"><a href=\"/expenses?\(days)\">$14.00</a></p>"))
            #expect(page.contains("$6.00 (30%) less than"))
            #expect(
                page.contains(
                    "<p>Dated after today: <a href=\"/expenses?from=2026-11-24&amp;to=2026-11-30\">$512.00</a>.</p>"
                ))
            if query.isEmpty {
                #expect(page.contains("<a href=\"/expenses?category=\(groceries)&amp;\(days)\">$10.00</a>"))
            } else {
                #expect(page.contains("until today to 1–23 October"))
                #expect(page.contains("<small>+$4.00</small>") && page.contains("<small>-$10.00</small>"))
            }
        }
        account.app.clock.advance(by: 86_400)
        #expect(await !account.browser.get("/expenses").body.contains("Dated after today"))
    }

    @Test func `shares are parts of what was spent, also beside refunds`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(3000, "Groceries", on: "2026-11-20")
        try await account.spend(1000, "Leisure", on: "2026-11-20")
        try await account.spend(-3900, "Health", on: "2026-11-20")
        let page = await account.browser.get("/expenses")
        let bars = try #require(page.between("<table class=\"bars\"", "</table>"))
        #expect(bars.matches(of: #/<td>(\d+%|)<td><svg>/#).map { String($0.1) } == ["75%", "25%", ""])
    }

    @Test(arguments: [
        ("bread+zebra", "zebra", "/expenses?q=bread"), ("zebra", "zebra", "/expenses"),
        ("%22bread+and%22+zebra+milk&month=10", "zebra", "/expenses?month=10&amp;q=%22bread+and%22+milk"),
    ])
    func `where nothing matches because of one word, the page says which`(
        query: String, word: String, rest: String
    ) async throws {
        let account = try await Self.account()
        let page = await account.browser.get("/expenses?q=" + query).body
        #expect(page.contains("No description has “\(word)”."))
        #expect(page.contains("<a href=\"\(rest)\">Search without “\(word)”</a>"))
        // Each word is somewhere, though not both in one.
        #expect(await account.browser.get("/expenses?q=milk+old").body.contains("Nothing matches all these"))
    }
}
