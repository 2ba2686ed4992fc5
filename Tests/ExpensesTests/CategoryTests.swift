import Expenses
import Testing

struct CategoryTests {
    @Test func `the starting categories are the seven of every new account`() {
        #expect(
            Category.defaults.map(\.name) == [
                "Groceries", "Leisure", "Electronics", "Utilities", "Clothing", "Health", "Others",
            ])
        #expect(Set(Category.defaults.map(\.color)).count == 7)
    }

    @Test func `a colour is found by the name it is stored under`() {
        for color in CategoryColor.allCases { #expect(CategoryColor(rawValue: color.rawValue) == color) }
        #expect(CategoryColor(rawValue: "Olive") == nil)
    }
}
