import Demo
import Expenses
import HTTP
import Storage
import Testing

/// The dashboard in bytes, before any compression.
@Suite struct PageWeightTests {
    @Test func `the dashboard of the demo data takes 30 KB at most, with a filter a fifth more`() async throws
    {
        let app = try TestApp()
        let today = try #require(Day("2026-11-23"))
        try DemoData(users: 1, expenses: 1000, passwordHash: "", today: today).fill(app.storage)
        let visitor = try await Account(of: "demo1", in: app).browser
        for (query, most) in [
            ("", 30_000), ("?month=10&year=2026", 30_000), ("?category=1&q=e&year=2026", 36_000),
        ] {
            let page = await visitor.get("/expenses" + query)
            #expect(page.status == 200)
            #expect(page.body.utf8.count <= most, "\(query): \(page.body.utf8.count)")
        }
    }

    /// Each row: what the descriptions of all expenses consist of, and what is searched for. The filter stands in each link.
    @Test(arguments: ["汉", "a", "<", "'", "👩‍👩‍👧‍👦", "\u{1F600}"])
    func `the dashboard takes 50 KB at most, whatever is written, and 300 times its filter`(letter: String)
        async throws
    {
        let account = try await Account(in: TestApp())
        let owner = account.user.id
        let now = account.app.clock.now
        let first = try #require(Day("2026-11-23"))
        let description = String(repeating: letter, count: min(500, 2000 / letter.utf8.count))
        let categories = try await account.app.storage.write(of: nil) { stores in
            for number in account.categories.count + 1...40 {
                _ = try stores.categories.insert(name: "Category \(number)", color: .violet, owner: owner)
            }
            let categories = try stores.categories.all(of: owner)
            // Fifty days of a page, every category, and months before them.
            for index in 0..<400 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: index == 3 ? -99_999_999_999 : 99_999_999_999),
                    category: categories[index % categories.count].id, day: first.advanced(by: -index),
                    description: "\(description.dropLast(3))\(index)")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: now)
            }
            return categories
        }
        #expect(categories.count == 40)
        var filter = FormData(categories.map { ("category", $0.id.description) })
        let text = String(repeating: letter, count: min(480, 1900 / letter.utf8.count))
        for (name, value) in [("from", "2025-01-01"), ("to", "2026-11-23"), ("period", "year"), ("q", text)] {
            filter.append(name, value)
        }
        for fields in [
            "", filter.urlEncoded, "q=" + PercentEncoding.encodeQueryComponent(text),
            "q=" + PercentEncoding.encodeQueryComponent(letter), "year=2026",
        ] {
            let page = await account.browser.get("/expenses?" + fields)
            #expect(page.status == 200)
            #expect(page.notices.isEmpty)
            #expect(page.descriptions.count == 50)
            #expect(page.all("<h3>", "</h3>").count == 50)
            let length = page.body.utf8.count
            #expect(length <= 50_000 + 300 * fields.utf8.count, "\(fields.prefix(40)): \(length)")
        }
    }

    @Test func `choosing all of 200 categories makes a page less than twice as heavy`() async throws {
        let account = try await Account(in: TestApp())
        let (owner, now, first) = (account.user.id, account.app.clock.now, try #require(Day("2026-11-23")))
        let categories = try await account.app.storage.write(of: owner) { stores in
            for number in account.categories.count + 1...200 {
                _ = try stores.categories.insert(name: "Category \(number)", color: .violet, owner: owner)
            }
            let categories = try stores.categories.all(of: owner)
            for (index, category) in categories.enumerated() {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 100), category: category.id, day: first.advanced(by: -index),
                    description: "")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: now)
            }
            return categories
        }
        let plain = await account.browser.get("/expenses")
        let chosen = FormData(categories.map { ("category", $0.id.description) }).urlEncoded
        let page = await account.browser.get("/expenses?" + chosen)
        #expect(page.match == plain.match)
        #expect(page.body.utf8.count < 2 * plain.body.utf8.count)
    }

    /// Each row: what is in the descriptions, and how many links that makes in a row of the list.
    @Test(arguments: [
        ("#" + String(repeating: "汉", count: 37), 1), ("#a#b #c #d #e #f #g #h #i #j #k #l", 5),
        (String(repeating: "' ", count: 20) + "#a", 0), ("<#a> #<b> #c", 1),
    ])
    func `links of tags keep the dashboard below 50 KB`(description: String, links: Int) async throws {
        let account = try await Account(in: TestApp())
        let (owner, now) = (account.user.id, account.app.clock.now)
        let (first, category) = (try #require(Day("2026-11-23")), account.category("Electronics"))
        try await account.app.storage.write(of: owner) { stores in
            for index in 0..<400 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 99_999_999_999), category: category,
                    day: first.advanced(by: -index), description: description)
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: now)
            }
        }
        for fields in ["", "?tag=a&tag=b&tag=c&select=1", "?tag=c", "?q=a"] {
            let page = await account.browser.get("/expenses" + fields)
            #expect(page.status == 200)
            #expect(page.body.utf8.count <= 50_000, "\(fields): \(page.body.utf8.count)")
            let counts = page.descriptions.map {
                $0.split(separator: "<a ", omittingEmptySubsequences: false).count - 1
            }
            #expect(Set(counts).isSubset(of: [links]))
        }
    }
}
