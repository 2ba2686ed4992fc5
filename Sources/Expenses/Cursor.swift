/// Where a page of expenses ends: the next page begins with the first expense after it, newest first.
package struct Cursor: Hashable, Sendable {
    package var day: Day
    package var id: Expense.ID

    package init(day: Day, id: Expense.ID) {
        self.day = day
        self.id = id
    }

    /// Reads what `description` wrote; anything else is nil.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), let day = Day(number: number),
            let id = Expense.ID(parts[1]), String(number) == parts[0]
        else { return nil }
        self.init(day: day, id: id)
    }
}

extension Cursor: CustomStringConvertible {
    /// The opaque form that goes into an address.
    package var description: String { "\(day.number).\(id)" }
}
