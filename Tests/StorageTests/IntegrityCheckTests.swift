import Expenses
import SQLite
import Storage
import Synchronization
import TestDatabase
import Testing

@Suite struct IntegrityCheckTests {
    let fixture: Fixture

    init() throws {
        fixture = try Fixture()
        try fixture.add(1240, "Leisure", on: "2026-10-31", "Lunch")
        try fixture.add(300, "Health", on: "2026-11-01", "Pills")
    }

    @Test func `a database that only the stores have written has no findings`() throws {
        #expect(try fixture.storage.check().findings == [])
    }

    @Test(arguments: [
        (
            "UPDATE totals SET sum = sum + 1 WHERE span = 2 AND period = 202610",
            "totals: user 1, month 202610, category", 1
        ),
        (
            "UPDATE totals SET count = count + 1 WHERE span = 1 AND period = 202611",
            "totals: user 1, month 202611: kept 2 expenses with the sum 300, counted 1 with 300", 1
        ),
        ("DELETE FROM totals WHERE period = 202610", "totals: user 1, month 202610: kept 0", 2),
        ("UPDATE totals SET count = count + 1 WHERE span = 0", "totals: user 1, category", 2),
        ("UPDATE totals SET sum = 0 WHERE period = 20261031", "totals: user 1, day 20261031", 1),
        (
            "INSERT INTO totals VALUES (1, 1, 3, 20261231, 1, 1, 5)",
            "totals: user 1, day 20261231, category 1", 1
        ),
        (
            "INSERT INTO totals VALUES (1, 7, 3, 20261231, 1, 1, 5)",
            "totals: 1 are of months that are not shown", 1
        ),
        ("UPDATE descriptions SET uses = 2 WHERE key = 'lunch'", "descriptions: user 1: one is counted 1", 1),
        (
            "UPDATE descriptions SET newest = 0 WHERE key = 'lunch'",
            "descriptions: user 1: one has a newer expense", 2
        ),
        (
            "UPDATE descriptions SET text = 'Dinner' WHERE key = 'lunch'",
            "descriptions: user 1: one has another key", 2
        ),
        ("DELETE FROM descriptions", "descriptions: user 1", TestDatabase.isFile ? 7 : 4),
        ("UPDATE counters SET latest = '' WHERE owner = 1", "descriptions: user 1: those used last", 1),
        (
            "UPDATE expenses SET description = 'Dinner' WHERE id = 1",
            "descriptions: user 1: 1 expenses name", 1
        ),
        ("UPDATE counters SET expenses = 7 WHERE owner = 1", "usage: user 1: kept 7 expenses", 1),
        (
            "INSERT INTO description_index (rowid, key) VALUES (1 << 40, 'lunch')",
            "text index: 1 entries belong to no description", 2
        ),
        (
            "INSERT INTO description_index (description_index, rowid, key) SELECT 'delete', owner * (1 << 32) + id, key "
                + "FROM descriptions", "text index: user 1: description", 2
        ),
        ("UPDATE counters SET newest_expense = 1 WHERE owner = 1", "numbers: user 1: the newest expense", 1),
        ("UPDATE counters SET newest_category = 1", "numbers: user 1: the newest category", 2),
        ("UPDATE counters SET newest_description = 1", "numbers: user 1: the newest description", 1),
        (
            "INSERT INTO rules VALUES (1, 5, 1, 'x', NULL, '', '#x', 0)",
            "numbers: user 1: the newest rule has 5, and 0 is kept", 1
        ),
        (
            "UPDATE categories SET name_key = 'x' WHERE owner = 1 AND name_key = 'leisure'",
            "categories: user 1", 1
        ),
        (
            "INSERT INTO deleted_expenses SELECT owner, id, day, amount, category, description, 0, 0, 0 FROM expenses; "
                + "UPDATE counters SET expenses = 2 * expenses",
            "expense numbers: user 1: 1", 2
        ),
        ("UPDATE expenses SET category = 99 WHERE id = 1", "references: a row of expenses", 1),
    ])
    func `damage is found and told`(damage: String, finding: String, count: Int) throws {
        // A server's references hold, and it searches without an index.
        let isOfSQLite = finding.hasPrefix("references") || finding.hasPrefix("text index")
        if isOfSQLite && !TestDatabase.isFile { return }
        try RawDatabase(fixture.path).execute(damage)
        let findings = try fixture.storage.check().findings
        #expect(findings.first?.hasPrefix(finding) == true)
        #expect(findings.count == count)
    }

