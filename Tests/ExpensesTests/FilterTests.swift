import Expenses
import Testing

struct FilterTests {
    @Test(arguments: [
        ("2026-01-01", "2026-12-31", true), ("2026-02-01", "2026-02-28", true),
        ("1900-01-01", "2999-12-31", true),
        ("2024-02-01", "2024-02-28", false), ("2026-01-02", "2026-01-31", false),
    ])
    func `whole months are known by their ends`(from: String, through: String, whole: Bool) throws {
        let filter = Filter(from: try #require(Day(from)), through: try #require(Day(through)))
        #expect(filter.coversWholeMonths == whole)
    }
}

struct CursorTests {
    @Test func `a cursor is written as it is read`() throws {
        let cursor = Cursor(day: try #require(Day("2026-11-23")), id: Expense.ID(42))
        #expect(cursor.description == "20261123.42")
        #expect(Cursor(cursor.description) == cursor)
    }

    @Test(arguments: [
        "", ".", "20261123", "20261123.", ".42", "20261123.0", "20261123.-1", "20261123.042", "20261332.1",
        "20261123.1.2", "20261123.99999999999999999999", "99999999999999999999.1", "20261123.1 ", "x.y",
        "+20261123.1", "020261123.1",
    ])
    func `a text in any other form is not a cursor`(text: String) {
        #expect(Cursor(text) == nil)
    }
}

struct IdentifierTests {
    @Test(arguments: ["0", "-1", "+1", "01", " 1", "1 ", "", "x", "9223372036854775808", "١"])
    func `only a plain positive number is an identifier`(text: String) {
        #expect(Expense.ID(text) == nil)
    }

    @Test func `the largest number is an identifier too`() {
        #expect(Expense.ID("9223372036854775807")?.rawValue == .max)
    }
}
