import CSQLiteTesting
import Expenses
import SQLite
import Storage
import TestDatabase
import Testing

/// What an insert of an expense costs, in what does not depend on the machine.
@Suite(.enabled(if: TestDatabase.isFile)) struct InsertCostTests {
    private func add(_ fixture: Fixture, _ numbers: Range<Int>) throws {
        let categories = try fixture.storage.read { try $0.categories.all(of: fixture.ada) }
        try fixture.storage.writeAndWait { [ada = fixture.ada] stores in
            for number in numbers {
                let day = Day(daysSinceEpoch: 20_000 + number % 900) ?? .first
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64(number) + 1), category: categories[number % 7].id,
                    day: day, description: "Thing \(number % 300) of many")
                _ = try stores.expenses.insert(draft, owner: ada, form: "form \(number)", at: noon)
            }
        }
    }

    @Test func `an insert with a known description writes seven trees`() throws {
        let fixture = try Fixture()
        try add(fixture, 0..<3000)
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        func pages() throws -> [[UInt8]] {
            try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
            let bytes = try fixture.directory.bytes("expenses.sqlite")
            return stride(from: 0, to: bytes.count, by: 4096).map { Array(bytes[$0..<$0 + 4096]) }
        }
        let before = try pages()
        try add(fixture, 3000..<3001)
        let after = try pages()
        var trees: Set<String> = []
        let statement = try connection.statement("SELECT name, pageno FROM dbstat")
        while try statement.step() {
            let page = Int(try statement.integer(1)) - 1
            if !before.indices.contains(page) || before[page] != after[page] {
                trees.insert(try statement.text(0))
            }
        }
        #expect(
            trees.subtracting(["sqlite_schema"]) == [
                "counters", "descriptions", "expenses", "sqlite_autoindex_expenses_2",
                "expenses_by_description",
                "totals", "forms",
            ])
    }

    @Test func `the rows that a step of an import adds are one piece of the search index`() throws {
        let fixture = try Fixture()
        let ada = fixture.ada
        let draft = try fixture.draft(3)
        try fixture.storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
            let first = try stores.expenses.reserve(12, owner: ada)
            let expenses = (0..<12).map {
                Expense(
                    id: Expense.ID(first.rawValue + $0), amount: draft.amount, category: draft.category,
                    day: draft.day, description: "Thing \($0) of many")
            }
            try stores.imports.stage(expenses, for: id, owner: ada)
            try stores.imports.add(id, first: first, count: 12, owner: ada)
        }
        try fixture.storage.finishLongWrites()
        #expect(try fixture.storage.check().findings == [])
        // FTS5 keeps a page of a piece under the piece's number times 2^37; 1 and 10 are no pieces.
        let pieces = try RawDatabase(fixture.path).integer(
            "SELECT count(DISTINCT id >> 37) FROM description_index_data WHERE id > 10")
        #expect(pieces == 1)
    }

    @Test func `an insert takes seven statements, and a form that is sent again three`() throws {
        let directory = TemporaryDirectory()
        let path = directory.file("counted.sqlite")
        unsafe statements_count(path)
        let storage = try Storage(path: path)
        let (ada, draft) = try storage.writeAndWait { stores in
            let ada = try stores.users.insert(
                username: "ada", email: "ada@example.com", passwordHash: "", at: noon)
            let category = try #require(try stores.categories.all(of: ada.id).first)
            let draft = ExpenseDraft(
                amount: Money(minorUnits: 5), category: category.id, day: Fixture.day("2026-11-22"),
                description: "Lunch")
            return (ada.id, draft)
        }
        func statements(_ form: String) throws -> Int64 {
            unsafe statements_count(path)
            _ = try storage.writeAndWait { stores in
                try stores.expenses.insert(draft, owner: ada, form: form, fingerprint: [1], at: noon)
            }
            // The beginning and the end of the transaction.
            return unsafe statements_counted(path) - 2
        }
        _ = try statements("a")
        #expect(try statements("b") <= 7)
        #expect(try statements("b") == 3)
    }
}
