import Expenses
import SQL

/// What follows from what people have typed: totals, counts, numbers, keys and the descriptions used last. Each is counted
/// again and compared, and put right where somebody asks for it. What people have written stays out of what is told: findings
/// name the user alone.
struct DerivedValues {
    let connection: Connection

    func wrongTotals() throws -> [String] {
        let statement = try connection.statement(
            composed: """
                WITH counted AS MATERIALIZED (SELECT * FROM (\(Totals.counted)) AS rows),
                    kept AS MATERIALIZED (SELECT owner, span, period, category, count, sum FROM current_totals),
                    wrong AS (
                        SELECT owner, span, period, category FROM (
                            SELECT * FROM counted EXCEPT SELECT * FROM kept) AS missing
                        UNION SELECT owner, span, period, category FROM (
                            SELECT * FROM kept EXCEPT SELECT * FROM counted) AS extra)
                SELECT wrong.owner, wrong.span, wrong.period, wrong.category,
                    coalesce(kept.count, 0), coalesce(kept.sum, 0), coalesce(counted.count, 0),
                    coalesce(counted.sum, 0)
                FROM wrong LEFT JOIN kept USING (owner, span, period, category)
                    LEFT JOIN counted USING (owner, span, period, category)
                ORDER BY 1, 2, 3, 4 LIMIT \(IntegrityCheck.most)
                """)
        var findings: [String] = []
        while try statement.step() {
            let (period, category) = (try statement.integer(2), try statement.integer(3))
            let place =
                switch Totals.Span(rawValue: Int(try statement.integer(1))) {
                case .allTimeByCategory: "category \(category)"
                case .month: "month \(period)"
                case .monthByCategory: "month \(period), category \(category)"
                case .dayByCategory: "day \(period), category \(category)"
                case nil: "unknown"
                }
            findings.append(
                "totals: user \(try statement.integer(0)), \(place): kept \(try statement.integer(4)) expenses "
                    + "with the sum \(try statement.integer(5)), counted \(try statement.integer(6)) with "
                    + "\(try statement.integer(7))")
        }
        let unseen = try connection.integer(
            """
            SELECT count(*) FROM totals JOIN counters ON counters.owner = totals.owner
            WHERE totals.generation <> counters.generation
            """)
        if let unseen, unseen > 0 { findings.append("totals: \(unseen) are of no generation that is shown") }
        return findings
    }

    func wrongUsage() throws -> [String] {
        let statement = try connection.statement(
            composed: """
                SELECT users.id, coalesce(expenses, -1), coalesce(count, 0) FROM users
                LEFT JOIN counters ON counters.owner = users.id
                LEFT JOIN (\(DerivedValues.usage)) AS counted ON counted.owner = users.id
                WHERE coalesce(expenses, -1) <> coalesce(count, 0) ORDER BY 1 LIMIT \(IntegrityCheck.most)
                """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "usage: user \(try statement.integer(0)): kept \(try statement.integer(1)) expenses, "
                    + "counted \(try statement.integer(2))")
        }
        return findings
    }

    /// How many expenses each owner has: live ones, those in the bin, and those that an import is to add.
    static let usage = """
        SELECT owner, CAST(sum(count) AS BIGINT) AS count FROM (
            SELECT owner, count(*) AS count FROM expenses GROUP BY owner
            UNION ALL SELECT owner, count(*) FROM deleted_expenses GROUP BY owner
            UNION ALL SELECT import_rows.owner, count(*) FROM import_rows
                JOIN imports ON imports.owner = import_rows.owner AND imports.id = import
                WHERE first IS NOT NULL GROUP BY import_rows.owner) AS used
        GROUP BY owner
        """

    /// What has numbers, the column of `counters` with the newest, and the highest of each owner's that is there.
    static let numbers = [
        (
            "expense", "newest_expense",
            """
            SELECT owner, max(id) AS id FROM expenses GROUP BY owner
            UNION ALL SELECT owner, max(id) FROM deleted_expenses GROUP BY owner
            UNION ALL SELECT owner, max(id) FROM import_rows GROUP BY owner
            """
        ),
        ("category", "newest_category", "SELECT owner, max(id) AS id FROM categories GROUP BY owner"),
        ("description", "newest_description", "SELECT owner, max(id) AS id FROM descriptions GROUP BY owner"),
        ("import", "newest_import", "SELECT owner, max(id) AS id FROM imports GROUP BY owner"),
        ("token", "newest_token", "SELECT owner, max(id) AS id FROM api_tokens GROUP BY owner"),
        ("key", "newest_key", "SELECT owner, max(number) AS id FROM idempotency_keys GROUP BY owner"),
    ]

    func wrongNumbers() throws -> [String] {
        var findings: [String] = []
        for (name, column, highest) in DerivedValues.numbers {
            let statement = try connection.statement(
                composed: """
                    SELECT used.owner, max(used.id), coalesce(\(column), -1) FROM (\(highest)) AS used
                    LEFT JOIN counters ON counters.owner = used.owner
                    WHERE used.id > coalesce(\(column), -1) GROUP BY used.owner, \(column)
                    ORDER BY 1 LIMIT \(IntegrityCheck.most)
                    """)
            while try statement.step() {
                findings.append(
                    "numbers: user \(try statement.integer(0)): the newest \(name) has \(try statement.integer(1)), "
                        + "and \(try statement.integer(2)) is kept")
            }
        }
        return findings
    }

    struct Category {
        let owner: User.ID
        let id: Int64
        let key: String
    }

    /// With the keys that they should have, but for those of which another one has it.
    func categoriesWithWrongKeys() throws -> [Category] {
        let statement = try connection.statement("SELECT owner, id, name, name_key FROM categories")
        var wrong: [Category] = []
        while try statement.step() {
            let (id, kept) = (try statement.integer(1), try statement.text(3))
            let key = searchKey(try statement.text(2))
            // A second one of the same name, from when names were told apart otherwise, has its number there.
            guard kept != key, kept != key + "\u{1}\(id)" else { continue }
            wrong.append(Category(owner: try statement.id(0), id: id, key: key))
        }
        return wrong
    }

    func wrongCategories() throws -> [String] {
        try categoriesWithWrongKeys().map {
            "categories: user \($0.owner): \($0.id) has another key than its name"
        }
    }

    /// User by user, so that no more than one user's descriptions are in memory.
    func wrongDescriptions() throws -> [String] {
        var findings: [String] = []
        let users = try connection.statement("SELECT id FROM users ORDER BY id")
        while try users.step(), findings.count < IntegrityCheck.most {
            let owner: User.ID = try users.id(0)
            findings += try OwnersDescriptions(of: owner, on: connection).findings
        }
        return findings
    }
}
