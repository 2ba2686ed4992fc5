import Expenses
import Storage
import Testing

@Suite struct BinStoreTests {
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
}
