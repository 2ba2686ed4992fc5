import Expenses
import Storage
import Testing

/// What triggers and stores derive from expenses, under random writes.
@Suite struct TotalStoreTests {
    @Test(arguments: 1...6) func `totals stay equal to the sums of the rows after any sequence of writes`(
        seed: Int
    ) throws {
        let fixture = try Fixture()
        var source = RandomSource(seed: UInt64(seed))
        var live: [User.ID: [Expense.ID: Expense]] = [:]
        var deleted: [User.ID: Set<Expense.ID>] = [:]
        for step in 1...300 {
            let owner = [fixture.ada, fixture.bob].random(using: &source)
            let categories = try fixture.storage.read { try $0.categories.all(of: owner) }
            let draft = TotalStoreTests.draft(in: categories.map(\.id), using: &source)
            let mine = live[owner, default: [:]].keys.sorted { $0.rawValue < $1.rawValue }
            switch Int.random(in: 0..<10, using: &source) {
            case 0...3:
                let id = try fixture.storage.writeAndWait {
                    try $0.expenses.insert(draft, owner: owner, form: nil, at: noon).id
                }
                live[owner, default: [:]][id] = TotalStoreTests.expense(id, draft)
            case 4...5 where !mine.isEmpty:
                let changed = TotalStoreTests.expense(mine.random(using: &source), draft)
                try fixture.storage.writeAndWait { try $0.expenses.update(changed, owner: owner, at: noon) }
                live[owner]?[changed.id] = changed
            case 6...7 where !mine.isEmpty:
                let id = mine.random(using: &source)
                _ = try fixture.storage.writeAndWait { try $0.expenses.remove(id, owner: owner, at: noon) }
                live[owner]?[id] = nil
                deleted[owner, default: []].insert(id)
            case 8 where deleted[owner]?.isEmpty == false:
                let id = Array(deleted[owner] ?? []).sorted { $0.rawValue < $1.rawValue }.random(
                    using: &source)
                let expense = try fixture.storage.writeAndWait { try $0.expenses.restore(id, owner: owner) }
                live[owner, default: [:]][id] = expense
                deleted[owner]?.remove(id)
            case 9 where step % 7 == 0 && categories.count > 2:
                let (from, to) = (categories[0].id, categories[1].id)
                let moved = try fixture.storage.writeAndWait {
                    try $0.categories.remove(from, movingTo: to, owner: owner)
                }
                try fixture.storage.finishLongWrites()
                let affected = live[owner, default: [:]].filter { $0.value.category == from }
                #expect(moved == affected.count)
                for id in affected.keys { live[owner]?[id]?.category = to }
            default:
                // A write that fails leaves the figures alone.
                #expect(throws: Refusal.self) {
                    try fixture.storage.writeAndWait { stores in
                        _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: noon)
                        throw Refusal()
                    }
                }
            }
            if step % 20 == 0 { #expect(try fixture.storage.check().findings == []) }
        }
        for owner in [fixture.ada, fixture.bob] {
            try compare(live[owner, default: [:]], with: fixture, owner)
        }
    }

    private struct Refusal: Error {}

    @Test func `a range that ends on 30 December leaves out the 31st`() throws {
        let fixture = try Fixture()
        for (amount, day) in [
            (1, "2026-02-13"), (2, "2026-02-14"), (4, "2026-07-01"), (8, "2026-12-30"), (16, "2026-12-31"),
        ] {
            try fixture.add(Int64(amount), on: day, "Tea")
        }
        for text in ["", "tea"] {
            var filter = Filter(text: text)
            (filter.from, filter.through) = (Fixture.day("2026-02-14"), Fixture.day("2026-12-30"))
            try fixture.storage.read { stores in
                let summary = try stores.totals.summary(of: fixture.ada, matching: filter)
                #expect(summary.total == Total(count: 3, amount: Money(minorUnits: 14)))
                #expect(summary.byMonth.last?.total.count == 1)
                #expect(try stores.totals.total(of: fixture.ada, matching: filter) == summary.total)
                let page = try stores.list.page(of: fixture.ada, matching: filter, after: nil, limit: 9)
                #expect(page.expenses.count == 3)
            }
        }
    }

    @Test func `what lies in the bin is in no total`() throws {
        let fixture = try Fixture()
        try fixture.add(100, on: "2026-11-02", "Tea")
        let deleted = try fixture.add(30, on: "2026-11-03", "Tea")
        _ = try fixture.storage.writeAndWait { [ada = fixture.ada] in
            try $0.expenses.remove(deleted.id, owner: ada, at: noon)
        }
        let total = Total(count: 1, amount: Money(minorUnits: 100))
        var days = Filter()
        (days.from, days.through) = (Fixture.day("2026-11-02"), Fixture.day("2026-11-29"))
        try fixture.storage.read { stores in
            for filter in [Filter(), Filter(text: "tea"), days] {
                #expect(try stores.totals.summary(of: fixture.ada, matching: filter).total == total)
                #expect(try stores.totals.total(of: fixture.ada, matching: filter) == total)
            }
            let all = try stores.totals.all(of: fixture.ada, asOf: YearMonth(number: 202611))
            #expect(all.byMonth.map(\.total) == [total] && all.cells.map(\.total) == [total])
            #expect(try stores.categories.expenseCounts(of: fixture.ada).values.reduce(0, +) == 1)
        }
    }

    @Test func `months reach from the first to the last that hold an expense`() throws {
        let fixture = try Fixture()
        let ada = fixture.ada
        #expect(try fixture.storage.read { try $0.totals.months(of: ada) } == nil)
        try fixture.add(1, on: "2025-03-31")
        let last = try fixture.add(1, on: "2026-12-01")
        let span = YearMonth(number: 202503)...YearMonth(number: 202612)
        #expect(try fixture.storage.read { try $0.totals.months(of: ada) } == span)
        _ = try fixture.storage.writeAndWait { try $0.expenses.remove(last.id, owner: ada, at: noon) }
        #expect(try fixture.storage.read { try $0.totals.months(of: ada) }?.upperBound == span.lowerBound)
    }

    private static func draft(
        in categories: [Category.ID], using source: inout RandomSource
    ) -> ExpenseDraft {
        ExpenseDraft(
            amount: Money(
                minorUnits: [-999_999_999_990, -5, 1, 700, 999_999_999_990].random(using: &source)),
            category: categories.random(using: &source),
            day: Fixture.day(
                ["2024-12-31", "2025-02-28", "2026-01-01", "2026-01-31"].random(using: &source)),
            description: ["Tea", "TEA", "Coffee", ""].random(using: &source))
    }

    private static func expense(_ id: Expense.ID, _ draft: ExpenseDraft) -> Expense {
        Expense(
            id: id, amount: draft.amount, category: draft.category, day: draft.day,
            description: draft.description)
    }

    private func compare(_ live: [Expense.ID: Expense], with fixture: Fixture, _ owner: User.ID) throws {
        let summary = try fixture.storage.read { try $0.totals.summary(of: owner, matching: Filter()) }
        let totals = try fixture.storage.read { try $0.totals.all(of: owner) }
        #expect(totals.total == summary.total)
        #expect(totals.byMonth == summary.byMonth)
        #expect(totals.months == summary.months)
        for current in [202_512, 202_601, 202_612, 203_001].map(YearMonth.init(number:)) {
            let newest = try fixture.storage.read { try $0.totals.all(of: owner, asOf: current) }
            #expect(newest.months == summary.months && newest.total == summary.total)
            #expect(newest.categories(in: current) == summary.categories(in: current))
            let first = min(current, summary.months?.upperBound ?? current).advanced(by: -11)
            #expect(newest.byMonth == summary.byMonth.filter { $0.month >= first })
        }
        #expect(totals.byCategory == summary.byCategory)
        #expect(summary.total.count == live.count)
        #expect(summary.total.amount.minorUnits == live.values.reduce(0) { $0 + $1.amount.minorUnits })
        for (category, count) in try fixture.storage.read({ try $0.categories.expenseCounts(of: owner) }) {
            #expect(count == live.values.filter { $0.category == category }.count)
        }
        let page = try fixture.storage.read {
            try $0.list.page(of: owner, matching: Filter(), after: nil, limit: 1000)
        }
        #expect(Set(page.expenses) == Set(live.values))
    }
}
