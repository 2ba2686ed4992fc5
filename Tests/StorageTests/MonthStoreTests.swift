import Expenses
import Storage
import TestDatabase
import Testing

/// Months that begin on another day: counted beside those that are shown, a step at a time, while others write.
@Suite struct MonthStoreTests {
    private let fixture: Fixture
    private var storage: Storage { fixture.storage }
    private var ada: User.ID { fixture.ada }

    /// At both ends of all days, of months and of years.
    private static let days = [
        "1900-01-01", "1900-01-09", "1900-01-10", "1900-01-31", "1900-02-09", "1900-02-10", "2023-12-31",
        "2024-01-09", "2024-01-10", "2024-02-15", "2024-02-16", "2024-02-29", "2025-12-24", "2025-12-25",
        "2026-01-24", "2026-01-25", "2026-11-01", "2026-11-15", "2026-11-16", "2026-11-27", "2026-11-28",
        "2026-12-24", "2026-12-25", "2999-11-25", "2999-12-09", "2999-12-10", "2999-12-24", "2999-12-25",
        "2999-12-31",
    ].map(Fixture.day)

    init() throws {
        var options = Storage.Options()
        // Some hundred days are many steps, and a few are one, however busy the machine is.
        options.stepLimits.rows = 100
        options.stepLimits.longest = nil
        fixture = try Fixture(options: options)
    }

