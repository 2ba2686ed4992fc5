import CSQLiteTesting
import Expenses
import FoundationEssentials
import SQLite
import Storage
import TestDatabase
import Testing

/// How SQLite runs each statement that stands in the stores, with the triggers and references that it sets off: by an
/// index and in the order of one. A statement that is added is looked at without a change here.
@Suite(.enabled(if: TestDatabase.isFile)) struct QueryPlanTests {
    /// A line of a query plan that reads or sorts more than an index gives.
    private struct Exception: Hashable {
        let statement: String
        let step: String
        let reason: String
    }

    /// The statements that may, by how they begin.
    private static let exceptions = [
        Exception(
            statement:
                "SELECT id, owner, created_at, last_used_at, expires_at, user_agent, address, used_two_factor FROM sessions",
            step: "USE TEMP B-TREE FOR ORDER BY", reason: "one user's sessions, on the page that lists them"),
        Exception(
            statement: "SELECT EXISTS (SELECT 1 FROM users)",
            step: "SCAN users USING COVERING INDEX sqlite_autoindex_users_2", reason: "ends at the first row"),
        Exception(
            statement: "SELECT owner, min(id) FROM imports INDEXED BY imports_by_time",
            step: "USE TEMP B-TREE FOR GROUP BY",
            reason: "files that wait to be added: there is a bound on them"),
        Exception(
            statement: "SELECT owner, min(id) FROM imports INDEXED BY imports_by_time",
            step: "USE TEMP B-TREE FOR ORDER BY",
            reason: "files that wait to be added: there is a bound on them"),
        Exception(
            statement:
                "SELECT id, day, amount, category, description FROM expenses WHERE owner = ?1 AND (day, id) IN",
            step: "USE TEMP B-TREE FOR ORDER BY", reason: "ten thousand expenses at most"),
        Exception(
            statement: "SELECT text FROM description_tags", step: "USE TEMP B-TREE FOR ORDER BY",
            reason: "the descriptions of one tag, on a thread for searches"),
        Exception(
            statement: "SELECT tag, text FROM description_tags",
            step: "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
            reason: "the descriptions of a page of tags, on a thread for searches"),
        Exception(
            statement: "SELECT tag, day / 100", step: "USE TEMP B-TREE FOR GROUP BY",
            reason: "the months of a page of tags, on a thread for searches"),
        Exception(
            statement: "DELETE FROM repeating WHERE owner = ?1 AND deleted_at IS NOT NULL",
            step: "USE TEMP B-TREE FOR ORDER BY", reason: "two hundred that are deleted, and one more"),
        Exception(
            statement: "SELECT id, newest, text FROM descriptions", step: "USE TEMP B-TREE FOR ORDER BY",
            reason: "`check --repair` and an update of a server's schema, which look at everything"),
        Exception(
            statement: "SELECT text, category FROM descriptions", step: "USE TEMP B-TREE FOR ORDER BY",
            reason: "a file that is imported, on a thread of its own"),
        Exception(
            statement: "SELECT id FROM description_index CROSS JOIN descriptions",
            step: "SCAN description_index VIRTUAL TABLE INDEX 0:M1><",
            reason: "the index itself, from one row to another"),
        Exception(
            statement: "SELECT rowid FROM description_index",
            step: "SCAN description_index VIRTUAL TABLE INDEX 0:M1><",
            reason: "the index itself, from one row to another"),
    ]

    @Test func `no statement of the stores reads a whole table or sorts without an index`() throws {
        plans_include_triggers()
        let fixture = try Fixture()
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        try connection.run("PRAGMA foreign_keys = ON")
        let statements = try StoreSources().statements.filter { !StoreSources.isOfServers($0) }
        #expect(statements.count > 60)
        var unused = Set(QueryPlanTests.exceptions)
        for sql in statements {
            for step in try plan(of: sql, on: connection) where isLong(step) {
                let exception = QueryPlanTests.exceptions.first {
                    sql.hasPrefix($0.statement) && step == $0.step
                }
                #expect(exception != nil, "\(step) in: \(sql)")
                if let exception { unused.remove(exception) }
            }
        }
        #expect(unused.isEmpty, "exceptions that are none any more")
    }

    @Test func `a search adds up from an index alone, without a look at the table`() throws {
        let fixture = try Fixture()
        let connection = try Connection(path: fixture.path, mode: .readOnly)
        let statement = try #require(
            StoreSources().statements.first { $0.hasPrefix("SELECT day, category, amount") })
        #expect(
            try plan(of: statement, on: connection).first?.contains(
                "USING COVERING INDEX expenses_by_description (owner=? AND description_id=?") == true)
    }

    /// What finds the rows of one user alone, by the table that it is for.
    private static let keys = [
        ("", "owner = ?"), ("", "(owner, "), ("", "( owner, "), ("FROM users", "WHERE id = ?"),
        ("FROM users", "WHERE users.id = ?"),
        ("UPDATE users", "WHERE id = ?"),
        ("FROM users", "_key = ?"), ("INSERT INTO users", "username_key"), ("sessions", "id = ?"),
        ("former_refresh_hashes", "session = ?"), ("INSERT INTO former_refresh_hashes", "session"),
        ("INSERT INTO sessions", "owner"), ("api_tokens", "WHERE hash = ?"),
        ("description_index", "rowid"), ("login_throttles", "place"),
    ]

    /// How the statements begin that are for no user or for all, and why.
    private static let ofAll = [
        "SELECT EXISTS (SELECT 1 FROM users)": "whether anybody has registered",
        "SELECT setval(": "after a copy of everything",
        "SELECT CAST(coalesce(sum(CASE WHEN size < ? THEN ? ELSE size END), 0) AS BIGINT)":
            "a bound for all uploads together",
        "SELECT owner, min(id) FROM imports": "whose file makes room for others",
        "SELECT owner FROM long_writes WHERE owner > ?": "whose turn it is",
        "SELECT owner, id FROM deleted_expenses WHERE deleted_at < ?": "a sweep",
        "DELETE FROM sessions WHERE expires_at <= ?1": "a sweep",
        "SELECT owner, form, used_at FROM forms WHERE owner >= ?": "a sweep",
        "DELETE FROM answered_forms WHERE answered_at < ?1": "a sweep",
        "DELETE FROM idempotency_keys WHERE used_at <= ?1": "a sweep",
        "SELECT id, repeating_due, zone FROM users": "a sweep",
        "DELETE FROM repeating WHERE deleted_at < ?1": "a sweep",
        "SELECT owner, id FROM imports WHERE first IS NULL AND uploaded_at < ?": "a sweep",
        "SELECT owner, number FROM bulk_changes WHERE ends_at <= ?": "a sweep",
    ]

    @Test func `every statement of the stores names its owner, or a key of one user`() throws {
        var unused = Set(QueryPlanTests.ofAll.keys)
        for sql in try StoreSources().statements {
            if let beginning = QueryPlanTests.ofAll.keys.first(where: { sql.hasPrefix($0) }) {
                unused.remove(beginning)
                continue
            }
            let isRouted = QueryPlanTests.keys.contains {
                ($0.0.isEmpty || sql.contains($0.0)) && sql.contains($0.1)
            }
            #expect(isRouted, "no one node has the rows of: \(sql)")
        }
        #expect(unused.isEmpty, "statements that are none any more")
    }

    private func plan(of sql: String, on connection: Connection) throws -> [String] {
        let statement = try connection.statement(composed: "EXPLAIN QUERY PLAN " + sql)
        var steps: [String] = []
        // A cascade of a reference has a line without text.
        while try statement.step() {
            if !statement.isNull(3) { steps.append(try statement.text(3)) }
        }
        return steps
    }

    private func isLong(_ step: String) -> Bool {
        // One row that is made up, a table inside the statement, or rows that another line has found.
        let isSmall = ["SCAN CONSTANT ROW", "SCAN (subquery", "SCAN first", "SCAN json_each"].contains {
            step.hasPrefix($0)
        }
        return step.hasPrefix("SCAN ") && !isSmall || step.contains("TEMP B-TREE")
            || step.contains("AUTOMATIC")
    }
}

