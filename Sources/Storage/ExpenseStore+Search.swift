import Expenses
import SQLite

/// The descriptions of one user that contain a text, by their numbers.
struct DescriptionMatches {
    fileprivate(set) var numbers: [Int64] = []

    /// For `json_each`.
    var list: Value { .text("[" + numbers.lazy.map(String.init).joined(separator: ",") + "]") }
}

extension ExpenseStore {
    /// The descriptions that contain the filter's text, regardless of case and accents; nil for a filter without one.
    ///
    /// From three characters on the index of sequences of three answers that, whatever the number of descriptions; for
    /// one or two, all of the user's descriptions are looked at.
    func matches(of owner: User.ID, _ filter: Filter) throws -> DescriptionMatches? {
        guard !filter.text.isEmpty else { return nil }
        let key = descriptionKey(filter.text)
        var matches = DescriptionMatches()
        guard let phrase = ExpenseStore.phrase(key) else {
            let statement = try connection.statement(
                "SELECT id FROM descriptions WHERE owner = ? AND instr(key, ?) > 0", [.id(owner), .text(key)])
            while try statement.step() { matches.numbers.append(try statement.integer(0)) }
            return matches
        }
        let first = ExpenseStore.indexRow(0, owner: owner)
        let statement = try connection.statement(
            "SELECT rowid FROM description_index WHERE description_index MATCH ? AND rowid > ? AND rowid < ?",
            [.text(phrase), .integer(first), .integer(first + (1 << 32))])
        while try statement.step() { matches.numbers.append(try statement.integer(0) - first) }
        return matches
    }

    /// What finds a key in the index (sqlite.org/fts5.html, "FTS5 Strings"); nil for one that it cannot find: shorter than
    /// three characters, or with a NUL, which would end it.
    static func phrase(_ key: String) -> String? {
        guard key.unicodeScalars.count >= 3, !key.utf8.contains(0) else { return nil }
        return "\"" + key.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }

    /// Whether no more than `most` live expenses have one of the descriptions.
    func isRare(_ matches: DescriptionMatches, of owner: User.ID, most: Int64) throws -> Bool {
        guard matches.numbers.count <= most else { return false }
        let uses = try connection.integer(
            """
            SELECT CAST(sum(uses) AS BIGINT) FROM descriptions
            WHERE owner = ? AND id IN (SELECT value FROM json_each(?))
            """, .id(owner), matches.list)
        return (uses ?? 0) <= most
    }
}
