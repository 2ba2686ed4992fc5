import Expenses
import SQLite

/// Whether the file is sound, and whether everything derived from the expenses says what they say.
package struct IntegrityCheck: Sendable {
    /// In words; empty when all is well. Of each kind no more than 100 are told.
    package private(set) var findings: [String] = []

    /// Looks at everything, in the transaction that is open, or else in several.
    init(of connection: Connection) {
        check("file") { try IntegrityCheck.file(connection) }
        check("references") { try IntegrityCheck.references(connection) }
        check("monthly totals") { try IntegrityCheck.monthlyTotals(connection) }
        check("usage") { try IntegrityCheck.usage(connection) }
        check("descriptions") { try IntegrityCheck.descriptions(connection) }
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
        while try statement.step() { findings.append("file: " + statement.text(0)) }
        return findings == ["file: ok"] ? [] : findings
    }

    private static func references(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement("PRAGMA foreign_key_check")
        var findings: [String] = []
        while try statement.step(), findings.count < most {
            findings.append(
                "references: a row of \(statement.text(0)) names a missing row of \(statement.text(2))")
        }
        return findings
    }

    private static func monthlyTotals(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            WITH
                counted AS (
                    SELECT owner, day / 100 AS month, category, count(*) AS count, sum(amount) AS sum
                    FROM expenses GROUP BY 1, 2, 3),
                wrong AS (
                    SELECT * FROM counted EXCEPT SELECT * FROM monthly_totals
                    UNION SELECT owner, month, category, 0, 0 FROM (
                        SELECT owner, month, category FROM monthly_totals
                        EXCEPT SELECT owner, month, category FROM counted))
            SELECT wrong.owner, wrong.month, wrong.category, wrong.count, wrong.sum, kept.count, kept.sum
            FROM wrong LEFT JOIN monthly_totals AS kept USING (owner, month, category)
            ORDER BY 1, 2, 3 LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "monthly totals: user \(statement.integer(0)), month \(statement.integer(1)), category "
                    + "\(statement.integer(2)): kept \(statement.integer(5)) expenses with the sum "
                    + "\(statement.integer(6)), counted \(statement.integer(3)) with \(statement.integer(4))")
        }
        return findings
    }

    private static func usage(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            WITH counted AS (
                SELECT owner, count(*) AS count FROM (
                    SELECT owner FROM expenses UNION ALL SELECT owner FROM deleted_expenses) GROUP BY owner)
            SELECT users.id, ifnull(expenses, 0), ifnull(count, 0) FROM users
            LEFT JOIN usage ON usage.owner = users.id LEFT JOIN counted ON counted.owner = users.id
            WHERE ifnull(expenses, 0) <> ifnull(count, 0) LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append(
                "usage: user \(statement.integer(0)): kept \(statement.integer(1)) expenses, "
                    + "counted \(statement.integer(2))")
        }
        return findings
    }

    /// User by user, so that no more than one user's descriptions are in memory.
    private static func descriptions(_ connection: Connection) throws -> [String] {
        var findings: [String] = []
        let users = try connection.statement("SELECT id FROM users")
        while try users.step(), findings.count < most {
            findings += try descriptions(connection, of: users.integer(0))
        }
        return findings
    }

    private static func descriptions(_ connection: Connection, of owner: Int64) throws -> [String] {
        var uses: [String: Int64] = [:]
        let counted = try connection.statement(
            "SELECT description FROM expenses WHERE owner = ?", [.integer(owner)])
        while try counted.step() {
            guard let key = ExpenseStore.suggestionKey(counted.text(0)) else { continue }
            uses[key, default: 0] += 1
        }
        let kept = try connection.statement(
            "SELECT key, uses FROM descriptions WHERE owner = ?", [.integer(owner)])
        while try kept.step() { uses[kept.text(0), default: 0] -= kept.integer(1) }
        // What people have written stays out of logs and terminals: the finding names the user alone.
        return uses.values.filter { $0 != 0 }.map {
            "descriptions: user \(owner): one is counted \(abs($0)) times too "
                + ($0 > 0 ? "seldom" : "often")
        }.sorted()
    }

    private static func numbers(_ connection: Connection) throws -> [String] {
        let statement = try connection.statement(
            """
            SELECT id FROM (SELECT id FROM expenses UNION ALL SELECT id FROM deleted_expenses)
            GROUP BY id HAVING count(*) > 1 OR id > (SELECT newest FROM expense_numbers) LIMIT 100
            """)
        var findings: [String] = []
        while try statement.step() {
            findings.append("expense numbers: \(statement.integer(0)) is used twice or will be")
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
