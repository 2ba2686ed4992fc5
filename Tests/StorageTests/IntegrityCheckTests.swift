import Expenses
import SQLite
import Storage
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
        ("DELETE FROM descriptions", "descriptions: user 1", 2),
        ("UPDATE expense_numbers SET newest = 1", "expense numbers: user 1: 2", 1),
        (
            "INSERT INTO deleted_expenses SELECT owner, id, day, amount, category, description, 0, 0, 0 FROM expenses",
            "expense numbers: user 1: 1", 2
        ),
        ("UPDATE expenses SET category = 99 WHERE id = 1", "references: a row of expenses", 1),
    ])
    func `damage is found and told`(damage: String, finding: String, count: Int) throws {
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        try connection.execute(script: "PRAGMA foreign_keys = OFF; " + damage)
        let findings = try fixture.storage.check().findings
        #expect(findings.first?.hasPrefix(finding) == true)
        #expect(findings.count == count)
    }

    @Test func `what people have written is not told`() throws {
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        try connection.execute(script: "DELETE FROM descriptions")
        #expect(try !fixture.storage.check().findings.joined().lowercased().contains("lunch"))
    }
}
