import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct FormStoreTests {
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

    @Test func `the same form adds once, even when the expense is gone`() throws {
        let draft = try fixture.draft(100)
        let post: @Sendable (Stores) throws -> Insertion<Expense> = { [ada] in
            try $0.expenses.insert(draft, owner: ada, form: "f1", at: noon)
        }
        let id = try storage.writeAndWait(post).id
        #expect(try storage.writeAndWait(post) == .repeated(id))
        _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(id, owner: ada, at: noon) }
        #expect(try storage.writeAndWait(post) == .repeated(id))
    }

    @Test func `a form is remembered for 30 days and forgotten later`() throws {
        let draft = try fixture.draft(100)
        func post(_ form: String, at time: Int64) throws -> Insertion<Expense> {
            try storage.writeAndWait { [ada] in
                try $0.expenses.insert(draft, owner: ada, form: form, at: time)
            }
        }
        let first = try post("a", at: noon)
        _ = try post("b", at: noon + 30 * 86_400)
        #expect(try post("a", at: noon + 30 * 86_400) == .repeated(first.id))
        #expect(try post("a", at: noon + 40 * 86_400) != .repeated(first.id))
    }

    @Test func `an id of more than 100 bytes is refused`() throws {
        let draft = try fixture.draft(100)
        #expect(throws: (any Error).self) {
            try storage.writeAndWait { [ada] in
                try $0.expenses.insert(
                    draft, owner: ada, form: String(repeating: "f", count: 101), at: noon)
            }
        }
        #expect(try storage.check().findings == [])
        try fixture.add(100, form: String(repeating: "f", count: 100))
    }

    @Test func `forms that have had their time are swept, a few at a time`() throws {
        let draft = try fixture.draft(1)
        try storage.writeAndWait { [ada] stores in
            for number in 0..<1500 {
                _ = try stores.expenses.insert(
                    draft, owner: ada, form: "f\(number)", at: number % 2 == 0 ? noon : noon + 31 * 86_400)
            }
        }
        try storage.sweep(at: noon + 31 * 86_400 + 1)
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM forms") == 750)
    }

    @Test func `two users may post the same form id`() throws {
        let mine = try fixture.add(100, form: "f")
        let theirs = try fixture.add(100, of: fixture.bob, form: "f")
        #expect(try find(mine.id) == mine)
        #expect(try storage.read { try $0.expenses.find(theirs.id, owner: fixture.bob) } == theirs)
    }

    @Test func `a form that says something else than before adds nothing, and tells what it has added`()
        throws
    {
        func post(_ fingerprint: [UInt8]?) throws -> Insertion<Expense> {
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
}
