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

    /// What `draft` says, with its number.
    package init(id: ID, _ draft: ExpenseDraft) {
        self.init(
            id: id, amount: draft.amount, category: draft.category, day: draft.day,
            description: draft.description)
    }

    /// The longest description, in characters.
    package static let longestDescription = 500

    /// Whether the text is short enough. Its bytes are counted first: one character can be a megabyte of combining
    /// marks, and characters are slow to count.
    package static func isDescription(_ text: String) -> Bool {
        text.utf8.count <= 4 * longestDescription && text.count <= longestDescription
    }
}
