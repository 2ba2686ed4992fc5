import Expenses
import Storage
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
            "UPDATE monthly_totals SET sum = sum + 1 WHERE month = 202610",
            "monthly totals: user 1, month 202610", 1
        ),
        ("UPDATE monthly_totals SET count = count + 1 WHERE month = 202611", "monthly totals: user 1", 1),
        ("DELETE FROM monthly_totals WHERE month = 202610", "monthly totals: user 1", 1),
        ("UPDATE month_totals SET sum = 0 WHERE month = 202610", "totals by month: user 1, month 202610", 1),
        ("DELETE FROM month_totals", "totals by month: user 1", 2),
        ("INSERT INTO month_totals VALUES (1, 202612, 1, 5)", "totals by month: user 1, month 202612", 1),
        ("UPDATE category_totals SET count = count + 1", "totals by category: user 1", 2),
        ("DELETE FROM category_totals", "totals by category: user 1", 2),
        ("INSERT INTO monthly_totals VALUES (1, 202612, 1, 1, 5)", "monthly totals: user 1, month 202612", 1),
        ("UPDATE descriptions SET uses = 2 WHERE key = 'lunch'", "descriptions: user 1", 1),
        ("DELETE FROM descriptions", "descriptions: user 1", TestDatabase.isFile ? 4 : 3),
        ("UPDATE daily_totals SET sum = 0 WHERE day / 100 = 202610", "totals by day: user 1, day 202610", 1),
        ("INSERT INTO daily_totals VALUES (1, 20261231, 1, 1, 5)", "totals by day: user 1, day 20261231", 1),
        ("UPDATE description_totals SET count = 9", "totals by description: user 1", 2),
        (
            "UPDATE expenses SET description = 'Dinner' WHERE id = 1",
            "descriptions: user 1: 1 expenses name", 1
        ),
        ("UPDATE counters SET expenses = 7 WHERE owner = 1", "usage: user 1: kept 7 expenses", 1),
        (
            "INSERT INTO description_index (rowid, key) VALUES (1 << 40, 'lunch')",
            "text index: 1 entries belong to no description", 1
        ),
        (
            "INSERT INTO description_index (description_index, rowid, key) SELECT 'delete', owner * (1 << 32) + id, key "
                + "FROM descriptions", "text index: user 1: description", 2
        ),
        ("UPDATE counters SET newest_expense = 1", "expense numbers: user 1: 2", 1),
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

    @Test func `findings do not contain what people have written`() throws {
        try RawDatabase(fixture.path).execute("DELETE FROM descriptions")
        #expect(try !fixture.storage.check().findings.joined().lowercased().contains("lunch"))
    }
}
