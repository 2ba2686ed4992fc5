import Expenses
import SQLite
import Storage
import Synchronization
import TestDatabase
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

    /// A file as the release with this version of the schema has written it: two expenses and what is derived from them.
    private func make(version: Int) throws {
        let schema = Migrator(
            applicationID: Schema.migrator.applicationID,
            scripts: Array(Schema.migrator.scripts.prefix(version)))
        let connection = try DatabaseFile(path: path, makesMissing: true).open(schema: schema)
        let numbered = version >= 6
        try connection.execute(
            script: """
                INSERT INTO users VALUES (1, 'u', 'u', 'e', 'e', 'h', 'USD', '1,234.56', 'UTC', 'monday', 0);
                INSERT INTO categories (owner, \(numbered ? "id, " : "")name, name_key, color)
                    VALUES (1, \(numbered ? "1, " : "")'Food', 'food', 'red');
                """)
        switch version {
        case 1: try connection.run("UPDATE expense_numbers SET newest = 2")
        case 2...5: try connection.run("INSERT INTO expense_numbers VALUES (1, 2)")
        default:
            try connection.run(
                """
                INSERT INTO counters (owner, newest_expense, newest_category, newest_description, expenses)
                VALUES (1, 2, 1, 1, 2)
                """)
        }
        if version >= 7 {
            try connection.execute(
                script: version >= 9
                    ? """
                    INSERT INTO descriptions VALUES (1, 1, 'cafe', 'CAFE', 1, 2, 2);
                    UPDATE counters SET latest = '1 2 CAFE';
                    """ : "INSERT INTO descriptions VALUES (1, 1, 'cafe', 'CAFE', 1, 2, 2, 1)")
            try connection.run("INSERT INTO description_index (rowid, key) VALUES ((1 << 32) + 1, 'cafe')")
        }
        for (id, text) in [(1, "Café"), (2, "CAFE")] {
            try connection.execute(
                script: """
                    INSERT INTO expenses (owner, day, id, amount, category, description, created_at,
                        updated_at\(version >= 7 ? ", description_id" : ""))
                    VALUES (1, 20261001, \(id), 100, 1, '\(text)', 5, 5\(version >= 7 ? ", 1" : ""))
                    """)
        }
    }

    @Test(arguments: 1...10) func `a file of every version is opened, and goes on`(version: Int) throws {
        if version < Schema.migrator.scripts.count { try make(version: version) }
        let storage = try Storage(path: path)
        let draft = try storage.writeAndWait { stores in
            let isNew = try stores.users.isEmpty()
            let owner =
                isNew
                ? try stores.users.insert(username: "u", email: "e", passwordHash: "", at: noon).id
                : User.ID(1)
            let category = try #require(try stores.categories.all(of: owner).first)
            return ExpenseDraft(
                amount: Money(minorUnits: 100), category: category.id, day: Fixture.day("2026-10-02"),
                description: "cafe")
        }
        for _ in 0..<(version == Schema.migrator.scripts.count ? 3 : 1) {
            _ = try storage.writeAndWait {
                try $0.expenses.insert(draft, owner: User.ID(1), form: nil, at: noon)
            }
        }
        let (found, overview) = try storage.read {
            (
                try $0.totals.summary(of: User.ID(1), matching: Filter(text: "café")).total,
                try $0.overview.find(of: User.ID(1))
            )
        }
        #expect(found == Total(count: 3, amount: Money(minorUnits: 300)))
        #expect(overview.descriptions == ["cafe"])
        #expect(try storage.check().findings == [])
    }

    @Test func `a migration is told, and what it was stays beside it`() throws {
        try make(version: 8)
        var options = Storage.Options()
        let told = Lines()
        options.report = { line in told.all.withLock { $0.append(line) } }
        try Storage(path: path, options: options).close()
        #expect(told.all.withLock { $0 }.count == 2)
        #expect(told.all.withLock { $0.first }?.contains("from version 8 of the schema to 12") == true)
        #expect(directory.files.contains("db.before-v9"))
    }

    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    @Test func `names and descriptions that are the same now are kept, and found as one`() throws {
        try make(version: 8)
        try Connection(path: path, mode: .readWrite).execute(
            script: """
                INSERT INTO categories VALUES (1, 2, 'Fo\u{200B}od', 'fo\u{200B}od', 'blue');
                INSERT INTO categories VALUES (1, 3, 'Café', 'café', 'blue'), (1, 4, 'Cafe', 'cafe', 'blue');
                INSERT INTO descriptions VALUES (1, 2, 'łodz', 'Łódź', 2, 1, 3, 1), (1, 3, 'lodz', 'Lodz', 3, 1, 4, 1),
                    (1, 4, '\u{200B}', '\u{200B}', 3, 1, 5, 1);
                INSERT INTO description_index (rowid, key)
                    SELECT (owner << 32) + id, key FROM descriptions WHERE id > 1;
                INSERT INTO expenses VALUES (1, 20261002, 3, 7, 2, 'Łódź', 5, 5, 2), (1, 20261003, 4, 8, 3, 'Lodz', 5, 5, 3),
                    (1, 20261004, 5, 9, 3, '\u{200B}', 5, 5, 4);
                INSERT INTO forms VALUES (1, 'short', 1, 9, NULL), (1, '\(String(repeating: "f", count: 101))', 2, 9, NULL);
                INSERT INTO imports VALUES (1, 1, 5, 0, 6, 2);
                INSERT INTO import_rows VALUES (1, 1, 6, 20261005, 1, 1, 'a', NULL), (1, 1, 7, 20261005, 1, 1, 'b', NULL);
                INSERT INTO long_writes (owner, kind, subject, target) VALUES (1, 'add import', 1, 0);
                UPDATE counters SET newest_expense = 7, newest_category = 4, newest_description = 4, expenses = 5,
                    newest_import = 1;
                """)
        let storage = try Storage(path: path)
        #expect(try storage.check().findings == [])
        let user = User.ID(1)
        try storage.read { stores in
            let categories = try stores.categories.all(of: user)
            #expect(categories.map(\.name) == ["Food", "Fo\u{200B}od", "Café", "Cafe"])
            #expect(try stores.categories.find(named: "food", owner: user)?.id.rawValue == 1)
            #expect(try stores.categories.find(named: "CAFÉ", owner: user)?.id.rawValue == 3)
            let found = try stores.totals.summary(of: user, matching: Filter(text: "łódź")).total
            #expect(found == Total(count: 2, amount: Money(minorUnits: 15)))
            #expect(try stores.overview.find(of: user).descriptions == ["Lodz", "CAFE"])
        }
        try storage.writeAndWait { stores in
            var category = try stores.categories.all(of: user)[3]
            category.color = .teal
            try stores.categories.update(category, owner: user)
        }
        try storage.finishLongWrites()
        #expect(try storage.check().findings == [])
        #expect(try storage.contents().expenses == 7)
        #expect(try RawDatabase(path).integer("SELECT count(*) FROM forms") == 1)
    }
}
