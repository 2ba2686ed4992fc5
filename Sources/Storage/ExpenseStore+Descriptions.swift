package import Expenses
import SQLite

/// What a user calls expenses: suggestions while typing, and the category that goes with a description.
extension ExpenseStore {
    /// In characters; longer descriptions are not suggested.
    static let longestSuggestion = 100

    /// The descriptions in use, each as it was typed last, the one used last first.
    package func descriptions(of owner: User.ID, limit: Int) throws -> [String] {
        let statement = try connection.statement(
            "SELECT text FROM descriptions WHERE owner = ? ORDER BY newest DESC LIMIT ?",
            [.id(owner), .integer(limit)])
        var descriptions: [String] = []
        descriptions.reserveCapacity(limit)
        while try statement.step() { descriptions.append(try statement.text(0)) }
        return descriptions
    }

    /// The category that went with this description last, regardless of case; nil when there was none.
    package func lastCategory(of owner: User.ID, description: String) throws -> Category.ID? {
        try connection.integer(
            "SELECT category FROM descriptions WHERE owner = ? AND key = ?", .id(owner),
            .text(identityKey(description))
        ).map { Category.ID($0) }
    }

    /// The category of the expense that was entered last; nil when there is none.
    package func lastCategory(of owner: User.ID) throws -> Category.ID? {
        try connection.integer(
            "SELECT category FROM expenses WHERE owner = ? ORDER BY id DESC LIMIT 1", .id(owner)
        ).map { Category.ID($0) }
    }

    /// Counts one more expense with its description. The newest expense with it decides on its spelling and category.
    func rememberDescription(of expense: Expense, owner: User.ID) throws {
        guard let key = ExpenseStore.suggestionKey(expense.description) else { return }
        try connection.run(
            """
            INSERT INTO descriptions (owner, key, text, category, uses, newest) VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET uses = uses + 1, newest = max(newest, excluded.newest),
                text = iif(excluded.newest >= newest, excluded.text, text),
                category = iif(excluded.newest >= newest, excluded.category, category)
            """,
            .id(owner), .text(key), .text(expense.description), .id(expense.category), .id(expense.id))
    }

    /// Counts one expense less with its description, which goes with the last one.
    func forgetDescription(of expense: Expense, owner: User.ID) throws {
        guard let key = ExpenseStore.suggestionKey(expense.description) else { return }
        try connection.run(
            "DELETE FROM descriptions WHERE owner = ? AND key = ? AND uses = 1", .id(owner), .text(key))
        try connection.run(
            "UPDATE descriptions SET uses = uses - 1 WHERE owner = ? AND key = ?", .id(owner), .text(key))
    }

    /// The key of a description that is short enough to be suggested; nil for others.
    static func suggestionKey(_ description: String) -> String? {
        // A string of n bytes has no more than n characters, and counting bytes is quicker.
        guard !description.isEmpty,
            description.utf8.count <= longestSuggestion || description.count <= longestSuggestion
        else { return nil }
        return identityKey(description)
    }
}
