/// An expense in the bin.
package struct DeletedExpense: Hashable, Sendable {
    package var expense: Expense
    /// Unix seconds.
    package var deletedAt: Int64

    package init(expense: Expense, deletedAt: Int64) {
        self.expense = expense
        self.deletedAt = deletedAt
    }

    /// Where a page of the bin ends: the next page begins with the first expense after it, the newest deletion first.
    package struct Cursor: Hashable, Sendable, CustomStringConvertible {
        /// Unix seconds.
        package var deletedAt: Int64
        package var id: Expense.ID

        package init(deletedAt: Int64, id: Expense.ID) {
            self.deletedAt = deletedAt
            self.id = id
        }

        /// Reads what `description` wrote; anything else is nil.
        package init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let deletedAt = Int64(parts[0]), String(deletedAt) == parts[0],
                let id = Expense.ID(parts[1])
            else { return nil }
            self.init(deletedAt: deletedAt, id: id)
        }

        /// The opaque form that goes into an address.
        package var description: String { "\(deletedAt).\(id)" }
    }

    /// How long an expense can be restored, in seconds: 30 days.
    package static let restorable: Int64 = 30 * 86_400
}
