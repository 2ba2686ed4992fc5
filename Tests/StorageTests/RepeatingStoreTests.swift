import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct RepeatingStoreTests {
    private let fixture: Fixture
    private let today = Fixture.day("2026-11-22")

    init() throws {
        var options = Storage.Options()
        options.userQuota = 2000
        options.stepLimits.rows = 64
        fixture = try Fixture(options: options)
    }

    private var storage: Storage { fixture.storage }

    /// Adds one of Ada's that has recorded nothing.
    @discardableResult
    private func add(
        _ first: String, _ unit: Repetition.Unit = .month, every: Int = 1, until: String? = nil,
        _ amount: Int64 = 1299, _ description: String = "Netflix", of owner: User.ID? = nil
    ) throws -> RepeatingExpense.ID {
        let owner = owner ?? fixture.ada
        let rule = RepeatingExpense(
            amount: Money(minorUnits: amount), category: try fixture.category("Leisure", of: owner),
            description: description,
            repetition: Repetition(
                first: Fixture.day(first), every: every, unit: unit, until: until.map(Fixture.day)))
        return try storage.writeAndWait(of: owner) {
            try $0.repeating.insert(rule, owner: owner, at: noon).id
        }
    }

    private func record(_ day: Day? = nil) throws -> RepeatingStore.Recording {
        let (owner, day) = (fixture.ada, day ?? today)
        return try storage.writeAndWait(of: owner) {
            try $0.repeating.recordDue(through: day, of: owner, at: noon)
        }
    }

    private func rule(_ id: RepeatingExpense.ID) throws -> RepeatingExpense {
        try #require(try storage.read { try $0.repeating.find(id, owner: fixture.ada) })
    }

    private func deleted(_ id: RepeatingExpense.ID) throws -> RepeatingExpense? {
        try storage.read { try $0.repeating.find(id, owner: fixture.ada, mayBeDeleted: true) }
    }

    private func days(repeating: RepeatingExpense.ID? = nil) throws -> [String] {
        try storage.read { stores in
            try stores.list.page(
                of: fixture.ada, matching: Filter(repeating: repeating), after: nil, limit: 5000
            ).expenses.map(\.day.description)
        }
    }

    private func change(
        _ id: RepeatingExpense.ID, _ change: @Sendable (inout RepeatingExpense) -> Void
    ) throws {
        var rule = try rule(id)
        change(&rule)
        try storage.writeAndWait(of: fixture.ada) { [fixture, rule] in
            try $0.repeating.update(rule, owner: fixture.ada, at: noon)
        }
    }

    private func due() throws -> Day? {
        try storage.read { try $0.users.find(fixture.ada)?.repeatingDue }
    }

    @Test func `what is due is recorded once, with its own day`() throws {
        let id = try add("2026-08-31")
        #expect(try due() == Fixture.day("2026-08-31"))
        for _ in 0..<3 { #expect(try record() == .nothing) }
        #expect(try days() == ["2026-10-31", "2026-09-30", "2026-08-31"])
        let rule = try rule(id)
        #expect((rule.recorded, rule.next) == (3, 3))
        #expect(rule.recordedThrough == Fixture.day("2026-10-31"))
        #expect(try due() == Fixture.day("2026-11-30"))
        #expect(try record(Fixture.day("2026-09-01")) == .nothing)
        #expect(try days().count == 3)
        #expect(try storage.check().findings == [])
    }

    @Test func `an expense that is deleted for good does not come again`() throws {
        try add("2026-11-01", .week)
        _ = try record()
        let expenses = try storage.read {
            try $0.list.page(of: fixture.ada, matching: Filter(), after: nil, limit: 9).expenses
        }
        #expect(expenses.count == 4)
        try storage.writeAndWait(of: fixture.ada) { [fixture] in
            _ = try $0.expenses.remove(expenses[0].id, owner: fixture.ada, at: noon)
        }
        _ = try record()
        #expect(try days().count == 3)
        try storage.sweep(at: noon + DeletedExpense.restorable + 1)
        // The sweep records December as well: it looks at its own clock.
        #expect(try days().filter { $0 <= "2026-11-22" }.count == 3)
        #expect(try storage.check().findings == [])
    }

    @Test func `several are recorded in the order of their days, up to a bound, and the rest in steps`()
        throws
    {
        let daily = try add("2024-11-23", .day, 100, "Coffee")
        let monthly = try add("2024-12-01", .month, 90_000, "Rent")
        #expect(try record() == .more)
        let first = try days()
        #expect(first.count == RepeatingStore.mostAtOnce)
        #expect(first.first == "2026-03-21")
        #expect(try storage.read { try $0.repeating.isUnderWay(of: fixture.ada) })
        #expect(try record() == .more)
        #expect(try days().count == RepeatingStore.mostAtOnce)
        try storage.finishLongWrites()
        #expect(try days(repeating: daily).count == 730)
        #expect(try days(repeating: monthly).count == 24)
        #expect(try !storage.read { try $0.repeating.isUnderWay(of: fixture.ada) })
        #expect(try record() == .nothing)
        #expect(try days().count == 754)
        let summary = try storage.read {
            try $0.totals.summary(of: fixture.ada, matching: Filter(repeating: monthly)).total
        }
        #expect(summary == Total(count: 24, amount: Money(minorUnits: 24 * 90_000)))
        #expect(try storage.check().findings == [])
    }

    @Test func `what has no room stays due, and the rest is recorded when there is some`() throws {
        for _ in 0..<1998 { try fixture.add(100) }
        let id = try add("2026-11-19", .day)
        #expect(try record() == .quotaReached(most: 2000))
        #expect(try rule(id).recordedThrough == Fixture.day("2026-11-20"))
        #expect(try record() == .quotaReached(most: 2000))
        let live = try storage.read {
            try $0.list.page(of: fixture.ada, matching: Filter(), after: nil, limit: 2000).expenses
        }
        #expect(live.count == 2000)
        try storage.writeAndWait(of: fixture.ada) { [fixture] stores in
            for expense in live.suffix(2) {
                _ = try stores.expenses.remove(expense.id, owner: fixture.ada, at: noon - 40 * 86_400)
            }
        }
        try storage.sweep(at: noon)
        #expect(try record() == .nothing)
        #expect(try rule(id).recorded == 4)
        #expect(try storage.check().findings == [])
    }

    @Test func `a pause, its end, and what was skipped`() throws {
        let id = try add("2026-11-01", .week)
        _ = try record()
        try change(id) { $0.isPaused = true }
        #expect(try due() == nil)
        #expect(try record(Fixture.day("2027-01-01")) == .nothing)
        #expect(try days().count == 4)
        try change(id) { $0.resume(today: Fixture.day("2027-01-01")) }
        #expect(try due() == Fixture.day("2027-01-03"))
        try change(id) { _ = $0.skip() }
        #expect(try record(Fixture.day("2027-01-10")) == .nothing)
        #expect(try days().prefix(2) == ["2027-01-10", "2026-11-22"])
    }

    private func restore(
        _ id: RepeatingExpense.ID, change: Int64? = nil, of owner: User.ID? = nil
    ) throws -> Bool {
        let owner = owner ?? fixture.ada
        return try storage.writeAndWait(of: owner) {
            try $0.repeating.restore(id, change: change, owner: owner, at: noon)
        }
    }

    @Test func `each change can be taken back once, unless it was changed again`() throws {
        let id = try add("2026-12-01")
        let before = try rule(id)
        try change(id) { $0.amount = Money(minorUnits: 1499) }
        try change(id) { _ = $0.skip() }
        #expect(try rule(id).nextDay == Fixture.day("2027-01-01"))
        let isRestored = try restore(id, change: 1)
        #expect(!isRestored)
        let isRestoredNow = try restore(id, change: 2)
        #expect(isRestoredNow)
        #expect(try rule(id).nextDay == Fixture.day("2026-12-01"))
        #expect(try rule(id).amount == Money(minorUnits: 1499))
        let isRestoredTwice = try restore(id)
        #expect(!isRestoredTwice)
        try storage.writeAndWait(of: fixture.ada) { [fixture] in
            try $0.repeating.remove(id, owner: fixture.ada, at: noon)
        }
        #expect(try storage.read { try $0.repeating.all(of: fixture.ada) } == [])
        #expect(try due() == nil)
        #expect(try storage.check().findings == [])
        let isBack = try restore(id)
        #expect(isBack)
        #expect(try rule(id).repetition == before.repetition)
        #expect(try due() == Fixture.day("2026-12-01"))
        #expect(throws: AppError.notFound) { try restore(id, of: fixture.bob) }
    }

    @Test func `a day that was recorded is not recorded again by taking back what was before it`() throws {
        let id = try add("2026-11-01")
        _ = try record()
        try change(id) { _ = $0.skip() }
        _ = try record(Fixture.day("2027-01-05"))
        #expect(try days() == ["2027-01-01", "2026-11-01"])
        _ = try restore(id)
        _ = try record(Fixture.day("2027-01-05"))
        #expect(try days() == ["2027-01-01", "2026-11-01"])
        #expect(try due() == Fixture.day("2027-02-01"))
    }

    @Test func `a deleted one goes for good after thirty days`() throws {
        let id = try add("2026-12-01")
        try storage.writeAndWait(of: fixture.ada) { [fixture] in
            try $0.repeating.remove(id, owner: fixture.ada, at: noon)
        }
        try storage.sweep(at: noon + DeletedExpense.restorable)
        #expect(try deleted(id) != nil)
        try storage.sweep(at: noon + DeletedExpense.restorable + 1)
        #expect(try deleted(id) == nil)
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM repeating") == 0)
    }

    @Test func `those of a category that is merged follow it, also what they were before`() throws {
        let id = try add("2026-11-01")
        try change(id) { $0.amount = Money(minorUnits: 1) }
        let leisure = try fixture.category("Leisure", of: fixture.ada)
        let others = try fixture.category("Others", of: fixture.ada)
        for _ in 0..<200 { try fixture.add(100, "Leisure") }
        let rule = try rule(id)
        try storage.writeAndWait(of: fixture.ada) { [fixture] stores in
            _ = try stores.categories.remove(leisure, movingTo: others, owner: fixture.ada)
            // The merge has made its first step, and of a file no more: the category is still there.
            if TestDatabase.isFile { try stores.repeating.update(rule, owner: fixture.ada, at: noon) }
        }
        #expect(try self.rule(id).category == others)
        try storage.finishLongWrites()
        #expect(try self.rule(id).category == others)
        _ = try restore(id)
        #expect(try self.rule(id).category == others)
        #expect(throws: AppError.notFound) { try change(id) { $0.category = leisure } }
        _ = try record()
        #expect(try storage.check().findings == [])
    }

    @Test func `the sweep records by the clock of each user's zone`() throws {
        let id = try add("2026-11-23", .day)
        let owner = fixture.ada
        func live(in zone: String) throws {
            try storage.writeAndWait(of: owner) {
                try $0.users.update(Preferences(zone: zone), of: owner)
            }
        }
        try live(in: "America/Los_Angeles")
        // 2026-11-23 04:00 UTC.
        let night = noon + 16 * 3600
        try storage.sweep(at: night)
        #expect(try rule(id).recorded == 0)
        try live(in: "Pacific/Kiritimati")
        try storage.sweep(at: night)
        #expect(try rule(id).recorded == 1)
        try live(in: "America/Los_Angeles")
        try storage.sweep(at: night)
        try storage.sweep(at: night - 86_400)
        #expect(try rule(id).recorded == 1)
        try storage.sweep(at: night + 86_400)
        #expect(try rule(id).recorded == 1)
        try storage.sweep(at: night + 2 * 86_400)
        #expect(try rule(id).recorded == 2)
    }

    @Test func `an account may have two hundred, the deleted ones not counted`() throws {
        var last: RepeatingExpense.ID?
        for _ in 0..<RepeatingExpense.most { last = try add("2026-12-01") }
        #expect(throws: AppError.tooMany(.repeating)) { try add("2026-12-01") }
        let id = try #require(last)
        try storage.writeAndWait(of: fixture.ada) { [fixture] in
            try $0.repeating.remove(id, owner: fixture.ada, at: noon)
        }
        try add("2026-12-01")
        #expect(throws: AppError.tooMany(.repeating)) { try restore(id) }
    }

    @Test func `a form that is sent twice adds one, and one that was changed in between none`() throws {
        let owner = fixture.ada
        let rule = RepeatingExpense(
            amount: Money(minorUnits: 5), category: try fixture.category("Leisure", of: owner),
            description: "",
            repetition: Repetition(first: today, unit: .week))
        func add(_ fingerprint: [UInt8]) throws -> Insertion<RepeatingExpense> {
            try storage.writeAndWait(of: owner) {
                try $0.repeating.insert(rule, form: "f", fingerprint: fingerprint, owner: owner, at: noon)
            }
        }
        let first = try add([1])
        #expect(try add([1]) == .repeated(first.id))
        #expect(try add([2]) == .formUsed(by: first.id))
        #expect(try storage.read { try $0.repeating.all(of: owner) }.count == 1)
        #expect(try fixture.add(100, form: "f").id == Expense.ID(1))
    }

    @Test func `a check finds what is derived wrongly, and a repair puts it right`() throws {
        try add("2026-11-01")
        _ = try record()
        let database = try RawDatabase(storage.path)
        for (sql, finding) in [
            ("UPDATE repeating SET next_day = 20261231", "the next day of 1 is wrong"),
            ("UPDATE users SET repeating_due = NULL", "the day from which some is due is wrong"),
            (
                "INSERT INTO recorded_expenses SELECT owner, 99, 1, 20261101 FROM counters WHERE owner = \(fixture.ada)",
                "1 recorded expenses are missing"
            ),
        ] {
            try database.execute(sql)
            let findings = try storage.check().findings
            #expect(findings.contains { $0.hasSuffix(finding) }, "\(findings)")
            _ = try storage.repair()
            #expect(try storage.check().findings == [])
        }
        #expect(try due() == Fixture.day("2026-12-01"))
    }

    @Test func `a filter by one goes with all other filters`() throws {
        let id = try add("2026-09-05")
        try add("2026-09-06", .month, 500, "Gym")
        try fixture.add(700, "Leisure", on: "2026-10-05", "Netflix")
        _ = try record()
        let leisure = try fixture.category("Leisure", of: fixture.ada)
        for (filter, count) in [
            (Filter(repeating: id), 3), (Filter(categories: [leisure], repeating: id), 3),
            (Filter(text: "netflix", repeating: id), 3), (Filter(text: "gym", repeating: id), 0),
            (Filter(monthOfYear: 10, repeating: id), 1),
            (Filter(from: Fixture.day("2026-10-01"), through: Fixture.day("2026-10-31"), repeating: id), 1),
            (Filter(repeating: RepeatingExpense.ID(99)), 0),
        ] {
            try storage.read { stores in
                let page = try stores.list.page(of: fixture.ada, matching: filter, after: nil, limit: 2)
                #expect(page.expenses.count == min(count, 2), "\(filter)")
                let rest = try page.next.map {
                    try stores.list.page(of: fixture.ada, matching: filter, after: $0, limit: 2).expenses
                }
                #expect(page.expenses.count + (rest?.count ?? 0) == count, "\(filter)")
                #expect(try stores.totals.summary(of: fixture.ada, matching: filter).total.count == count)
                #expect(
                    try stores.totals.summaryByDay(of: fixture.ada, matching: filter).total.count == count)
                #expect(try stores.totals.total(of: fixture.ada, matching: filter).count == count)
                var all = 0
                try stores.list.forEach(of: fixture.ada, matching: filter) { _ in all += 1 }
                #expect(all == count)
            }
        }
    }

    /// The program is killed after so many writes, begins anew, and is killed again.
    @Test(.enabled(if: TestDatabase.isFile), arguments: [0, 1, 2, 3, 5, 8])
    func `nothing is lost or recorded twice where the program is killed between two writes`(writes: Int)
        throws
    {
        let fixture = try Fixture()
        let (owner, today) = (fixture.ada, today)
        let rule = RepeatingExpense(
            amount: Money(minorUnits: 100), category: try fixture.category("Others", of: owner),
            description: "Coffee", repetition: Repetition(first: Fixture.day("2024-11-23"), unit: .day))
        try fixture.storage.writeAndWait(of: owner) {
            _ = try $0.repeating.insert(rule, owner: owner, at: noon)
        }
        fixture.storage.close()
        for _ in 0..<3 {
            var options = Storage.Options()
            options.isStepped = true
            options.stepLimits.rows = 16
            let stepped = try Storage(path: fixture.path, options: options)
            stepped.write(
                of: owner, { try $0.repeating.recordDue(through: today, of: owner, at: noon) },
                answer: { _ in })
            stepped.goOnWithLongWrites()
            for _ in 0..<writes { _ = stepped.makeWrites(1) }
            stepped.abandon()
        }
        let storage = try Storage(path: fixture.path)
        try storage.writeAndWait(of: owner) {
            _ = try $0.repeating.recordDue(through: today, of: owner, at: noon)
        }
        try storage.finishLongWrites()
        try storage.read { stores in
            var days: [Day] = []
            try stores.list.forEach(of: owner, matching: Filter()) { days.append($0.day) }
            #expect(days == (0..<730).map { today.advanced(by: -$0) })
            #expect(try stores.repeating.all(of: owner).first?.recorded == 730)
        }
        #expect(try storage.check().findings == [])
    }
}
