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
                Summary.Cell(month: YearMonth(number: 2025_01), category: expense.category, total: total)
            ])
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

    @Test func `the number of an expense counts its owner's alone`() throws {
        #expect(try fixture.add(100).id == Expense.ID(1))
        #expect(try fixture.add(100).id == Expense.ID(2))
        #expect(try fixture.add(100, of: fixture.bob).id == Expense.ID(1))
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
