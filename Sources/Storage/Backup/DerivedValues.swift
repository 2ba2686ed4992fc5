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
                    kept AS MATERIALIZED (
                        SELECT owner, month_start, span, period, category, count, sum
                        FROM totals JOIN (\(Totals.kept)) AS months USING (owner, month_start)),
                    wrong AS (
                        SELECT owner, month_start, span, period, category FROM (
                            SELECT * FROM counted EXCEPT SELECT * FROM kept) AS missing
                        UNION SELECT owner, month_start, span, period, category FROM (
                            SELECT * FROM kept EXCEPT SELECT * FROM counted) AS extra)
                SELECT wrong.owner, wrong.span, wrong.period, wrong.category,
                    coalesce(kept.count, 0), coalesce(kept.sum, 0), coalesce(counted.count, 0),
                    coalesce(counted.sum, 0)
                FROM wrong LEFT JOIN kept USING (owner, month_start, span, period, category)
                    LEFT JOIN counted USING (owner, month_start, span, period, category)
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
            WHERE totals.month_start <> counters.month_start AND NOT EXISTS (
                SELECT 1 FROM long_writes WHERE long_writes.owner = totals.owner AND kind = 'count months')
            """)
        if let unseen, unseen > 0 { findings.append("totals: \(unseen) are of months that are not shown") }
        return findings
    }

    func wrongUsage() throws -> [String] {
        try connection.statement(
            composed: """
                SELECT users.id, coalesce(expenses, -1), coalesce(count, 0) FROM users
                LEFT JOIN counters ON counters.owner = users.id
                LEFT JOIN (\(DerivedValues.usage)) AS counted ON counted.owner = users.id
                WHERE coalesce(expenses, -1) <> coalesce(count, 0) ORDER BY 1 LIMIT \(IntegrityCheck.most)
                """
        ).rows {
            try "usage: user \($0.integer(0)): kept \($0.integer(1)) expenses, counted \($0.integer(2))"
        }
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
        ("rule", "newest_rule", "SELECT owner, max(id) AS id FROM rules GROUP BY owner"),
        (
            "repeating expense", "newest_repeating",
            "SELECT owner, max(id) AS id FROM repeating GROUP BY owner"
        ),
        (
            "bulk change", "newest_change",
            "SELECT owner, max(number) AS id FROM bulk_changes GROUP BY owner"
        ),
    ]

    func wrongNumbers() throws -> [String] {
        try DerivedValues.numbers.flatMap { name, column, highest in
            try connection.statement(
                composed: """
                    SELECT used.owner, max(used.id), coalesce(\(column), -1) FROM (\(highest)) AS used
                    LEFT JOIN counters ON counters.owner = used.owner
                    WHERE used.id > coalesce(\(column), -1) GROUP BY used.owner, \(column)
                    ORDER BY 1 LIMIT \(IntegrityCheck.most)
                    """
            ).rows {
                try "numbers: user \($0.integer(0)): the newest \(name) has \($0.integer(1)), "
                    + "and \($0.integer(2)) is kept"
            }
        }
    }

    struct Category {
        let owner: User.ID
        let id: Int64
        let key: String
    }

    /// With the keys that they should have. Of two categories of one name, which an earlier release told apart, one has the
    /// key of the name and the other has its number behind it.
    func categoriesWithWrongKeys() throws -> [Category] {
        let statement = try connection.statement(
            "SELECT owner, id, name, name_key FROM categories ORDER BY owner, id")
        var wrong: [Category] = []
        var mine: [(category: Category, kept: String)] = []
        func close() {
            let keys = Set(mine.map(\.kept))
            // That of the lowest number is the one to get a key that nobody has.
            var given: Set<String> = []
            for (category, kept) in mine where kept != category.key {
                let isNumbered = kept == category.key + "\(CategoryStore.numberMark)\(category.id)"
                let isFound = keys.contains(category.key) || !given.insert(category.key).inserted
                if !isNumbered || !isFound { wrong.append(category) }
            }
            mine.removeAll()
        }
        while try statement.step() {
            let category = Category(
                owner: try statement.id(0), id: try statement.integer(1),
                key: searchKey(try statement.text(2)))
            if let last = mine.last, last.category.owner != category.owner { close() }
            mine.append((category, try statement.text(3)))
        }
        close()
        return wrong
    }

    /// Merges of categories that are under way.
    static let merges =
        "SELECT owner, count(*) AS count FROM long_writes WHERE kind = 'merge category' GROUP BY owner"

    func wrongMerges() throws -> [String] {
        try connection.statement(
            composed: """
                SELECT counters.owner, merging, coalesce(count, 0) FROM counters
                LEFT JOIN (\(DerivedValues.merges)) AS counted ON counted.owner = counters.owner
                WHERE merging <> coalesce(count, 0) ORDER BY 1 LIMIT \(IntegrityCheck.most)
                """
        ).rows {
            try "merges: user \($0.integer(0)): kept \($0.integer(1)), counted \($0.integer(2))"
        }
    }

    func wrongCategories() throws -> [String] {
        try categoriesWithWrongKeys().map {
            "categories: user \($0.owner): \($0.id) cannot be found by its name"
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
