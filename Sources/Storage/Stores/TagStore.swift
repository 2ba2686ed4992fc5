package import Expenses
import SQL

/// A tag, and what has it.
package struct TagUse: Hashable, Sendable {
    /// By what it is compared.
    package let key: String
    /// As it was typed last.
    package let name: String
    /// Newest first; none is empty.
    package let months: [Summary.OfMonth]

    package var total: Total {
        var total = Total.zero
        for month in months { total.add(month.total) }
        return total
    }
}

/// Each user's tags. A tag belongs to a description, of which each is kept once: an expense that is called as another one
/// adds nothing here.
package struct TagStore {
    let connection: Connection

    /// Up to `limit` tags by their keys, from the first after `key` on, and whether others follow. Reads what expenses with a
    /// tag there are: not on an event loop. `months`: those that each is divided into.
    package func page(
        of owner: User.ID, after key: String = "", limit: Int, months: MonthCalendar = .civil
    ) throws -> (tags: [TagUse], hasMore: Bool) {
        var keys = try connection.statement(
            "SELECT DISTINCT tag FROM description_tags WHERE owner = ? AND tag > ? ORDER BY tag LIMIT ?",
            [.id(owner), .text(key), .integer(limit == .max ? limit : limit + 1)]
        ).rows { try $0.text(0) }
        let hasMore = keys.count > limit
        if hasMore { keys.removeLast() }
        return (try uses(of: keys, owner: owner, months), hasMore)
    }

    /// Nil where no expense has it.
    package func find(_ key: String, owner: User.ID) throws -> TagUse? {
        try uses(of: [key], owner: owner, .civil).first { !$0.months.isEmpty }
    }

    /// `keys` are all there are from the first to the last of them.
    private func uses(of keys: [String], owner: User.ID, _ calendar: MonthCalendar) throws -> [TagUse] {
        guard let first = keys.first, let last = keys.last else { return [] }
        let range: [Value] = [.id(owner), .text(first), .text(last)]
        var texts: [String: String] = [:]
        do {
            let statement = try connection.statement(
                """
                SELECT tag, text FROM description_tags
                    JOIN descriptions ON descriptions.owner = description_tags.owner AND id = description
                WHERE description_tags.owner = ? AND tag >= ? AND tag <= ? ORDER BY tag, newest
                """, range)
            while try statement.step() { texts[try statement.text(0)] = try statement.text(1) }
        }
        var months: [String: [Summary.OfMonth]] = [:]
        let index = connection.dialect.indexed(by: "expenses_by_description")
        let month = calendar.month(of: "day")
        let statement = try connection.statement(
            composed: """
                SELECT tag, \(month), count(*), CAST(sum(amount) AS BIGINT) FROM description_tags
                    JOIN expenses\(index)
                        ON expenses.owner = description_tags.owner
                            AND description_id = description_tags.description
                WHERE description_tags.owner = ? AND tag >= ? AND tag <= ?
                GROUP BY tag, \(month) ORDER BY tag, \(month) DESC
                """, range)
        while try statement.step() {
            months[try statement.text(0), default: []].append(
                Summary.OfMonth(month: try statement.month(1), total: try statement.total(count: 2, sum: 3)))
        }
        return keys.map { key in
            TagUse(
                key: key, name: texts[key].flatMap { Tag.spelling(of: key, in: $0) } ?? key,
                months: months[key] ?? [])
        }
    }

    /// As it was typed last; the key where nothing has it.
    package func name(of key: String, owner: User.ID) throws -> String {
        let text = try connection.statement(
            """
            SELECT text FROM description_tags
                JOIN descriptions ON descriptions.owner = description_tags.owner AND id = description
            WHERE description_tags.owner = ? AND tag = ? ORDER BY newest DESC LIMIT 1
            """, [.id(owner), .text(key)]
        ).first { try $0.text(0) }
        return text.flatMap { Tag.spelling(of: key, in: $0) } ?? key
    }

    /// Whether the tags of all descriptions are known: those that are older than tags are looked through in steps.
    package func isComplete(of owner: User.ID) throws -> Bool {
        try !LongWriteStore(connection: connection).isUnderWay(.readTags, owner: owner)
    }

    /// The numbers of the descriptions that have all of the tags, which are named by their keys.
    func descriptions(with tags: [String], of owner: User.ID) throws -> [Int64] {
        guard try isComplete(of: owner) else { return try descriptionsByText(with: tags, of: owner) }
        var numbers: [Int64] = []
        for (place, tag) in tags.enumerated() {
            let found = try connection.statement(
                "SELECT description FROM description_tags WHERE owner = ? AND tag = ?",
                [.id(owner), .text(tag)]
            ).rows { try $0.integer(0) }
            numbers = place == 0 ? found : numbers.filter(Set(found).contains)
        }
        return numbers
    }

    private func descriptionsByText(with tags: [String], of owner: User.ID) throws -> [Int64] {
        let wanted = Set(tags)
        return try keys(of: owner, after: 0, limit: .max).filter { wanted.isSubset(of: Tag.keys(in: $0.key)) }
            .map(\.number)
    }

    /// The keys of descriptions, by their numbers.
    func keys(
        of owner: User.ID, after number: Int64, limit: Int
    ) throws -> [(number: Int64, key: String)] {
        try connection.statement(
            "SELECT id, key FROM descriptions WHERE owner = ? AND id > ? ORDER BY id LIMIT ?",
            [.id(owner), .integer(number), .integer(limit)]
        ).rows { try ($0.integer(0), $0.text(1)) }
    }

    /// Notes the tags of a description, which is given by its key.
    func add(of key: String, number: Int64, owner: User.ID) throws {
        for tag in Tag.keys(in: key) {
            try connection.runAhead(
                "INSERT INTO description_tags (owner, tag, description) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [.id(owner), .text(tag), .integer(number)])
        }
    }

    /// Forgets them, with the description.
    func remove(of key: String, number: Int64, owner: User.ID) throws {
        for tag in Tag.keys(in: key) {
            try connection.runAhead(
                "DELETE FROM description_tags WHERE owner = ? AND tag = ? AND description = ?",
                [.id(owner), .text(tag), .integer(number)])
        }
    }

    /// Finds all of them anew.
    func rebuild(of owner: User.ID) throws {
        try connection.run("DELETE FROM description_tags WHERE owner = ?", .id(owner))
        for (number, key) in try keys(of: owner, after: 0, limit: .max) {
            try add(of: key, number: number, owner: owner)
        }
        try LongWriteStore(connection: connection).finish(.readTags, owner: owner)
    }
}
