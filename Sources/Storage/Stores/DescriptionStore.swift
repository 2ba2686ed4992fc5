package import Expenses
import SQL

/// What a user calls expenses: suggestions while typing, the category that goes with a description, and what a search
/// looks through. Each text is kept once, under its `descriptionKey`.
package struct DescriptionStore {
    let connection: Connection

    /// In characters; longer descriptions are not suggested.
    private static let longestSuggestion = 100

    /// The descriptions in use, each as it was typed last, the one used last first.
    package func newest(of owner: User.ID, limit: Int) throws -> [String] {
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

    /// Counts one more expense with its description. The newest expense with it decides on its spelling and category.
    /// Returns the description's number, 0 for none.
    func remember(of expense: Expense, owner: User.ID) throws -> Int64 {
        guard !expense.description.isEmpty else { return 0 }
        let key = descriptionKey(expense.description)
        if let (number, newest) = try find(key, owner: owner) {
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
                    .integer(DescriptionStore.isShort(expense.description) ? 1 : 0), .id(owner),
                    .integer(number))
            }
            return number
        }
        let number = try CounterStore(connection: connection).next(.description, of: owner)
        try connection.run(
            """
            INSERT INTO descriptions (owner, id, key, text, category, uses, newest, is_short)
            VALUES (?, ?, ?, ?, ?, 1, ?, ?)
            """,
            .id(owner), .integer(number), .text(key), .text(expense.description), .id(expense.category),
            .id(expense.id), .integer(DescriptionStore.isShort(expense.description) ? 1 : 0))
        try connection.addToTextIndex(key, number: number, owner: owner)
        return number
    }

    private func find(_ key: String, owner: User.ID) throws -> (number: Int64, newest: Int64)? {
        let statement = try connection.description(key, of: owner)
        return try statement.step() ? (try statement.integer(0), try statement.integer(1)) : nil
    }

    /// Counts one expense less with its description, which goes with the last one.
    func forget(of expense: Expense, owner: User.ID) throws {
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

    /// The descriptions that contain the filter's text, regardless of case and accents; nil for a filter without one.
    func matches(of owner: User.ID, _ filter: Filter) throws -> DescriptionMatches? {
        guard !filter.text.isEmpty else { return nil }
        var matches = DescriptionMatches(dialect: connection.dialect)
        try connection.forEachDescription(containing: descriptionKey(filter.text), of: owner) {
            matches.numbers.append($0)
        }
        return matches
    }

    /// Whether no more than `most` live expenses have one of the descriptions.
    func isRare(_ matches: DescriptionMatches, of owner: User.ID, most: Int64) throws -> Bool {
        guard matches.numbers.count <= most else { return false }
        let uses = try connection.statement(
            composed:
                "SELECT CAST(sum(uses) AS BIGINT) FROM descriptions WHERE owner = ? AND id \(matches.condition)",
            [.id(owner), matches.list])
        return try !uses.step() || uses.isNull(0) || uses.integer(0) <= most
    }

    private static func isShort(_ description: String) -> Bool {
        // A string of n bytes has no more than n characters, and counting bytes is quicker.
        description.utf8.count <= longestSuggestion || description.count <= longestSuggestion
    }
}
