import Expenses
import SQL

/// The descriptions of one user that contain a text, by their numbers.
struct DescriptionMatches {
    fileprivate(set) var numbers: [Int64] = []
    let dialect: Dialect

    /// What follows a column that has to be one of them; `list` is bound to it.
    var condition: String { dialect.isInList }
    var list: Value { dialect.list(numbers) }
}

extension ExpenseStore {
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
}
