import Expenses
import SQL

/// Whether the file is sound, and whether everything derived from the expenses says what they say.
package struct IntegrityCheck: Sendable {
    /// In words; empty when all is well. Of each kind no more than 100 are told.
    package private(set) var findings: [String] = []

    /// Looks at everything, in the transaction that is open, or else in several.
    init(of connection: Connection) {
        if connection.dialect == .sqlite {
            check("file") { try IntegrityCheck.file(connection) }
            check("references") { try IntegrityCheck.references(connection) }
        }
        check("monthly totals") { try IntegrityCheck.monthlyTotals(connection) }
        check("usage") { try IntegrityCheck.usage(connection) }
        check("totals by month") {
            try IntegrityCheck.totals(connection, IntegrityCheck.monthTotals, of: "month")
        }
        check("totals by category") {
            try IntegrityCheck.totals(connection, IntegrityCheck.categoryTotals, of: "category")
        }
        check("totals by day") {
            try IntegrityCheck.totals(connection, IntegrityCheck.dailyTotals, of: "day")
        }
        check("totals by description") {
            try IntegrityCheck.totals(connection, IntegrityCheck.descriptionTotals, of: "description")
        }
        check("descriptions") { try IntegrityCheck.descriptions(connection) }
        if connection.dialect == .sqlite {
            check("text index") { try IntegrityCheck.textIndex(connection) }
        }
        check("expense numbers") { try IntegrityCheck.numbers(connection) }
    }

    private static let most = 100

    private mutating func check(_ subject: String, _ look: () throws -> [String]) {
        do {
            findings += try look().prefix(IntegrityCheck.most)
        } catch {
            findings.append("\(subject): cannot be checked: \(error)")
        }
    }

    private static func file(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement("PRAGMA integrity_check")
        var findings: [String] = []
        while try statement.step() { findings.append("file: \(try statement.text(0))") }
        return findings == ["file: ok"] ? [] : findings
    }

    private static func references(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement("PRAGMA foreign_key_check")
        var findings: [String] = []
        while try statement.step(), findings.count < most {
            findings.append(
                "references: a row of \(try statement.text(0)) names a missing row of \(try statement.text(2))"
            )
        }
        return findings
    }

    private static func monthlyTotals(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            WITH
                counted AS (
                    SELECT owner, day / 100 AS month, category, count(*) AS count,
                        CAST(sum(amount) AS BIGINT) AS sum
                    FROM expenses GROUP BY 1, 2, 3),
                wrong AS (
                    SELECT * FROM counted EXCEPT SELECT * FROM monthly_totals
                    UNION SELECT owner, month, category, 0, 0 FROM (
                        SELECT owner, month, category FROM monthly_totals
                        EXCEPT SELECT owner, month, category FROM counted) AS extra)
            SELECT wrong.owner, wrong.month, wrong.category, wrong.count, wrong.sum, coalesce(kept.count, 0),
                coalesce(kept.sum, 0)
            FROM wrong LEFT JOIN monthly_totals AS kept USING (owner, month, category)
            ORDER BY 1, 2, 3 LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "monthly totals: user \(try statement.integer(0)), month \(try statement.integer(1)), category "
                    + "\(try statement.integer(2)): kept \(try statement.integer(5)) expenses with the sum "
                    + "\(try statement.integer(6)), counted \(try statement.integer(3)) with \(try statement.integer(4))"
            )
        }
        return findings
    }

    private static let monthTotals: StaticString = """
        WITH counted AS (
            SELECT owner, day / 100 AS month, count(*), CAST(sum(amount) AS BIGINT) FROM expenses GROUP BY 1, 2)
        SELECT owner, month FROM (SELECT * FROM month_totals EXCEPT SELECT * FROM counted) AS wrong
        UNION SELECT * FROM (
            SELECT owner, day / 100 FROM expenses EXCEPT SELECT owner, month FROM month_totals) AS missing
        LIMIT 100
        """

    private static let categoryTotals: StaticString = """
        WITH counted AS (
            SELECT owner, category, count(*), CAST(sum(amount) AS BIGINT) FROM expenses GROUP BY 1, 2)
        SELECT owner, category FROM (SELECT * FROM category_totals EXCEPT SELECT * FROM counted) AS wrong
        UNION SELECT * FROM (
            SELECT owner, category FROM expenses EXCEPT SELECT owner, category FROM category_totals) AS missing
        LIMIT 100
        """

    private static let dailyTotals: StaticString = """
        WITH counted AS (
            SELECT owner, day, category, count(*) AS count, CAST(sum(amount) AS BIGINT) AS sum
            FROM expenses GROUP BY 1, 2, 3)
        SELECT owner, day FROM (SELECT * FROM daily_totals EXCEPT SELECT * FROM counted) AS wrong
        UNION SELECT owner, day FROM (SELECT * FROM counted EXCEPT SELECT * FROM daily_totals) AS missing
        LIMIT 100
        """

    private static let descriptionTotals: StaticString = """
        WITH counted AS (
            SELECT owner, description_id, day / 100 AS month, category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM expenses GROUP BY 1, 2, 3, 4)
        SELECT owner, description_id FROM (SELECT * FROM description_totals EXCEPT SELECT * FROM counted) AS wrong
        UNION SELECT owner, description_id FROM (SELECT * FROM counted EXCEPT SELECT * FROM description_totals) AS missing
        LIMIT 100
        """

    /// `sql` gives the owner and the month or category of each total that is wrong, missing or too many.
    private static func totals(_ connection: Connection, _ sql: StaticString, of subject: String) throws
        -> [String]
    {
        let statement = try connection.statement(sql)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "totals by \(subject): user \(try statement.integer(0)), \(subject) \(try statement.integer(1)): "
                    + "not what the expenses add up to")
        }
        return findings
    }

    private static func usage(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            WITH counted AS (
                SELECT owner, count(*) AS count FROM (
                    SELECT owner FROM expenses UNION ALL SELECT owner FROM deleted_expenses) AS used
                GROUP BY owner)
            SELECT users.id, coalesce(expenses, -1), coalesce(count, 0) FROM users
            LEFT JOIN counters ON counters.owner = users.id LEFT JOIN counted ON counted.owner = users.id
            WHERE coalesce(expenses, -1) <> coalesce(count, 0) LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "usage: user \(try statement.integer(0)): kept \(try statement.integer(1)) expenses, "
                    + "counted \(try statement.integer(2))")
        }
        return findings
    }

    /// User by user, so that no more than one user's descriptions are in memory.
    private static func descriptions(_ connection: Connection) throws -> [String] {
        var findings: [String] = []
        let users = try connection.statement("SELECT id FROM users")
        while try users.step(), findings.count < most {
            findings += try descriptions(connection, of: try users.integer(0))
        }
        return findings
    }

    private static func descriptions(_ connection: Connection, of owner: Int64) throws -> [String] {
        var uses: [Int64: Int64] = [:]
        var keys: [Int64: String] = [:]
        var misnamed = 0
        let kept = try connection.statement(
            "SELECT id, key, uses FROM descriptions WHERE owner = ?", [.integer(owner)])
        while try kept.step() {
            keys[try kept.integer(0)] = try kept.text(1)
            uses[try kept.integer(0)] = -(try kept.integer(2))
        }
        let counted = try connection.statement(
            "SELECT description, description_id FROM expenses WHERE owner = ?", [.integer(owner)])
        while try counted.step() {
            let (text, number) = (try counted.text(0), try counted.integer(1))
            if text.isEmpty ? number != 0 : keys[number] != descriptionKey(text) { misnamed += 1 }
            if !text.isEmpty { uses[number, default: 0] += 1 }
        }
        // What people have written stays out of logs and terminals: the findings name the user alone.
        var findings = uses.values.filter { $0 != 0 }.map {
            "descriptions: user \(owner): one is counted \(abs($0)) times too "
                + ($0 > 0 ? "seldom" : "often")
        }.sorted()
        if misnamed > 0 {
            findings.append(
                "descriptions: user \(owner): \(misnamed) expenses name another one than they say")
        }
        return findings
    }

    /// Whether each description is found by its own text, and nothing else is in the index.
    private static func textIndex(_ connection: Connection) throws -> [String] {
        var findings: [String] = []
        let extra = try connection.integer(
            """
            SELECT count(*) FROM description_index_docsize WHERE NOT EXISTS (
                SELECT 1 FROM descriptions
                WHERE owner = description_index_docsize.id >> 32
                    AND descriptions.id = description_index_docsize.id & 4294967295)
            """)
        if let extra, extra > 0 { findings.append("text index: \(extra) entries belong to no description") }
        let statement = try connection.statement("SELECT owner, id, key FROM descriptions")
        while try statement.step(), findings.count < most {
            let (owner, id, key) = (try statement.integer(0), try statement.integer(1), try statement.text(2))
            guard let phrase = Connection.phrase(key) else { continue }
            let found = try connection.integer(
                "SELECT 1 FROM description_index WHERE description_index MATCH ? AND rowid = ?",
                .text(phrase),
                .integer((owner << 32) + id))
            if found == nil { findings.append("text index: user \(owner): description \(id) is not found") }
        }
        return findings
    }

    private static func numbers(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            SELECT owner, id FROM (SELECT owner, id FROM expenses UNION ALL SELECT owner, id FROM deleted_expenses) AS used
            GROUP BY owner, id
            HAVING count(*) > 1 OR id > coalesce(
                (SELECT newest_expense FROM counters WHERE counters.owner = used.owner), 0)
            LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "expense numbers: user \(try statement.integer(0)): \(try statement.integer(1)) is used twice or will be"
            )
        }
        return findings
    }
}

extension Storage {
    /// Checks the database as it is now, in one read transaction.
    package func check() throws -> IntegrityCheck {
        try withReader { IntegrityCheck(of: $0) }
    }

    /// What the database holds now.
    package func contents() throws -> Contents {
        try withReader { try Contents(of: $0) }
    }
}
