import Expenses
import Storage
import Testing

/// Lists and summaries under every kind of filter, compared with a plain filter in Swift over all expenses.
@Suite struct FilterTests {
    let fixture: Fixture
    /// Ada's, in the order of the list.
    let expenses: [Expense]
    let categories: [Category.ID]

    init() throws {
        fixture = try Fixture()
        let (ada, bob) = (fixture.ada, fixture.bob)
        categories = try fixture.storage.read { try $0.categories.all(of: ada).map(\.id) }
        let theirs = try fixture.storage.read { try $0.categories.all(of: bob).map(\.id) }
        let mine = categories
        expenses = try fixture.storage.writeAndWait { stores in
            var source = RandomSource(seed: 42)
            var expenses: [Expense] = []
            for _ in 1...400 {
                // The last category is never used, the one before rarely, and some months have no expense.
                let rare = Int.random(in: 0..<40, using: &source) == 0
                var draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64.random(in: 1...9999, using: &source)),
                    category: rare ? mine[5] : mine[Int.random(in: 0..<5, using: &source)],
                    day: FilterTests.day(using: &source),
                    description: ["Tea", "TEA time", "Café Zoë", "cafe\u{301} zoe\u{308}", "Straße", ""]
                        .random(using: &source))
                let id = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon).id
                expenses.append(
                    Expense(
                        id: id, amount: draft.amount, category: draft.category, day: draft.day,
                        description: draft.description))
                draft.category = theirs.random(using: &source)
                _ = try stores.expenses.insert(draft, owner: bob, form: nil, at: noon)
            }
            return expenses
        }.sorted { ($0.day, $0.id.rawValue) > ($1.day, $1.id.rawValue) }
    }

    /// A day of one of few, so that many expenses share one.
    private static func day(using source: inout RandomSource) -> Day {
        let month = [1, 2, 3, 6, 11, 12].random(using: &source)
        let year = [2023, 2025, 2026].random(using: &source)
        guard let day = Day(year: year, month: month, day: [1, 14, 28].random(using: &source)) else {
            fatalError("every month has these days")
        }
        return day
    }

    static let ranges: [(from: String, through: String)] = [
        ("1900-01-01", "2999-12-31"), ("2025-01-01", "2025-12-31"), ("2025-02-01", "2025-02-28"),
        ("2025-02-14", "2026-01-14"), ("2026-01-02", "2026-01-13"), ("2025-12-28", "2026-01-01"),
        ("2026-11-14", "2999-12-31"), ("1900-01-01", "2023-01-14"), ("2026-02-01", "2026-01-31"),
        ("2999-12-31", "1900-01-01"), ("2999-12-01", "2999-12-31"),
    ]

    /// Every range with every choice of categories, month and text.
    static let filters: [(range: Int, categories: [Int], month: Int?, text: String)] = ranges.indices.flatMap
    { range in
        [[], [0], [5], [6], [0, 5, 6], [0, 1, 2, 3, 4]].flatMap { categories in
            [nil, 1, 5, 12].flatMap { month in
                ["", "tea", "É ZOË", "strasse", "none"].map { (range, categories, month, $0) }
            }
        }
    }

    private func filter(_ row: (range: Int, categories: [Int], month: Int?, text: String)) -> Filter {
        Filter(
            categories: row.categories.map { categories[$0] },
            from: Fixture.day(FilterTests.ranges[row.range].from),
            through: Fixture.day(FilterTests.ranges[row.range].through), monthOfYear: row.month,
            text: row.text)
    }

    private func matches(_ expense: Expense, _ filter: Filter) -> Bool {
        (filter.categories.isEmpty || filter.categories.contains(expense.category))
            && expense.day >= filter.from && expense.day <= filter.through
            && (filter.monthOfYear == nil || filter.monthOfYear == expense.day.month)
            && (filter.text.isEmpty || has(expense.description, filter.text))
    }

    /// Written apart from the program's own search, for the few texts used here.
    private func has(_ description: String, _ text: String) -> Bool {
        switch text {
        case "tea": ["Tea", "TEA time"].contains(description)
        case "É ZOË": description.lowercased() == "café zoë"
        case "strasse": description == "Straße"
        default: false
        }
    }

    @Test func `pages in a row are the whole list, under every filter`() throws {
        for row in FilterTests.filters {
            let filter = filter(row)
            let expected = expenses.filter { matches($0, filter) }
            for limit in [1, 7, 50] where limit > 1 || expected.count < 30 {
                let pages = try pages(matching: filter, limit: limit)
                #expect(pages.flatMap(\.expenses) == expected, "\(filter)")
                #expect(pages.dropLast().allSatisfy { $0.expenses.count == limit })
            }
        }
    }

    private func pages(matching filter: Filter, limit: Int) throws -> [ExpensePage] {
        try fixture.storage.read { stores in
            var pages: [ExpensePage] = []
            var cursor: Cursor?
            repeat {
                let page = try stores.list.page(
                    of: fixture.ada, matching: filter, after: cursor, limit: limit)
                pages.append(page)
                cursor = page.next
            } while cursor != nil && pages.count < 1000
            return pages
        }
    }

    @Test func `each day on a page has the sum of all its matches, also of those on other pages`() throws {
        for row in FilterTests.filters where row.month != 5 && row.text != "none" {
            let filter = filter(row)
            let sums = expenses.filter { matches($0, filter) }
                .reduce(into: [Day: Money]()) { $0[$1.day] = ($0[$1.day] ?? .zero) + $1.amount }
            for page in try pages(matching: filter, limit: 5) {
                let days = Set(page.expenses.map(\.day)).sorted(by: >)
                #expect(page.dayTotals.map(\.day) == days)
                #expect(page.dayTotals.allSatisfy { $0.amount == sums[$0.day] })
            }
        }
    }

    @Test func `a summary counts exactly the expenses of the list, under every filter`() throws {
        for row in FilterTests.filters {
            let filter = filter(row)
            var expected: [[Int64]: Total] = [:]
            for expense in expenses where matches(expense, filter) {
                let month = MonthCalendar.civil.month(of: expense.day)
                expected[[Int64(month.number), expense.category.rawValue], default: .zero].add(
                    Total(count: 1, amount: expense.amount))
            }
            let summary = try fixture.storage.read {
                try $0.totals.summary(of: fixture.ada, matching: filter)
            }
            let cells = summary.cells.map { ([Int64($0.month.number), $0.category.rawValue], $0.total) }
            #expect(cells.count == expected.count, "\(filter)")
            #expect(Dictionary(cells, uniquingKeysWith: +) == expected, "\(filter)")
            #expect(summary.cells.map(\.month) == summary.cells.map(\.month).sorted())
            let total = try fixture.storage.read {
                try $0.totals.total(of: fixture.ada, matching: filter)
            }
            #expect(total == summary.total, "\(filter)")
        }
    }

    @Test func `the whole list is handed over one by one, in its order`() throws {
        for row in FilterTests.filters where row.range < 4 {
            let filter = filter(row)
            var found: [Expense] = []
            try fixture.storage.read { stores in
                try stores.list.forEach(of: fixture.ada, matching: filter) { found.append($0) }
            }
            #expect(found == expenses.filter { matches($0, filter) })
        }
    }

    @Test func `a cursor outside the range begins where the range does`() throws {
        let filter = Filter(from: Fixture.day("2025-01-01"), through: Fixture.day("2025-12-31"))
        let expected = expenses.filter { matches($0, filter) }
        func first(after day: String) throws -> [Expense] {
            let cursor = Cursor(day: Fixture.day(day), id: Expense.ID(1))
            return try fixture.storage.read {
                try $0.list.page(of: fixture.ada, matching: filter, after: cursor, limit: 1000).expenses
            }
        }
        #expect(try first(after: "2026-06-01") == expected)
        #expect(try first(after: "2024-06-01") == [])
    }
}
