/// Money that one user spent (or, when negative, got back) on one day.
package struct Expense: Hashable, Sendable {
    package typealias ID = Identifier<Expense>

    package var id: ID
    package var amount: Money
    package var category: Category.ID
    package var day: Day
    /// As typed; may be empty; at most `longestDescription` characters.
    package var description: String

    package init(id: ID, amount: Money, category: Category.ID, day: Day, description: String) {
        self.id = id
        self.amount = amount
        self.category = category
        self.day = day
        self.description = description
    }

    /// The longest description, in characters.
    package static let longestDescription = 500

    /// Whether the text is short enough. Its bytes are counted first: one character can be a megabyte of combining
    /// marks, and characters are slow to count.
    package static func isDescription(_ text: String) -> Bool {
        text.utf8.count <= 4 * longestDescription && text.count <= longestDescription
    }
}

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