/// The statements that stand in the source of the stores.
private struct StoreSources {
    private(set) var statements: [String] = []

    /// What is put together at run time, each part as long as it can be.
    private static let parts = [
        #"\(condition.sql)"#:
            " AND category IN (?, ?) AND MONTH % 100 = ? AND +description_id IN (SELECT value FROM json_each(?))",
        #"\(matches.condition)"#: "IN (SELECT value FROM json_each(?))",
        #"\(index)"#: " INDEXED BY expenses_by_description",
        #"\(source.sql)"#: "expenses",
        #"\(indexed.sql)"#: "expenses INDEXED BY expenses_by_description",
        #"\(described)"#: " AND description_id IN (SELECT value FROM json_each(?))",
        #"\(connection.dialect.isInList)"#: "IN (SELECT value FROM json_each(?))",
        #"\(RepeatingRow.columns)"#: repeating.joined(separator: ", "),
        #"\(RepeatingRow.places)"#: repeating.map { _ in "?" }.joined(separator: ", "),
        #"\(RepeatingRow.assignments)"#: repeating.map { $0 + " = ?" }.joined(separator: ", "),
        #"\(byTime)"#: " INDEXED BY imports_by_time",
        #"\(ExpenseRow.columns)"#: "id, day, amount, category, description",
        #"\(ExpenseRow.said)"#: "day, amount, category, description",
        #"\(ExpenseRow.places)"#: "?, ?, ?, ?",
        #"\(staged.sql)"#: "unnest(CAST(? AS bigint[]))",
        #"\(ExpenseRow.assignments)"#: "day = ?, amount = ?, category = ?, description = ?",
        #"\(connection.dialect.listed)"#: "json_each(?)",
        #"\(BulkStore.columns)"#: "number, action, category, tag, new_tag, made_at, count, changed, left_out",
        #"\(month)"#: "DAY / 100",
        #"\(kind.rawValue)"#: "newest_import",
        #"\($0)"#: "expenses",
        #"\(table)"#: "expenses",
        #"\(side)"#: "<",
        #"\(UserStore.withPassword)"#: """
        id, username, email, currency, number_format, zone, first_weekday, language, repeating_due, month_start,
        password_hash, CASE WHEN EXISTS (SELECT 1 FROM two_factors WHERE owner = users.id) THEN 1 ELSE 0 END
        FROM users JOIN counters ON owner = users.id
        """,
        #"\(sums)"#: "SELECT owner, month_start, 3, day, category, count, sum FROM days",
        #"\(condition)"#: " AND instr(descriptions.key, ?) > 0 AND instr(descriptions.key, ?) > 0",
    ]

    private static let repeating = [
        "amount", "category", "description", "first_day", "every", "unit", "until", "next_number", "paused",
        "recorded_through", "recorded", "changes",
    ]

    /// What statements have that only a server runs.
    private static let ofServers = [
        "strpos(", "md5(", "FOR UPDATE", "setval(", "unnest(", "login_throttles", "answered_forms",
    ]

    static func isOfServers(_ sql: String) -> Bool { ofServers.contains { sql.contains($0) } }

    struct UnknownPart: Error {
        let statement: String
    }

    init() throws {
        let folder =
            #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources/Storage"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        for name in names
        where ["Store.swift", "Steps.swift", "MatchingMonths.swift", "Dialect.swift"].contains(
            where: name.hasSuffix)
        {
            statements += try StoreSources.statements(
                in: String(contentsOfFile: folder + "/" + name, encoding: .utf8))
        }
        statements += Schema.removals
    }

    private static func statements(in source: String) throws -> [String] {
        // A text between quotes, in one line or several, that begins with a verb of SQL.
        let texts = source.matches(of: #/"(?:"")?\s*((?:SELECT|INSERT|UPDATE|DELETE|WITH)\s[^"]*)"/#)
        return try texts.map { text in
            var sql = text.1.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for (part, longest) in parts { sql = sql.replacing(part, with: longest) }
            // Totals, and rows that are found by their description, are not looked through for a text.
            if !sql.contains("FROM expenses") || sql.contains(" AND description_id IN") {
                sql = sql.replacing(" AND +description_id IN (SELECT value FROM json_each(?))", with: "")
            }
            sql = sql.replacing(
                "MONTH %", with: sql.contains("current_totals") ? "period %" : "day / 100 %")
            sql = sql.replacing("DAY /", with: sql.contains("current_totals") ? "period /" : "day /")
            guard !sql.contains(#"\("#) else { throw UnknownPart(statement: sql) }
            return sql
        }
    }
}
