import Expenses
import Storage
import Testing

/// Months that begin on another day, on every page that has months. Today is 23 November 2026.
@Suite struct MonthStartTests {
    private static func account(
        _ start: Int, in app: TestApp? = nil, _ days: [(String, Int64)] = []
    ) async throws -> Account {
        let account = try await Account(
            in: app ?? TestApp(), "ada", Preferences(months: try #require(MonthCalendar(start: start))))
        for (day, amount) in days { try await account.spend(amount, on: day) }
        return account
    }

    private static func links(_ page: TestBrowser.Answer, _ pattern: Regex<(Substring, Substring)>)
        -> [String]
    {
        page.body.matches(of: pattern).map { String($0.1) }
    }

    @Test(arguments: [
        ("month=11&year=2026", "3 expenses, $0.14 in total"),
        ("month=10&year=2026", "1 expense, $0.01 in total"),
        ("month=12&year=2026", "1 expense, $0.16 in total"), ("month=11", "4 expenses, $1.42 in total"),
        ("year=2026", "5 expenses, $0.31 in total"), ("year=2025", "1 expense, $1.28 in total"),
        ("month=11&from=2026-11-01", "2 expenses, $0.12 in total"),
    ])
    func `a month and a year filter by the account's days`(query: String, match: String) async throws {
        let account = try await Self.account(
            25,
            [
                ("2026-10-24", 1), ("2026-10-25", 2), ("2026-11-01", 4), ("2026-11-24", 8),
                ("2026-11-25", 16),
                ("2025-11-24", 128), ("2026-12-25", 256),
            ])
        let page = await account.browser.get("/expenses?\(query)")
        #expect(page.match?.hasPrefix(match) == true, "\(page.match ?? "")")
        let count = try #require(Int(match.prefix { $0 != " " }))
        let file = await account.browser.get("/expenses.csv?\(query)")
        #expect(file.body.split(separator: "\r\n").count == count + 1)
        let client = APIClient(account)
        let list = await client.get("/api/v1/expenses?\(query)")
        #expect(list.body.matches(of: #/"id":/#).count == count)
        let summary = await client.get("/api/v1/summary?\(query)")
        #expect(summary.body.contains("\"count\":\(count),"))
    }

    @Test func `the dashboard is about the month that goes on, and compares equal days`() async throws {
        let account = try await Self.account(
            10,
            [
                ("2026-10-09", 1), ("2026-10-10", 2), ("2026-10-23", 4), ("2026-10-24", 8),
                ("2026-11-09", 16),
                ("2026-11-10", 32), ("2026-11-23", 64), ("2026-12-09", 128), ("2026-12-10", 256),
            ])
        let page = await account.browser.get("/expenses")
        #expect(page.body.contains("November 2026 so far (10 November – 9 December)"))
        // 14 days of either month.
        #expect(page.body.contains("on 10–23 October"))
        #expect(page.body.contains("<a href=\"/expenses?from=2026-11-10&amp;to=2026-11-23\">$0.96</a>"))
        #expect(page.body.contains("from=2026-10-10&amp;to=2026-10-23\">on 10–23 October ($0.06)</a>"))
        let later = try #require(page.body.firstRange(of: "from=2026-11-24&amp;to=2026-12-09"))
        #expect(page.body[later.upperBound...].hasPrefix("\">$1.28"))
        #expect(page.body.contains("<a href=\"/expenses?month=11&amp;year=2026\">This month</a>"))
        // The chart's months, with what each has.
        #expect(page.body.contains("month=9&amp;year=2026"))
        let month = await account.browser.get("/expenses?month=10&year=2026")
        #expect(month.body.contains("<strong>October 2026 (10 October – 9 November)</strong>"))
        #expect(month.match?.hasPrefix("4 expenses, $0.30 in total") == true)
        let chart = try #require(month.between("<svg class=\"chart days-chart\"", "</svg>"))
        #expect(
            chart.matches(of: #/from=(2026-[0-9-]+)&/#).map { String($0.1) }
                == ["2026-10-10", "2026-10-23", "2026-10-24", "2026-11-09"])
    }

    @Test func `on the last days of a calendar's month the next one has begun`() async throws {
        let account = try await Self.account(16, [("2026-11-15", 1), ("2026-11-16", 2), ("2026-11-23", 4)])
        let page = await account.browser.get("/expenses")
        #expect(page.body.contains("December 2026 so far (16 November – 15 December)"))
        #expect(page.body.contains("href=\"/expenses?month=12&amp;year=2026\">This month</a>"))
        #expect(page.body.contains("href=\"/expenses?month=11&amp;year=2026\">Last month</a>"))
        let summary = await account.browser.get("/summary")
        #expect(summary.body.contains("<strong>2026 (16 December 2025 – 15 December 2026)</strong>"))
        #expect(summary.body.contains("href=\"/expenses?month=12&amp;year=2026\""))
    }

    @Test func `a year is compared with the same days of the year before`() async throws {
        let account = try await Self.account(
            25,
            [
                ("2024-12-24", 1), ("2024-12-25", 2), ("2025-11-23", 4), ("2025-11-24", 8),
                ("2025-12-24", 16),
                ("2025-12-25", 32), ("2026-11-23", 64), ("2026-11-24", 128),
            ])
        let page = await account.browser.get("/summary")
        #expect(page.body.contains("from=2025-12-25&amp;to=2026-11-23\">$0.96"))
        #expect(
            page.body.contains("from=2024-12-25&amp;to=2025-11-23\">on the same days of 2025 ($0.06)</a>"))
        let former = await account.browser.get("/summary?year=2025")
        #expect(former.body.contains("href=\"/expenses?year=2025\">$0.30"))
        #expect(former.body.contains("href=\"/expenses?year=2024\">in 2024 ($0.01)</a>"))
    }

    @Test func `a target is for the account's month, in pages and in the API`() async throws {
        let account = try await Self.account(
            10, [("2026-11-09", 9000), ("2026-11-10", 1000), ("2026-11-23", 2000)])
        _ = await account.browser.post("/targets", ["category": "", "amount": "64"])
        let page = await account.browser.get("/targets")
        #expect(page.body.contains(">November 2026 (10 November – 9 December)</h2>"))
        // 17 days, today among them.
        #expect(page.body.contains("$34.00 left, $2.00 a day until 9 December"))
        _ = await account.browser.post("/targets", ["category": "", "amount": "80", "month": "2026-10"])
        #expect(await account.browser.get("/targets?month=2026-10").body.contains("$10.00 over"))
        let answer = await APIClient(account).get("/api/v1/targets")
        #expect(answer.body.contains(#""month":"2026-11","spent":"30.00","left":"34.00""#))
    }

    @Test func `what repeats is to come until the account's month ends`() async throws {
        let account = try await Self.account(10, [("2026-11-10", 1000)])
        for (text, day) in [("Inside", "2026-12-09"), ("Beyond", "2026-12-10")] {
            let saved = await account.browser.post(
                "/repeating",
                [
                    "amount": "5", "category": account.category("Leisure").description, "description": text,
                    "first": day, "every": "1", "unit": "month",
                ])
            #expect(saved.status == 303)
        }
        let page = await account.browser.get("/expenses")
        #expect(page.body.contains("To come in November"))
        #expect(page.body.contains("Inside") && !page.body.contains("Beyond"))
        #expect(page.body.contains("$15.00 is expected by the end of November."))
    }

    @Test func `a tag's months are the account's`() async throws {
        let account = try await Self.account(25)
        try await account.spend(500, on: "2026-10-25", "Hut #trip")
        let page = await account.browser.get("/tags")
        #expect(page.body.contains("November 2026") && !page.body.contains("October 2026"))
    }

    @Test func `an expense of another month is said to be outside of the filter`() async throws {
        let account = try await Self.account(25)
        func add(_ day: String) async throws -> [String] {
            let saved = await account.browser.post(
                "/expenses",
                [
                    "amount": "5", "category": account.category("Leisure").description, "date": day,
                    "description": "", "return": "/expenses?month=11",
                ])
            return await account.browser.get(try #require(saved.location)).notices
        }
        let inside = try await add("2026-10-25")
        let outside = try await add("2026-11-25")
        #expect(inside.count == 1 && outside.count == 1)
        #expect(outside[0].count > inside[0].count)
    }

    @Test func `the day is chosen in the settings, and everything follows`() async throws {
        let account = try await Self.account(1, [("2026-10-31", 1), ("2026-11-01", 2), ("2026-11-20", 4)])
        let before = await account.browser.get("/expenses")
        #expect(before.body.contains("November 2026 so far</h2>"))
        let form = await account.browser.get("/account/settings")
        #expect(form.body.contains("<option value=\"1\" selected>1\n"))
        let saved = await account.browser.post(
            "/account/settings",
            [
                "currency": "USD", "number_format": "1,234.56", "zone": "UTC", "first_weekday": "monday",
                "month_start": "20",
            ])
        let page = await account.browser.visit(try #require(saved.location))
        #expect(page.notices == ["Settings saved."])
        #expect(page.body.contains("<option value=\"20\" selected>20\n"))
        let after = await account.browser.get("/expenses")
        #expect(after.body.contains("December 2026 so far (20 November – 19 December)"))
        // A form without the field leaves it as it is.
        _ = await account.browser.post("/account/zone?zone=Europe/Berlin")
        #expect(await account.browser.get("/expenses").body.contains("(20 November – 19 December)"))
        let file = await account.browser.get("/account/everything.json")
        #expect(file.body.contains(#""month_start":20,"#))
    }

    @Test func `a large account says that it is being counted, and shows the old months until then`()
        async throws
    {
        var options = Storage.Options()
        options.stepLimits.rows = 1
        let app = try TestApp(storage: options)
        let account = try await Self.account(1, in: app)
        let (owner, category) = (account.user.id, account.category("Leisure"))
        try await app.storage.write(of: owner) { stores in
            for number in 0..<400 {
                let day = try #require(Day("2026-11-23")).advanced(by: -number)
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 100), category: category, day: day, description: "")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: TestApp.noon)
            }
        }
        let old = await account.browser.get("/summary?year=2026").body
        // As the settings do, but nobody makes the steps that follow.
        try await app.storage.write(of: owner) { stores in
            try stores.users.update(
                Preferences(months: try #require(MonthCalendar(start: 10))), of: owner)
        }
        let settings = await account.browser.get("/account/settings")
        #expect(
            settings.notices == [
                "Your months are being counted from day 10 on. Until that is done, every page shows the months from day 1 on."
            ])
        #expect(settings.body.contains("<option value=\"10\" selected>10\n"))
        // A file has no totals.
        #expect(await account.browser.get("/account/everything.json").status == 200)
        var steps = 0
        while try await app.storage.write(of: nil, { try $0.longWrites.step(after: nil) }) != nil {
            let page = await account.browser.get("/summary?year=2026")
            if page.notices.isEmpty { break }
            steps += 1
            #expect(old.contains(try #require(page.between("<table", "</table>"))))
        }
        #expect(steps > 2)
        let page = await account.browser.get("/summary?year=2026")
        #expect(page.notices.isEmpty)
        #expect(page.body.contains("2026 (10 January 2026 – 9 January 2027)"))
        // 10 January to 23 November.
        #expect(page.body.contains("$318.00"))
    }
}
