import Expenses
import SQL
import SQLite

/// What the engines say differently.
enum Dialect {
    case sqlite
    case postgreSQL

    /// What follows a column of numbers that have to be in a list, which is bound as `list`.
    var isInList: String {
        switch self {
        case .sqlite: "IN (SELECT value FROM json_each(?))"
        case .postgreSQL: "= ANY (CAST(? AS bigint[]))"
        }
    }

    /// A table with a column `value` of the numbers in a list, which is bound as `list`.
    var listed: String {
        switch self {
        case .sqlite: "json_each(?)"
        case .postgreSQL: "unnest(CAST(? AS bigint[])) AS value"
        }
    }

    func list(_ numbers: [Int64]) -> Value {
        let items = numbers.lazy.map(String.init).joined(separator: ",")
        return switch self {
        case .sqlite: .text("[" + items + "]")
        case .postgreSQL: .text("{" + items + "}")
        }
    }

    /// What follows a table's name where SQLite's planner is told which index to take; PostgreSQL's finds it.
    func indexed(by index: String) -> String {
        switch self {
        case .sqlite: " INDEXED BY " + index
        case .postgreSQL: ""
        }
    }
}

extension Connection {
    /// Makes other writes for this owner, also those of other copies of the program, wait until the transaction ends. SQLite
    /// has one writer in any case.
    func lock(_ owner: User.ID) throws {
        guard dialect == .postgreSQL else { return }
        try runAhead("SELECT 1 FROM counters WHERE owner = ? FOR UPDATE", [.id(owner)])
    }

    /// Makes other transactions that add, change or remove a user wait until this one ends.
    func lockUsers() throws {
        guard dialect == .postgreSQL else { return }
        try run("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE")
    }
}

extension Connection {
    /// Runs `body` without looking at references, where that is possible: of a SQLite file.
    func withoutReferences(_ body: () throws -> Void) throws {
        guard case .sqlite(let connection) = self else { return try body() }
        connection.setReferences(enforced: false)
        defer { connection.setReferences(enforced: true) }
        try body()
    }
}

// For rows that are copied together with what is counted from them.
extension Connection {
    /// Whether expenses are counted as they come and go, until the transaction ends. Of a SQLite file triggers are switched
    /// off by whoever has opened it.
    func setCounting(_ isOn: Bool) throws {
        guard dialect == .postgreSQL else { return }
        if isOn {
            try run("ALTER TABLE expenses ENABLE TRIGGER USER")
        } else {
            try run("ALTER TABLE expenses DISABLE TRIGGER USER")
        }
    }

    /// Has the next user get a number after all that there are.
    func continueUserIDs() throws {
        guard dialect == .postgreSQL else { return }
        try run(
            "SELECT setval(pg_get_serial_sequence('users', 'id'), max(id)) FROM users HAVING count(*) > 0")
    }
}

// Text search: SQLite has an index of the sequences of three characters, with one range for each user. PostgreSQL's index
// of such (pg_trgm) would mix all users', so that a common word costs what all of them wrote: there one user's
// descriptions are looked through.
extension Connection {
    /// The owner's description with this key, in the columns `id, newest, uses, category`.
    func description(_ key: String, of owner: User.ID) throws -> Statement {
        switch dialect {
        case .sqlite:
            try statement(
                "SELECT id, newest, uses, category FROM descriptions WHERE owner = ? AND key = ?",
                [.id(owner), .text(key)])
        case .postgreSQL:
            // An entry of an index has some 2700 bytes at most, and a key may have more: its hash is what is indexed.
            try statement(
                """
                SELECT id, newest, uses, category FROM descriptions
                WHERE owner = ?1 AND md5(key) = md5(?2) AND key = ?2
                """, [.id(owner), .text(key)])
        }
    }

    /// Calls `body` with the numbers of the owner's descriptions whose keys contain all the terms.
    func forEachDescription(with terms: [String], of owner: User.ID, _ body: (Int64) -> Void) throws {
        // The index does not know what is shorter than three characters.
        let indexed = dialect == .sqlite ? terms.filter { $0.unicodeScalars.count >= 3 } : []
        let others = terms.filter { !indexed.contains($0) }
        guard !indexed.isEmpty else {
            let position = dialect == .sqlite ? "instr" : "strpos"
            let condition = repeatElement(" AND \(position)(key, ?) > 0", count: others.count).joined()
            let statement = try statement(
                composed: "SELECT id FROM descriptions WHERE owner = ?\(condition)",
                [.id(owner)] + others.map { .text($0) })
            while try statement.step() { body(try statement.integer(0)) }
            return
        }
        let first = Connection.indexRow(0, owner: owner)
        let range: [Value] = [
            .text(Connection.phrases(indexed)), .integer(first), .integer(first + (1 << 32)),
        ]
        guard !others.isEmpty else {
            let statement = try statement(
                "SELECT rowid FROM description_index WHERE description_index MATCH ? AND rowid > ? AND rowid < ?",
                range)
            while try statement.step() { body(try statement.integer(0) - first) }
            return
        }
        let condition = repeatElement(" AND instr(descriptions.key, ?) > 0", count: others.count).joined()
        let statement = try statement(
            composed: """
                SELECT id FROM description_index CROSS JOIN descriptions
                    ON descriptions.owner = ?4 AND id = description_index.rowid - ?2
                WHERE description_index MATCH ?1 AND description_index.rowid > ?2
                    AND description_index.rowid < ?3\(condition)
                """, range + [.id(owner)] + others.map { .text($0) })
        while try statement.step() { body(try statement.integer(0)) }
    }

    /// Has a new description found by its text.
    func addToTextIndex(_ key: String, number: Int64, owner: User.ID) throws {
        guard dialect == .sqlite else { return }
        try run(
            "INSERT INTO description_index (rowid, key) VALUES (?, ?)",
            .integer(Connection.indexRow(number, owner: owner)), .text(key))
    }

    func removeFromTextIndex(_ key: String, number: Int64, owner: User.ID) throws {
        guard dialect == .sqlite else { return }
        // The index wants the text to find its entries again (sqlite.org/fts5.html, "The 'delete' Command").
        try run(
            "INSERT INTO description_index (description_index, rowid, key) VALUES ('delete', ?, ?)",
            .integer(Connection.indexRow(number, owner: owner)), .text(key))
    }

    /// Under which number the text index knows a description.
    static func indexRow(_ number: Int64, owner: User.ID) -> Int64 { (owner.rawValue << 32) + number }

    /// What finds the keys with all terms in the index (sqlite.org/fts5.html, "FTS5 Strings").
    private static func phrases(_ terms: [String]) -> String {
        terms.map { term in
            "\"" + term.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                + "\""
        }.joined(separator: " AND ")
    }
}
