import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct ExpenseStoreTests {
    let fixture: Fixture
    let storage: Storage
    let ada: User.ID

    init() throws {
        fixture = try Fixture()
        storage = fixture.storage
        ada = fixture.ada
    }

    private func find(_ id: Expense.ID) throws -> Expense? {
        try storage.read { try $0.expenses.find(id, owner: ada) }
    }

    @Test func `an expense comes back as it was added`() throws {
        let lunch = try fixture.add(
            1240, "Leisure", on: "2024-02-29", "Lunch “à deux” 🍜" + (TestDatabase.isFile ? "\u{0}end" : ""))
        #expect(try find(lunch.id) == lunch)
    }

    @Test func `an update changes every field and moves the totals`() throws {
        var expense = try fixture.add(1240, "Leisure", on: "2026-10-31", "Lunch")
        expense.amount = Money(minorUnits: -300)
        expense.category = try fixture.category("Health", of: ada)
        expense.day = Fixture.day("2025-01-01")
        expense.description = "Refund"
        let changed = expense
        try storage.writeAndWait { [ada] in try $0.expenses.update(changed, owner: ada, at: noon + 1) }
        #expect(try find(expense.id) == expense)
        let summary = try storage.read { try $0.totals.summary(of: ada, matching: Filter()) }
        let total = Total(count: 1, amount: expense.amount)
        #expect(
            summary.cells == [
                Summary.Cell(month: expense.day.yearMonth, category: expense.category, total: total)
            ])
    }

    @Test func `a removed expense lies in the bin and comes back under the same number`() throws {
        let expense = try fixture.add(500, on: "2026-11-01", "Tea")
        for _ in 1...2 {
            let moved = try storage.writeAndWait { [ada] in
                try $0.expenses.remove(expense.id, owner: ada, at: noon)
            }
            #expect(moved == expense)
        }
        #expect(try find(expense.id) == nil)
        #expect(try storage.read { try $0.totals.summary(of: ada, matching: Filter()) }.total == .zero)
        #expect(
            try storage.read { try $0.bin.page(of: ada, since: noon, limit: 100).expenses }
                == [DeletedExpense(expense: expense, deletedAt: noon)])
        #expect(
            try storage.read { try $0.bin.page(of: ada, since: noon + 1, limit: 100).expenses } == [])
        for _ in 1...2 {
            let moved = try storage.writeAndWait { [ada] in try $0.expenses.restore(expense.id, owner: ada) }
            #expect(moved == expense)
        }
        #expect(try find(expense.id) == expense)
        #expect(try storage.read { try $0.bin.page(of: ada, since: 0, limit: 100).expenses } == [])
    }

    @Test func `numbers are not used again`() throws {
        let first = try fixture.add(100)
        let later = noon + DeletedExpense.restorable + 1
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(first.id, owner: ada, at: noon) }
        try storage.sweep(at: later)
        #expect(try storage.read { try $0.bin.page(of: ada, since: 0, limit: 100).expenses } == [])
        let second = try fixture.add(100)
        #expect(second.id.rawValue > first.id.rawValue)
    }

    @Test func `the sweep removes what has been in the bin for more than 30 days`() throws {
        let old = try fixture.add(100)
        let new = try fixture.add(200)
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(old.id, owner: ada, at: noon) }
        let later = noon + DeletedExpense.restorable + 1
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(new.id, owner: ada, at: later) }
        try storage.sweep(at: later)
        #expect(
            try storage.read { try $0.bin.page(of: ada, since: 0, limit: 100).expenses }.map(
                \.expense) == [new])
    }

    @Test func `the same form adds once, even when the expense is gone`() throws {
        let draft = try fixture.draft(100)
        let post: @Sendable (Stores) throws -> Insertion = { [ada] in
            try $0.expenses.insert(draft, owner: ada, form: "f1", at: noon)
        }
        let id = try storage.writeAndWait(post).id
        #expect(try storage.writeAndWait(post) == .repeated(id))
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(id, owner: ada, at: noon) }
        #expect(try storage.writeAndWait(post) == .repeated(id))
    }

    @Test func `a form is remembered for 30 days and forgotten later`() throws {
        let draft = try fixture.draft(100)
        func post(_ form: String, at time: Int64) throws -> Insertion {
            try storage.writeAndWait { [ada] in
                try $0.expenses.insert(draft, owner: ada, form: form, at: time)
            }
        }
        let first = try post("a", at: noon)
        _ = try post("b", at: noon + 30 * 86_400)
        #expect(try post("a", at: noon + 30 * 86_400) == .repeated(first.id))
        // Old ones are looked for at every sixteenth.
        for number in 0..<16 { _ = try post("c\(number)", at: noon + 40 * 86_400) }
        #expect(try post("a", at: noon + 40 * 86_400) != .repeated(first.id))
    }

    @Test func `two users may post the same form id`() throws {
        let mine = try fixture.add(100, form: "f")
        let theirs = try fixture.add(100, of: fixture.bob, form: "f")
        #expect(try find(mine.id) == mine)
        #expect(try storage.read { try $0.expenses.find(theirs.id, owner: fixture.bob) } == theirs)
    }

    @Test func `the number of an expense counts its owner's alone`() throws {
        #expect(try fixture.add(100).id == Expense.ID(1))
        #expect(try fixture.add(100).id == Expense.ID(2))
        #expect(try fixture.add(100, of: fixture.bob).id == Expense.ID(1))
    }

    @Test func `a form that says something else than before adds nothing, and tells what it has added`()
        throws
    {
        func post(_ fingerprint: [UInt8]?) throws -> Insertion {
            let draft = try fixture.draft(100)
            return try storage.writeAndWait { [ada] in
                try $0.expenses.insert(draft, owner: ada, form: "f", fingerprint: fingerprint, at: noon)
            }
        }
        let first = try post([1])
        #expect(try post([1]) == .repeated(first.id))
        #expect(try post([2]) == .formUsed(by: first.id))
        #expect(try post(nil) == .repeated(first.id))
        #expect(try storage.read { try $0.totals.all(of: ada) }.total.count == 1)
    }

    @Test func `the bin comes page by page, the newest deletion first`() throws {
        let ids = try (1...7).map { try fixture.add(Int64($0)).id }
        for (index, id) in ids.enumerated() {
            _ = try storage.writeAndWait { [ada] in
                try $0.expenses.remove(id, owner: ada, at: noon + Int64(index / 2))
            }
        }
        var found: [Expense.ID] = []
        var cursor: DeletedExpense.Cursor?
        repeat {
            let page = try storage.read {
                try $0.bin.page(of: ada, since: noon, after: cursor, limit: 3)
            }
            #expect(page.expenses.count <= 3)
            found += page.expenses.map(\.expense.id)
            cursor = page.next.map { DeletedExpense.Cursor($0.description) } ?? nil
        } while cursor != nil
        #expect(found == ids.reversed())
    }

    @Test func `descriptions in use are suggested, the newest first, each spelling as typed last`() throws {
        try fixture.add(1, "Leisure", "Tea")
        try fixture.add(1, "Leisure", "Coffee")
        try fixture.add(1, "Groceries", "TEA")
        try fixture.add(1, "Groceries", "")
        try fixture.add(1, "Groceries", String(repeating: "x", count: 101))
        #expect(try storage.read { try $0.descriptions.newest(of: ada, limit: 10) } == ["TEA", "Coffee"])
        #expect(try storage.read { try $0.descriptions.newest(of: ada, limit: 1) } == ["TEA"])
    }

    @Test func `a description that no expense has any more is not suggested`() throws {
        var typo = try fixture.add(1, "Leisure", "Cofee")
        let tea = try fixture.add(1, "Leisure", "Tea")
        typo.description = "Coffee"
        let corrected = typo
        try storage.writeAndWait { [ada] in
            try $0.expenses.update(corrected, owner: ada, at: noon)
            _ = try $0.expenses.remove(tea.id, owner: ada, at: noon)
        }
        #expect(try storage.read { try $0.descriptions.newest(of: ada, limit: 10) } == ["Coffee"])
        _ = try storage.writeAndWait { [ada] in try $0.expenses.restore(tea.id, owner: ada) }
        #expect(try storage.read { try $0.descriptions.newest(of: ada, limit: 10) } == ["Tea", "Coffee"])
    }

    @Test func `the last category goes by description, or else by the newest entry`() throws {
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        #expect(try storage.read { try $0.expenses.lastCategory(of: ada) } == nil)
        try fixture.add(1, "Groceries", on: "2026-11-20", "Café")
        try fixture.add(1, "Leisure", on: "2026-11-19", "CAFE\u{301}")
        try fixture.add(1, "Health", on: "2020-01-01", "Pills")
        #expect(
            try storage.read { try $0.descriptions.lastCategory(of: ada, description: "cafÉ") } == leisure)
        #expect(try storage.read { try $0.descriptions.lastCategory(of: ada, description: "tea") } == nil)
        #expect(try storage.read { try $0.expenses.lastCategory(of: ada) } == health)
    }

    @Test func `months reach from the first to the last that hold an expense`() throws {
        #expect(try storage.read { try $0.totals.months(of: ada) } == nil)
        try fixture.add(1, on: "2025-03-31")
        let last = try fixture.add(1, on: "2026-12-01")
        let span = YearMonth(number: 202503)...YearMonth(number: 202612)
        #expect(try storage.read { try $0.totals.months(of: ada) } == span)
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(last.id, owner: ada, at: noon) }
        #expect(try storage.read { try $0.totals.months(of: ada) }?.upperBound == span.lowerBound)
    }

    @Test func `a user may have as many expenses as the quota says, the bin included`() throws {
        var options = Storage.Options()
        options.userQuota = 2
        let fixture = try Fixture(options: options)
        let first = try fixture.add(100, form: "f1")
        try fixture.add(200)
        #expect(throws: AppError.quotaReached(most: 2)) { try fixture.add(300) }
        // The same form again has been saved already.
        #expect(try fixture.add(100, form: "f1").id == first.id)
        try fixture.add(300, of: fixture.bob)
        let ada = fixture.ada
        _ = try fixture.storage.writeAndWait { try $0.expenses.remove(first.id, owner: ada, at: noon) }
        #expect(throws: AppError.quotaReached(most: 2)) { try fixture.add(300) }
        _ = try fixture.storage.writeAndWait { try $0.expenses.restore(first.id, owner: ada) }
        #expect(try fixture.storage.check().findings == [])
        try fixture.storage.writeAndWait { stores in
            _ = try stores.expenses.remove(first.id, owner: ada, at: noon - 2 * DeletedExpense.restorable)
        }
        try fixture.storage.sweep(at: noon)
        try fixture.add(300)
        try fixture.storage.writeAndWait { try $0.users.remove(ada) }
        try fixture.storage.finishLongWrites()
        #expect(try fixture.storage.check().findings == [])
    }
}
