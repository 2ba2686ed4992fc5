import Expenses
import SQLite
import Storage
import Testing

/// A database that an earlier release has written: what it holds is there afterwards, and everything that is derived from
/// it is right.
@Suite struct OlderReleaseTests {
    let directory = TemporaryDirectory()
    private var path: String { directory.file("db") }

    /// The schema as it was before descriptions had numbers, with two users who have some of everything.
    private func makeOld() throws {
        let schema = Migrator(
            applicationID: Schema.migrator.applicationID, scripts: Array(Schema.migrator.scripts.prefix(5)))
        let connection = try DatabaseFile(path: path, makesMissing: true).open(schema: schema)
        for user in 1...2 {
            try connection.execute(
                script: """
                    INSERT INTO users VALUES (\(user), 'u\(user)', 'u\(user)', 'e\(user)', 'e\(user)', 'h', 'USD', '1,234.56',
                        'UTC', 'monday', 0);
                    INSERT INTO categories (owner, name, name_key, color) VALUES (\(user), 'A', 'a', 'red');
                    INSERT INTO categories (owner, name, name_key, color) VALUES (\(user), 'B', 'b', 'blue');
                    INSERT INTO expense_numbers VALUES (\(user), 9);
                    INSERT INTO api_tokens (owner, hash, name, may_write, created_at)
                        VALUES (\(user), x'0\(user)', 't', 1, 0);
                    INSERT INTO imports (owner, uploaded_at, size, first, count) VALUES (\(user), 0, 0, 1, 2);
                    INSERT INTO imports (owner, uploaded_at, size) VALUES (\(user), 0, 1);
                    """)
            for (id, day, text) in [
                (1, 20_261_001, "Café"), (2, 20_261_002, "CAFE"), (3, 20_261_102, ""),
                (4, 20_261_103, "Book"),
            ] {
                try connection.execute(
                    script: """
                        INSERT INTO expenses (owner, id, day, amount, category, description, created_at, updated_at)
                        SELECT \(user), \(id), \(day), \(id) * 100, max(id), '\(text)', 5, 5 FROM categories
                        WHERE owner = \(user)
                        """)
            }
            try connection.execute(
                script: """
                    INSERT INTO descriptions SELECT owner, 'book', 'Book', category, 1, 4 FROM expenses
                        WHERE owner = \(user) AND id = 4;
                    INSERT INTO deleted_expenses SELECT owner, 5, day, amount, category, 'Gone', 5, 5, 5 FROM expenses
                        WHERE owner = \(user) AND id = 4;
                    """)
        }
    }

    @Test func `expenses, categories, tokens and imports are kept, under their numbers`() throws {
        try makeOld()
        let storage = try Storage(path: path)
        #expect(try storage.check().findings == [])
        let user = User.ID(2)
        try storage.read { stores in
            let categories = try stores.categories.all(of: user)
            #expect(categories.map(\.name) == ["A", "B"])
            #expect(categories.map(\.id.rawValue) == [3, 4])
            let all = try stores.list.page(of: user, matching: Filter(), after: nil, limit: 9)
            #expect(all.expenses.map(\.id.rawValue) == [4, 3, 2, 1])
            #expect(all.expenses.map(\.description) == ["Book", "", "CAFE", "Café"])
            #expect(try stores.bin.find(Expense.ID(5), owner: user)?.description == "Gone")
            #expect(try stores.apiTokens.find(hash: [2])?.user.id == user)
            #expect(try stores.imports.remaining(of: UploadedFile.ID(3), owner: user).live == 2)
        }
    }

    @Test func `after the migration totals are right and new ids follow the old ones`() throws {
        try makeOld()
        let storage = try Storage(path: path)
        let user = User.ID(1)
        try storage.read { stores in
            let found = try stores.totals.summary(of: user, matching: Filter(text: "café"))
            #expect(found.total == Total(count: 2, amount: Money(minorUnits: 300)))
            var days = Filter()
            (days.from, days.through) = (Fixture.day("2026-10-02"), Fixture.day("2026-11-02"))
            #expect(try stores.totals.summary(of: user, matching: days).total.count == 2)
            #expect(try stores.overview.find(of: user).descriptions == ["Book", "CAFE"])
        }
        try storage.writeAndWait { stores in
            let category = try stores.categories.insert(name: "C", color: .red, owner: user)
            #expect(category.rawValue > 2)
            let draft = ExpenseDraft(
                amount: Money(minorUnits: 1), category: category, day: Fixture.day("2026-11-05"),
                description: "cafe")
            #expect(try stores.expenses.insert(draft, owner: user, form: nil, at: noon).id.rawValue == 10)
        }
        #expect(try storage.check().findings == [])
    }
}