    private func change(to start: Int) throws {
        let (ada, months) = (ada, try #require(MonthCalendar(start: start)))
        try storage.writeAndWait { stores in
            var preferences = try #require(try stores.users.find(ada)).preferences
            preferences.months = months
            try stores.users.update(preferences, of: ada)
        }
    }

    private func shown() throws -> MonthCalendar {
        try #require(try storage.read { try $0.users.find(ada) }).preferences.months
    }

    private func expenses() throws -> [Expense] {
        try storage.read { try $0.list.page(of: ada, matching: Filter(), after: nil, limit: 5000).expenses }
    }

    /// An expense on each of many days, in one of seven categories.
    private func fill(_ count: Int) throws {
        let ada = ada
        let categories = try storage.read { try $0.categories.all(of: ada) }
        try storage.writeAndWait { stores in
            for number in 0..<count {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64(number + 1)), category: categories[number % 7].id,
                    day: Fixture.day("2026-11-22").advanced(by: -number), description: "Thing \(number % 10)")
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
    }

    /// What each month has, counted from the expenses.
    private func counted(_ months: MonthCalendar) throws -> [Summary.OfMonth] {
        var totals: [YearMonth: Total] = [:]
        for expense in try expenses() {
            totals[months.month(of: expense.day), default: .zero].add(Total(count: 1, amount: expense.amount))
        }
        return totals.sorted { $0.key < $1.key }.map { Summary.OfMonth(month: $0.key, total: $0.value) }
    }

    private func expectMonths(_ start: Int) throws {
        let months = try shown()
        #expect(months.start == start)
        let (all, months1) = try storage.read {
            (try $0.totals.all(of: ada), try $0.totals.summary(of: ada, matching: Filter(months: months)))
        }
        let expected = try counted(months)
        #expect(all.byMonth == expected)
        #expect(months1.byMonth == expected)
        #expect(try storage.check().findings == [])
    }

    @Test(arguments: [2, 10, 15, 16, 25, 28])
    func `under every filter the totals and the list agree on the account's months`(start: Int) throws {
        for (number, day) in Self.days.enumerated() {
            let category = ["Groceries", "Leisure"][number % 2]
            try fixture.add(Int64(1) << number, category, on: "\(day)", number % 3 == 0 ? "Tea" : "")
        }
        try change(to: start)
        try expectMonths(start)
        let months = try shown()
        let leisure = try fixture.category("Leisure", of: ada)
        for year in [nil, 1900, 2024, 2026, 2999] {
            for month in [nil, 1, 2, 11, 12] {
                for (categories, text) in [([], ""), ([leisure], ""), ([], "tea")] {
                    var filter = Filter(categories: categories, text: text, months: months)
                    switch (year, month) {
                    case (let year?, let month?):
                        let days = months.days(of: try #require(YearMonth(year: year, month: month)))
                        (filter.from, filter.through) = (days.lowerBound, days.upperBound)
                    case (let year?, nil):
                        let days = try #require(months.days(ofYear: year))
                        (filter.from, filter.through) = (days.lowerBound, days.upperBound)
                    case (nil, _): filter.monthOfYear = month
                    }
                    try expectAgreement(filter, year, month)
                }
            }
        }
    }

    private func expectAgreement(_ filter: Filter, _ year: Int?, _ month: Int?) throws {
        let expected = try expenses().filter { expense in
            let own = filter.months.month(of: expense.day)
            return (year == nil || own.year == year) && (month == nil || own.month == month)
                && (filter.categories.isEmpty || filter.categories.contains(expense.category))
                && (filter.text.isEmpty || expense.description == "Tea")
        }
        let sum = expected.reduce(Money.zero) { $0 + $1.amount }
        try storage.read { stores in
            let summary = try stores.totals.summary(of: ada, matching: filter)
            #expect(summary.total == Total(count: expected.count, amount: sum), "\(filter)")
            #expect(
                summary.byMonth.allSatisfy {
                    (year == nil || $0.month.year == year) && (month == nil || $0.month.month == month)
                })
            #expect(try stores.totals.total(of: ada, matching: filter) == summary.total)
            if filter.isOfDays {
                let byDay = try stores.totals.summaryByDay(of: ada, matching: filter)
                #expect(byDay.byMonth == summary.byMonth)
            }
            let page = try stores.list.page(of: ada, matching: filter, after: nil, limit: 100)
            #expect(page.expenses == expected)
        }
    }

    @Test func `a small account has its other months at once`() throws {
        try fill(40)
        try change(to: 10)
        try expectMonths(10)
        #expect(try storage.read { try $0.months.coming(of: ada) } == nil)
        try storage.finishLongWrites()
        try expectMonths(10)
        try change(to: 1)
        try expectMonths(1)
    }

    @Test func `many days are counted in steps, and each page shows either months while others write`() throws
    {
        try fill(900)
        try change(to: 25)
        #expect(try shown() == .civil)
        #expect(try storage.read { try $0.months.coming(of: ada) }?.start == 25)
        var steps = 0
        var isShown = false
        let health = try fixture.category("Health", of: ada)
        while try storage.writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {
            steps += 1
            let start = try shown().start
            #expect(start == 25 || !isShown)
            isShown = start == 25
            try expectMonths(start)
            // Days that are counted, and days that are not yet.
            for day in ["2024-06-24", "2024-06-25", "2025-01-24", "2026-11-25", "2026-12-31"] {
                try fixture.add(7, "Leisure", on: day, "Late \(steps)")
            }
            let all = try expenses()
            var changed = all[steps * 31 % all.count]
            (changed.day, changed.category) = (Fixture.day("2025-05-24").advanced(by: steps), health)
            let (ada, removed) = (ada, all[steps * 47 % all.count].id)
            try storage.writeAndWait { [changed] in try $0.expenses.update(changed, owner: ada, at: noon) }
            _ = try storage.writeAndWait { try? $0.expenses.remove(removed, owner: ada, at: noon) }
            try expectMonths(start)
            guard steps % 3 == 1, TestDatabase.isFile else { continue }
            // As after a stop of the program.
            let copy = fixture.directory.file("stopped\(steps).sqlite")
            _ = try Backup(of: fixture.path, to: copy)
            let started = try Storage(path: copy)
            try started.finishLongWrites()
            #expect(try started.check().findings == [])
            #expect(try started.read { try $0.users.find(ada) }?.preferences.months.start == 25)
            started.close()
        }
        #expect(steps > 5)
        #expect(isShown)
        try expectMonths(25)
        #expect(
            try RawDatabase(storage.path).integer("SELECT count(*) FROM totals WHERE month_start <> 25") == 0)
    }