    @Test(arguments: [
        "UPDATE totals SET sum = sum + 1", "DELETE FROM totals", "DELETE FROM descriptions",
        "UPDATE descriptions SET key = 'x' WHERE key = 'lunch'",
        "UPDATE descriptions SET uses = 9, newest = 0",
        "UPDATE expenses SET description_id = 0", "UPDATE counters SET expenses = 9, latest = ''",
        "UPDATE counters SET newest_expense = 0, newest_category = 0, newest_description = 0",
        "UPDATE categories SET name_key = 'x' || id",
    ])
    func `what is derived is put right, and what was typed stays`(damage: String) throws {
        let before = try fixture.storage.contents()
        try RawDatabase(fixture.path).execute(damage)
        let (found, left) = try fixture.storage.repair()
        #expect(!found.isEmpty && left == [])
        #expect(try fixture.storage.check().findings == [])
        #expect(try fixture.storage.contents() == before)
        try fixture.add(1, "Leisure", on: "2026-11-02", "lunch")
        let filter = Filter(text: "lunch")
        #expect(
            try fixture.storage.read { try $0.totals.summary(of: fixture.ada, matching: filter) }.total.count
                == 2)
        #expect(try fixture.storage.check().findings == [])
    }

    @Test func `what is lost is told, and not repaired`() throws {
        guard TestDatabase.isFile else { return }
        try RawDatabase(fixture.path).execute("UPDATE expenses SET category = 99 WHERE id = 1")
        #expect(try fixture.storage.repair().after.first?.hasPrefix("references") == true)
    }

    @Test func `findings do not contain what people have written`() throws {
        try RawDatabase(fixture.path).execute("DELETE FROM descriptions")
        #expect(try !fixture.storage.check().findings.joined().lowercased().contains("lunch"))
    }

    @Test func `a description that is out of date gets the category of its newest expense too`() throws {
        let (ada, storage) = (fixture.ada, fixture.storage)
        try fixture.add(5, "Groceries", on: "2026-11-02", "LUNCH")
        let (leisure, groceries) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Groceries", of: ada)
        )
        try RawDatabase(fixture.path).execute(
            "UPDATE descriptions SET newest = 1, text = 'Lunch', category = \(leisure) WHERE key = 'lunch'")
        #expect(try storage.repair().after == [])
        #expect(
            try storage.read { try $0.descriptions.lastCategory(of: ada, description: "lunch") } == groceries)
    }

    @Test(arguments: [
        ("UPDATE imports SET staged = 7", "imports: user 1: import 1 has staged 7 rows, and 2 are there"),
        ("UPDATE imports SET staged_sum = 7", "imports: user 1: import 1 has staged 2 rows"),
        ("UPDATE import_rows SET category = 99999", "imports: user 1: 2 rows that import 1 has staged name"),
        ("UPDATE counters SET merging = 1 WHERE owner = 1", "merges: user 1: kept 1, counted 0"),
    ])
    func `what is wrong with what is under way is told`(damage: String, finding: String) throws {
        let (ada, storage) = (fixture.ada, fixture.storage)
        let draft = try fixture.draft(3, "Health", on: "2026-03-04", of: ada)
        try storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
            let first = try stores.expenses.reserve(2, owner: ada)
            let expenses = (0..<2).map {
                Expense(
                    id: Expense.ID(first.rawValue + $0), amount: draft.amount, category: draft.category,
                    day: draft.day, description: "")
            }
            try stores.imports.stage(expenses, for: id, owner: ada)
        }
        #expect(try storage.check().findings == [])
        try RawDatabase(fixture.path).execute(damage)
        let findings = try storage.check().findings
        #expect(findings.count == 1 && findings.first?.hasPrefix(finding) == true)
    }

    /// Counted in instructions of SQLite's machine.
    @Test(.enabled(if: TestDatabase.isFile))
    func `a repair of twice as many users does twice as much`() throws {
        func instructions(_ users: Int) throws -> Int {
            let directory = TemporaryDirectory()
            let connection = try DatabaseFile(path: directory.file("db"), makesMissing: true)
                .open(schema: Schema.migrator)
            try connection.execute(
                script: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(users))
                    INSERT INTO users (id, username, username_key, email, email_key, password_hash, currency, number_format,
                        zone, first_weekday, created_at)
                    SELECT i, 'u' || i, 'u' || i, 'e' || i, 'e' || i, 'h', 'USD', '1,234.56', 'UTC',
                        'monday', 0 FROM n;
                    INSERT INTO counters (owner) SELECT id FROM users;
                    INSERT INTO categories SELECT id, 1, 'Food', 'food', 'red' FROM users;
                    INSERT INTO expenses SELECT id, 20261001, 1, 100, 1, '', 5, 5, 0 FROM users;
                    """)
            let count = Mutex(0)
            connection.interrupt(every: 100) {
                count.withLock { $0 += 1 }
                return false
            }
            try repair(connection)
            #expect(try connection.integer("SELECT min(newest_expense * expenses) FROM counters") == 1)
            return count.withLock { $0 }
        }
        let (one, two) = (try instructions(400), try instructions(800))
        #expect(Double(two) < 3 * Double(one), "\(one) and \(two) times a hundred")
    }
}
