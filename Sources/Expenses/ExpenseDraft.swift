/// An expense that has not been given its number yet.
package struct ExpenseDraft: Hashable, Sendable {
    package var amount: Money
    package var category: Category.ID
    package var day: Day
    package var description: String

    package init(amount: Money, category: Category.ID, day: Day, description: String) {
        self.amount = amount
        self.category = category
        self.day = day
        self.description = description
    }
}
