import Expenses
import Testing

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