    @Test func `an import that is added meanwhile is counted by both`() throws {
        try fill(400)
        try change(to: 10)
        _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) }
        let ada = ada
        let category = try fixture.category("Health", of: ada)
        try storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
            let first = try stores.expenses.reserve(60, owner: ada)
            let rows = (0..<60).map { number in
                Expense(
                    id: Expense.ID(first.rawValue + Int64(number)), amount: Money(minorUnits: 3),
                    category: category, day: Fixture.day("2025-01-01").advanced(by: number * 10),
                    description: "")
            }
            try stores.imports.stage(rows, for: id, owner: ada)
            try stores.imports.add(id, first: first, count: 60, owner: ada)
        }
        while try storage.writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {
            try expectMonths(shown().start)
        }
        try expectMonths(10)
        #expect(try expenses().count == 460)
    }

    @Test(arguments: 0...6)
    func `of two choices, one made while the other is counted, the last holds`(steps: Int) throws {
        try fill(600)
        try change(to: 25)
        for _ in 0..<steps { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
        try change(to: 12)
        #expect(try storage.read { try $0.months.coming(of: ada) }?.start == 12)
        try expectMonths(shown().start)
        try storage.finishLongWrites()
        try expectMonths(12)
        try change(to: 20)
        _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) }
        // Back to those that are shown still.
        try change(to: 12)
        #expect(try storage.read { try $0.months.coming(of: ada) } == nil)
        try storage.finishLongWrites()
        try expectMonths(12)
        #expect(
            try RawDatabase(storage.path).integer("SELECT count(*) FROM totals WHERE month_start <> 12") == 0)
    }

    @Test func `a change of other settings leaves what is being counted as it is`() throws {
        try fill(600)
        try change(to: 25)
        for _ in 0..<3 { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
        let through = try RawDatabase(storage.path).integer(
            "SELECT max(counted_through) FROM counters")
        #expect(through ?? 0 > 0)
        try change(to: 25)
        #expect(try RawDatabase(storage.path).integer("SELECT max(counted_through) FROM counters") == through)
    }

    @Test func `a repair begins the count again, and finds what is wrong in it`() throws {
        try fill(600)
        try change(to: 25)
        for _ in 0..<3 { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
        try RawDatabase(storage.path).execute(
            "UPDATE totals SET sum = sum + 1 WHERE month_start = 25 AND span = 1")
        #expect(try storage.check().findings.contains { $0.hasPrefix("totals: user 1, month") })
        _ = try storage.repair()
        #expect(try storage.check().findings == [])
        try storage.finishLongWrites()
        try expectMonths(25)
    }

    @Test func `an account that is being counted can be removed`() throws {
        try fill(600)
        try change(to: 25)
        for _ in 0..<3 { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
        try storage.writeAndWait { [ada] in try $0.users.remove(ada) }
        try storage.finishLongWrites()
        #expect(try storage.check().findings == [])
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM totals") == 0)
    }

    @Test func `one user's months are not another's`() throws {
        try fixture.add(5, on: "2026-11-09")
        try fixture.add(5, on: "2026-11-09", of: fixture.bob)
        try change(to: 10)
        let (mine, theirs) = try storage.read {
            (try $0.totals.months(of: ada), try $0.totals.months(of: fixture.bob))
        }
        #expect(mine?.lowerBound == YearMonth(number: 2026_10))
        #expect(theirs?.lowerBound == YearMonth(number: 2026_11))
    }

    @Test func `tags are divided into the account's months`() throws {
        try fixture.add(5, on: "2026-11-09", "Tea #trip")
        try fixture.add(6, on: "2026-11-10", "Tea #trip")
        let months = try #require(MonthCalendar(start: 10))
        let tags = try storage.read { try $0.tags.page(of: ada, limit: 9, months: months).tags }
        #expect(tags.first?.months.map(\.month.number) == [2026_11, 2026_10])
    }
}
