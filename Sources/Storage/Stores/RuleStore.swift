package import Expenses
import SQL

/// Each user's own rules, in the order in which they are tried.
package struct RuleStore {
    let connection: Connection

    package func all(of owner: User.ID) throws -> [Rule] {
        let rules = try connection.statement(
            """
            SELECT id, text, category, new_description, tag, leaves_out, position FROM rules WHERE owner = ?
            """, [.id(owner)]
        ).rows {
            let rule = Rule(
                id: try $0.id(0), text: try $0.text(1), category: $0.isNull(2) ? nil : try $0.id(2),
                newDescription: try $0.text(3), tag: try $0.text(4), leavesOut: try $0.integer(5) != 0)
            return (position: try $0.integer(6), rule: rule)
        }
        return rules.sorted { $0.position < $1.position }.map(\.rule)
    }

    /// Adds a rule, as the last one unless a position from 1 says otherwise; its own number does not matter. Throws
    /// `AppError.tooMany(.rules)`.
    package func insert(_ rule: Rule, at position: Int?, owner: User.ID) throws -> Rule.ID {
        var rules = try all(of: owner)
        guard rules.count < Rule.most else { throw AppError.tooMany(.rules) }
        var rule = rule
        rule.id = Rule.ID(try CounterStore(connection: connection).next(.rule, of: owner))
        rules.insert(rule, at: min(max((position ?? .max) - 1, 0), rules.count))
        try store(rules, owner: owner)
        return rule.id
    }

    /// Changes a rule, and moves it where a position from 1 is given. Throws `AppError.notFound`.
    package func update(_ rule: Rule, at position: Int?, owner: User.ID) throws {
        var rules = try all(of: owner)
        guard let place = rules.firstIndex(where: { $0.id == rule.id }) else { throw AppError.notFound }
        rules.remove(at: place)
        rules.insert(rule, at: position.map { min(max($0 - 1, 0), rules.count) } ?? place)
        try store(rules, owner: owner)
    }

    /// Gives each text its category, in the rule that looks for it or in a new one at the end. Throws
    /// `AppError.tooMany(.rules)`.
    package func keep(_ categories: [(text: String, category: Category.ID)], owner: User.ID) throws {
        var rules = try all(of: owner)
        for (text, category) in categories {
            if let place = rules.firstIndex(where: { searchKey($0.text) == searchKey(text) }) {
                rules[place].category = category
                continue
            }
            guard rules.count < Rule.most else { throw AppError.tooMany(.rules) }
            let id = Rule.ID(try CounterStore(connection: connection).next(.rule, of: owner))
            rules.append(Rule(id: id, text: text, category: category))
        }
        try store(rules, owner: owner)
    }

    /// Throws `AppError.notFound`.
    package func remove(_ id: Rule.ID, owner: User.ID) throws {
        try connection.run("DELETE FROM rules WHERE owner = ? AND id = ?", .id(owner), .id(id))
        guard connection.changes > 0 else { throw AppError.notFound }
    }

    /// All of them anew: they are few.
    private func store(_ rules: [Rule], owner: User.ID) throws {
        try connection.run("DELETE FROM rules WHERE owner = ?", .id(owner))
        for (index, rule) in rules.enumerated() {
            try connection.run(
                """
                INSERT INTO rules (owner, id, position, text, category, new_description, tag, leaves_out)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, .id(owner), .id(rule.id), .integer(index + 1), .text(rule.text),
                rule.category.map { .id($0) } ?? .null, .text(rule.newDescription), .text(rule.tag),
                .integer(rule.leavesOut ? 1 : 0))
        }
    }

    /// How many of the owner's live expenses have such a description, and are in another category; with some of these,
    /// the newest first. Looks through all descriptions: not on an event loop.
    package func matches(
        of owner: User.ID, besides category: Category.ID?, shown: Int, _ fits: (String) -> Bool
    ) throws -> (count: Int, examples: [Expense]) {
        let matching = try connection.statement(
            "SELECT id, newest, text FROM descriptions WHERE owner = ?", [.id(owner)]
        ).rows { fits(try $0.text(2)) ? try (id: $0.integer(0), newest: $0.integer(1)) : nil }
        var (count, examples): (Int, [Expense]) = (0, [])
        for (id, _) in matching.compactMap(\.self).sorted(by: { $0.newest > $1.newest }) {
            let other = category?.rawValue ?? 0
            count += Int(
                try connection.integer(
                    "SELECT count(*) FROM expenses WHERE owner = ? AND description_id = ? AND category <> ?",
                    .id(owner), .integer(id), .integer(other)) ?? 0)
            guard examples.count < shown else { continue }
            examples += try connection.statement(
                composed: """
                    SELECT \(ExpenseRow.columns) FROM expenses
                    WHERE owner = ? AND description_id = ? AND category <> ? ORDER BY day DESC LIMIT ?
                    """,
                [.id(owner), .integer(id), .integer(other), .integer(shown - examples.count)]
            ).rows { try $0.expense() }
        }
        return (count, examples)
    }
}
