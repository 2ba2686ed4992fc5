import Expenses
import SQLite
import Storage
import TestDatabase
import Testing

/// What is done with many expenses at once, and taken back.
@Suite struct BulkStoreTests {
    let fixture: Fixture
    var storage: Storage { fixture.storage }
    var ada: User.ID { fixture.ada }

    init() throws {
        var options = Storage.Options()
        options.stepLimits.rows = 100
        fixture = try Fixture(options: options)
    }

    private func all() throws -> [Expense] {
        try storage.read { try $0.list.page(of: ada, matching: Filter(), after: nil, limit: 5000).expenses }
    }

    private func fill(_ count: Int) throws {
        let (ada, draft) = (ada, try fixture.draft(1, "Leisure"))
        try storage.writeAndWait { stores in
            for number in 0..<count {
                var draft = draft
                draft.amount = Money(minorUnits: Int64(number + 1))
                draft.description = "Thing \(number % 10)" + (number % 3 == 0 ? " #trip" : "")
                draft.day = Fixture.day("2026-10-\(10 + number % 20)")
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
    }

    @discardableResult
    private func begin(
        _ action: BulkChange.Action, _ ids: [Expense.ID], at now: Int64 = noon
    ) throws -> BulkChange.ID {
        let ada = ada
        let id = try storage.writeAndWait { try $0.bulk.prepare(action, owner: ada, at: now) }
        for start in stride(from: 0, to: ids.count, by: BulkStore.batch) {
            let some = Array(ids[start..<min(start + BulkStore.batch, ids.count)])
            try storage.writeAndWait { try $0.bulk.list(some, for: id, owner: ada) }
        }
        try storage.writeAndWait { try $0.bulk.begin(id, owner: ada) }
        return id
    }

    private func undo(_ id: BulkChange.ID, at now: Int64 = noon) throws {
        let ada = ada
        try storage.writeAndWait { try $0.bulk.undo(id, owner: ada, at: now) }
        try storage.finishLongWrites()
    }

    private func latest(at now: Int64 = noon) throws -> BulkChange? {
        try storage.read { try $0.bulk.latest(of: ada, at: now) }
    }

    private enum Kind: CaseIterable { case move, tag, untag, rename, merge, delete }

    private func action(_ kind: Kind) throws -> BulkChange.Action {
        switch kind {
        case .move: .move(to: try fixture.category("Health", of: ada))
        case .tag: .tag("New")
        case .untag: .untag("TRIP")
        case .rename, .merge: .rename("Trip", to: "Journey")
        case .delete: .delete
        }
    }

    @Test(arguments: Kind.allCases) private func `many are changed in steps, and all of it is taken back`(
        kind: Kind
    ) throws {
        try fill(700)
        if kind == .merge { try fixture.add(5, on: "2026-10-12", "Both #trip #journey") }
        let before = try all()
        let action = try action(kind)
        let expected = before.compactMap { expense -> Expense? in
            switch action.outcome(for: expense) {
            case .changed(let changed): changed
            case .unchanged, .leftOut: expense
            case .deleted: nil
            }
        }
        let id = try begin(action, before.map(\.id))
        var steps = 0
        while try storage.writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {
            steps += 1
            if steps % 2 == 0 { #expect(try storage.check().findings == []) }
        }
        #expect(steps > 1)
        #expect(try all() == expected)
        #expect(try storage.check().findings == [])
        let change = try #require(try latest())
        #expect(change.id == id && change.count == before.count && change.leftOut == 0)
        #expect(change.changed == before.filter { !expected.contains($0) }.count)
        try undo(id)
        #expect(try all() == before)
        #expect(try latest() == nil)
        #expect(try storage.check().findings == [])
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM bulk_expenses") == 0)
    }

    @Test func `a change is taken back while it is being made`() throws {
        try fill(700)
        let before = try all()
        let id = try begin(.untag("trip"), before.map(\.id))
        for _ in 0..<2 { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
        #expect(try all() != before)
        try undo(id)
        #expect(try all() == before)
    }

    /// A form that is sent once more would take back another change.
    @Test func `the number of a change that was taken back is not given again`() throws {
        try fill(2)
        let ids = try all().map(\.id)
        let first = try begin(.tag("a"), ids)
        try storage.finishLongWrites()
        try undo(first)
        let second = try begin(.tag("b"), ids)
        try storage.finishLongWrites()
        #expect(throws: AppError.notFound) { try undo(first) }
        #expect(try latest()?.id == second)
    }

    @Test func `what somebody has changed since stays when the rest is taken back`() throws {
        let first = try fixture.add(1, "Leisure", on: "2026-10-01", "One")
        let second = try fixture.add(2, "Leisure", on: "2026-10-01", "Two")
        let id = try begin(.tag("trip"), [first.id, second.id])
        try storage.finishLongWrites()
        var edited = second
        edited.description = "Edited"
        try storage.writeAndWait { [ada, edited] in try $0.expenses.update(edited, owner: ada, at: noon) }
        try undo(id)
        #expect(Set(try all().map(\.description)) == ["One", "Edited"])
    }

    @Test func `what is gone, or would be too long, is left out and counted`() throws {
        let gone = try fixture.add(1, "Leisure", on: "2026-10-01", "Gone")
        let long = try fixture.add(2, "Leisure", on: "2026-10-01", String(repeating: "x", count: 499))
        let short = try fixture.add(3, "Leisure", on: "2026-10-01", "Short")
        let foreign = try fixture.add(4, "Leisure", on: "2026-10-01", "Bob's", of: fixture.bob)
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(gone.id, owner: ada, at: noon) }
        try begin(.tag("trip"), [gone.id, long.id, short.id])
        try storage.finishLongWrites()
        let change = try #require(try latest())
        #expect((change.count, change.changed, change.leftOut) == (3, 1, 1))
        #expect(foreign.description == "Bob's")
    }

    @Test func `one change is made at a time, and the last one can be taken back for 30 days`() throws {
        try fill(300)
        let ids = try all().map(\.id)
        let first = try begin(.tag("a"), ids)
        #expect(throws: AppError.busy(retryAfter: 5)) { try begin(.tag("b"), ids) }
        try storage.finishLongWrites()
        let second = try begin(.tag("b"), ids, at: noon + 9)
        try storage.finishLongWrites()
        #expect(throws: AppError.notFound) { try undo(first) }
        #expect(try latest()?.id == second)
        try storage.sweep(at: noon + 10)
        // Of the first one nothing is left.
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM bulk_expenses") == 300)
        let end = noon + 9 + BulkChange.restorable
        #expect(throws: AppError.notFound) { try undo(second, at: end) }
        try storage.sweep(at: end)
        for table in ["bulk_changes", "bulk_expenses"] {
            #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM \(table)") == 0)
        }
    }

    /// Two clicks, or a thousand connections: what is listed takes room before it is changed.
    @Test func `one list is made at a time, until it is begun, abandoned or old`() throws {
        try fill(2)
        func prepare(at now: Int64) throws -> BulkChange.ID {
            try storage.writeAndWait { [ada] in try $0.bulk.prepare(.tag("a"), owner: ada, at: now) }
        }
        let first = try prepare(at: noon)
        #expect(throws: AppError.busy(retryAfter: 5)) { try prepare(at: noon) }
        #expect(throws: AppError.busy(retryAfter: 5)) { try prepare(at: noon + 599) }
        try storage.writeAndWait { [ada] in try $0.bulk.abandon(first, owner: ada) }
        let second = try prepare(at: noon)
        #expect(throws: AppError.notFound) {
            try storage.writeAndWait { [ada] in try $0.bulk.begin(first, owner: ada) }
        }
        let third = try prepare(at: noon + 600)
        #expect(first.rawValue < second.rawValue && second.rawValue < third.rawValue)
    }

    @Test func `a category that is merged away on the way takes nothing more, and nothing fails`() throws {
        try fill(300)
        let (ada, ids) = (ada, try all().map(\.id))
        let (health, utilities) = (
            try fixture.category("Health", of: ada), try fixture.category("Utilities", of: ada)
        )
        let id = try begin(.move(to: health), ids)
        _ = try storage.writeAndWait { try $0.categories.remove(health, movingTo: utilities, owner: ada) }
        try storage.finishLongWrites()
        #expect(try storage.read { try $0.longWrites.all(of: ada) } == [])
        #expect(try all().allSatisfy { $0.category != health })
        #expect(try storage.check().findings == [])
        try undo(id)
        #expect(try storage.check().findings == [])
    }

    @Test func `a change needs a category of the owner`() throws {
        #expect(throws: AppError.notFound) {
            _ = try storage.writeAndWait { [ada] in
                try $0.bulk.prepare(.move(to: Expenses.Category.ID(99)), owner: ada, at: noon)
            }
        }
    }
}
