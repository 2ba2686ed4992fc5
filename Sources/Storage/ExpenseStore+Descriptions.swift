package import Expenses
import SQL

/// What a user calls expenses: suggestions while typing, the category that goes with a description, and what a search
/// looks through. Each text is kept once, under its `descriptionKey`.
extension ExpenseStore {
    /// In characters; longer descriptions are not suggested.
    private static let longestSuggestion = 100

    /// The descriptions in use, each as it was typed last, the one used last first.
    package func descriptions(of owner: User.ID, limit: Int) throws -> [String] {
        let statement = try connection.statement(
            "SELECT text FROM descriptions WHERE owner = ? AND is_short = 1 ORDER BY newest DESC LIMIT ?",
            [.id(owner), .integer(limit)])
        var descriptions: [String] = []
        descriptions.reserveCapacity(limit)
        while try statement.step() { descriptions.append(try statement.text(0)) }
        return descriptions
    }

    /// The category that went with this description last, regardless of case; nil when there was none.
    package func lastCategory(of owner: User.ID, description: String) throws -> Category.ID? {
        let statement = try connection.description(descriptionKey(description), of: owner)
        return try statement.step() ? statement.id(3) : nil
    }

    /// The category of the expense that was entered last; nil when there is none.
    package func lastCategory(of owner: User.ID) throws -> Category.ID? {
        try connection.integer(
            "SELECT category FROM expenses WHERE owner = ? ORDER BY id DESC LIMIT 1", .id(owner)
        ).map { Category.ID($0) }
    }

    /// Counts one more expense with its description. The newest expense with it decides on its spelling and category.
    /// Returns the description's number, 0 for none.
    func rememberDescription(of expense: Expense, owner: User.ID) throws -> Int64 {
        guard !expense.description.isEmpty else { return 0 }
        let key = descriptionKey(expense.description)
        if let (number, newest) = try knownDescription(key, owner: owner) {
            if newest > expense.id.rawValue {
                try connection.run(
                    "UPDATE descriptions SET uses = uses + 1 WHERE owner = ? AND id = ?", .id(owner),
                    .integer(number))
            } else {
                try connection.run(
                    """
                    UPDATE descriptions SET uses = uses + 1, text = ?, category = ?, newest = ?, is_short = ?
                    WHERE owner = ? AND id = ?
                    """,
                    .text(expense.description), .id(expense.category), .id(expense.id),
                    .integer(ExpenseStore.isShort(expense.description) ? 1 : 0), .id(owner), .integer(number))
            }
            return number
        }
        let number = try connection.nextNumber(of: .description, for: owner)
        try connection.run(
            """
            INSERT INTO descriptions (owner, id, key, text, category, uses, newest, is_short)
            VALUES (?, ?, ?, ?, ?, 1, ?, ?)
            """,
            .id(owner), .integer(number), .text(key), .text(expense.description), .id(expense.category),
            .id(expense.id), .integer(ExpenseStore.isShort(expense.description) ? 1 : 0))
        try connection.addToTextIndex(key, number: number, owner: owner)
        return number
    }

    private func knownDescription(_ key: String, owner: User.ID) throws -> (number: Int64, newest: Int64)? {
        let statement = try connection.description(key, of: owner)
        return try statement.step() ? (try statement.integer(0), try statement.integer(1)) : nil
    }

    /// Counts one expense less with its description, which goes with the last one.
    func forgetDescription(of expense: Expense, owner: User.ID) throws {
        guard !expense.description.isEmpty else { return }
        let key = descriptionKey(expense.description)
        let number: Int64
        let isLast: Bool
        do {
            let statement = try connection.description(key, of: owner)
            guard try statement.step() else { return }
            (number, isLast) = (try statement.integer(0), try statement.integer(2) == 1)
        }
        guard isLast else {
            try connection.run(
                "UPDATE descriptions SET uses = uses - 1 WHERE owner = ? AND id = ?", .id(owner),
                .integer(number))
            return
        }
        try connection.run(
            "DELETE FROM descriptions WHERE owner = ? AND id = ?", .id(owner), .integer(number))
        try connection.removeFromTextIndex(key, number: number, owner: owner)
    }

    private static func isShort(_ description: String) -> Bool {
        // A string of n bytes has no more than n characters, and counting bytes is quicker.
        description.utf8.count <= longestSuggestion || description.count <= longestSuggestion
    }
}
