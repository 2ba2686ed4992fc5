package import Expenses

/// Some of the expenses that a filter matches, newest day first, and within a day newest entry first.
package struct ExpensePage: Hashable, Sendable {
    package var expenses: [Expense]
    /// Where the next page begins; nil on the last one.
    package var next: Cursor?
    /// For each day on the page, in their order, the sum of all that match, also of those on the page before or after.
    package var dayTotals: [DayTotal]

    package struct DayTotal: Hashable, Sendable {
        package let day: Day
        package var amount: Money
    }

    package init(expenses: [Expense] = [], next: Cursor? = nil, dayTotals: [DayTotal] = []) {
        self.expenses = expenses
        self.next = next
        self.dayTotals = dayTotals
    }
}
