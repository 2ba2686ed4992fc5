package import Expenses
import SQL

/// What a user calls expenses: suggestions while typing, the category that goes with a description, and what a search
/// looks through. Each text is kept once, under its `searchKey`.
package struct DescriptionStore {
    let connection: Connection

    private var tags: TagStore { TagStore(connection: connection) }

    /// The category that went with this description last; nil when there was none.
    package func lastCategory(of owner: User.ID, description: String) throws -> Category.ID? {
        let statement = try connection.description(searchKey(description), of: owner)
        return try statement.step() ? statement.id(3) : nil
    }

    /// The texts used last, each with the category that went with it last. Reads the owner's descriptions from one end to the
    /// other: not on an event loop.
    package func newestWithCategories(
        of owner: User.ID, limit: Int
    ) throws -> [(text: String, category: Category.ID)] {
        try connection.statement(
            "SELECT text, category FROM descriptions WHERE owner = ? ORDER BY newest DESC, id DESC LIMIT ?",
            [.id(owner), .integer(limit)]
        ).rows { try ($0.text(0), $0.id(1)) }
    }

    /// Descriptions that one write reads.
    private static let maxRead = 128

    /// Puts into the list what belongs into it: at once where the owner has few descriptions, else in steps.
    func complete(_ latest: inout LatestDescriptions, of owner: User.ID) throws {
        let statement = try connection.statement(
            "SELECT id, newest, text FROM descriptions WHERE owner = ? ORDER BY id LIMIT ?",
            [.id(owner), .integer(DescriptionStore.maxRead + 1)])
        var entries: [LatestDescriptions.Entry] = []
        var count = 0
        while try statement.step() {
            count += 1
            let text = try statement.text(2)
            guard LatestDescriptions.suggests(text) else { continue }
            entries.append(
                .init(id: try statement.integer(0), newest: try statement.integer(1), text: text))
        }
        guard count > DescriptionStore.maxRead else {
            entries.sort { ($0.newest, $0.id) > ($1.newest, $1.id) }
            latest = LatestDescriptions(Array(entries.prefix(LatestDescriptions.most)))
            return
        }
        let longWrites = LongWriteStore(connection: connection)
        // One that has been left out now may be older than others that are found later.
        if latest.leavesOutNoted { try longWrites.finish(.readDescriptions, owner: owner) }
        try longWrites.note(.readDescriptions, owner: owner)
    }

    /// Those used last, out of the table: it is read from one end to the other.
    func latest(of owner: User.ID) throws -> LatestDescriptions {
        let statement = try connection.statement(
            """
            SELECT id, newest, text FROM descriptions WHERE owner = ? AND length(text) <= ?
            ORDER BY newest DESC, id DESC
            """, [.id(owner), .integer(LatestDescriptions.longest)])
        var entries: [LatestDescriptions.Entry] = []
        while entries.count < LatestDescriptions.most, try statement.step() {
            let text = try statement.text(2)
            guard LatestDescriptions.suggests(text) else { continue }
            entries.append(
                LatestDescriptions.Entry(
                    id: try statement.integer(0), newest: try statement.integer(1), text: text))
        }
        return LatestDescriptions(entries)
    }

    /// Counts one more expense with its description. The newest expense with it decides on its spelling and category.
    /// Returns the description's number, 0 for none.
    func remember(of expense: Expense, owner: User.ID, _ counters: inout Counters) throws -> Int64 {
        let (number, entry) = try count(expense, owner: owner, &counters)
        if let entry { counters.latest.note(entry) }
        return number
    }

    /// Reads ahead what `remember` needs.
    func announce(_ expense: Expense, owner: User.ID) throws {
        let key = searchKey(expense.description)
        if !key.isEmpty { _ = try find(key, owner: owner) }
    }

    /// The same without the list of those used last: returns what it is to note; nil where it notes nothing.
    func count(
        _ expense: Expense, owner: User.ID, _ counters: inout Counters
    ) throws -> (number: Int64, entry: LatestDescriptions.Entry?) {
        let key = searchKey(expense.description)
        guard !key.isEmpty else { return (0, nil) }
        let (id, newest) = (expense.id.rawValue, expense.description)
        guard let (number, last) = try find(key, owner: owner) else {
            counters.newestDescription += 1
            let number = counters.newestDescription
            try connection.runAhead(
                """
                INSERT INTO descriptions (owner, id, key, text, category, uses, newest)
                VALUES (?, ?, ?, ?, ?, 1, ?)
                """,
                [
                    .id(owner), .integer(number), .text(key), .text(newest), .id(expense.category),
                    .integer(id),
                ])
            try connection.addToTextIndex(key, number: number, owner: owner)
            try tags.add(of: key, number: number, owner: owner)
            return (number, .init(id: number, newest: id, text: newest))
        }
        guard last <= id else {
            try connection.runAhead(
                "UPDATE descriptions SET uses = uses + 1 WHERE owner = ? AND id = ?",
                [.id(owner), .integer(number)])
            return (number, nil)
        }
        try connection.runAhead(
            """
            UPDATE descriptions SET uses = uses + 1, text = ?, category = ?, newest = ?
            WHERE owner = ? AND id = ?
            """, [.text(newest), .id(expense.category), .integer(id), .id(owner), .integer(number)])
        return (number, .init(id: number, newest: id, text: newest))
    }

    private func find(_ key: String, owner: User.ID) throws -> (number: Int64, newest: Int64)? {
        let statement = try connection.description(key, of: owner)
        return try statement.step() ? (try statement.integer(0), try statement.integer(1)) : nil
    }

    /// Counts one expense less with its description, which goes with the last one.
    func forget(of expense: Expense, owner: User.ID, _ counters: inout Counters) throws {
        let key = searchKey(expense.description)
        guard !key.isEmpty else { return }
        let number: Int64
        let isLast: Bool
        do {
            let statement = try connection.description(key, of: owner)
            guard try statement.step() else { return }
            (number, isLast) = (try statement.integer(0), try statement.integer(2) == 1)
        }
        guard isLast else {
            try connection.runAhead(
                "UPDATE descriptions SET uses = uses - 1 WHERE owner = ? AND id = ?",
                [.id(owner), .integer(number)])
            return
        }
        try connection.runAhead(
            "DELETE FROM descriptions WHERE owner = ? AND id = ?", [.id(owner), .integer(number)])
        try connection.removeFromTextIndex(key, number: number, owner: owner)
        try tags.remove(of: key, number: number, owner: owner)
        counters.latest.remove(number)
    }

    /// The descriptions that have all the terms of the filter's text, and all of its tags; nil for a filter that asks for none.
    func matches(of owner: User.ID, _ filter: Filter) throws -> DescriptionMatches? {
        let terms = SearchTerms(filter.text).keys
        guard !terms.isEmpty || !filter.tags.isEmpty else { return nil }
        var matches = DescriptionMatches(dialect: connection.dialect)
        guard !filter.tags.isEmpty else {
            try connection.forEachDescription(with: terms, of: owner) { matches.numbers.append($0) }
            return matches
        }
        matches.numbers = try tags.descriptions(with: filter.tags, of: owner)
        guard !terms.isEmpty, !matches.numbers.isEmpty else { return matches }
        var found: Set<Int64> = []
        try connection.forEachDescription(with: terms, of: owner) { found.insert($0) }
        matches.numbers.removeAll { !found.contains($0) }
        return matches
    }

    /// The first word of a text to search for, as it was typed, that no description has; nil where each has some, and for
    /// a text of more than `most` words, which would cost as many searches.
    package func missingWord(of owner: User.ID, in text: String, most: Int = 10) throws -> String? {
        let terms = SearchTerms(text)
        guard terms.keys.count <= most else { return nil }
        for (key, word) in zip(terms.keys, terms.words) {
            var isFound = false
            try connection.forEachDescription(with: [key], of: owner) { _ in isFound = true }
            if !isFound { return word }
        }
        return nil
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
