import Expenses
import Testing

struct IdentifierTests {
    @Test(arguments: ["0", "-1", "+1", "01", " 1", "1 ", "", "x", "9223372036854775808", "١"])
    func `only a plain positive number is an identifier`(text: String) {
        #expect(Expense.ID(text) == nil)
    }

    @Test func `the largest number is an identifier too`() {
        #expect(Expense.ID("9223372036854775807")?.rawValue == .max)
    }
}
