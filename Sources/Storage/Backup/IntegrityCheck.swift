import Expenses
import SQL

/// Whether the file is sound, and whether everything derived from what people have typed says what they have.
package struct IntegrityCheck: Sendable {
    /// What is lost or cannot be trusted, in words; empty when all is well. Of each kind no more than 100 are told.
    package private(set) var damage: [String] = []
    /// What is derived wrongly: `DerivedValues.repair` puts it right.
    package private(set) var errors: [String] = []

    /// All of them.
    package var findings: [String] { damage + errors }

    /// Looks at everything, in the transaction that is open, or else in several. On a SQLite connection that refuses every
    /// change the text index cannot be checked.
    init(of connection: Connection) {
        if connection.dialect == .sqlite {
            damage += IntegrityCheck.look(for: "file") { try IntegrityCheck.file(connection) }
            damage += IntegrityCheck.look(for: "references") { try IntegrityCheck.references(connection) }
        }
        let derived = DerivedValues(connection: connection)
        errors += IntegrityCheck.look(for: "totals", derived.wrongTotals)
        errors += IntegrityCheck.look(for: "usage", derived.wrongUsage)
        errors += IntegrityCheck.look(for: "numbers", derived.wrongNumbers)
        errors += IntegrityCheck.look(for: "categories", derived.wrongCategories)
        errors += IntegrityCheck.look(for: "descriptions", derived.wrongDescriptions)
        if connection.dialect == .sqlite {
            errors += IntegrityCheck.look(for: "text index") { try TextIndexCheck(of: connection).findings }
        }
        errors += IntegrityCheck.look(for: "merges", derived.wrongMerges)
        errors += IntegrityCheck.look(for: "repeating") {
            try RepeatingCheck(connection: connection).findings()
        }
        damage += IntegrityCheck.look(for: "imports") { try IntegrityCheck.staged(connection) }
        damage += IntegrityCheck.look(for: "long writes") { try IntegrityCheck.failed(connection) }
        damage += IntegrityCheck.look(for: "expense numbers") { try IntegrityCheck.usedTwice(connection) }
    }

    /// Of each kind.
    static let most = 100

    private static func look(for subject: String, _ look: () throws -> [String]) -> [String] {
        do {
            return try Array(look().prefix(most))
        } catch {
            return ["\(subject): cannot be checked: \(error)"]
        }
    }

    private static func file(_ connection: Connection) throws -> [String] {
        let findings = try connection.statement("PRAGMA integrity_check").rows { try "file: \($0.text(0))" }
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

    /// Rows that wait to be added, which no reference and no total watches.
    private static func staged(_ connection: Connection) throws -> [String] {
        let counts = try connection.statement(
            """
            SELECT imports.owner, imports.id, staged, coalesce(rows.count, 0) FROM imports LEFT JOIN (
                SELECT owner, import, count(*) AS count, CAST(sum(amount) AS BIGINT) AS sum FROM import_rows
                GROUP BY owner, import) AS rows ON rows.owner = imports.owner AND rows.import = imports.id
            WHERE staged <> coalesce(rows.count, 0) OR staged_sum <> coalesce(rows.sum, 0)
            ORDER BY 1, 2 LIMIT 100
            """
        ).rows {
            try "imports: user \($0.integer(0)): import \($0.integer(1)) has staged \($0.integer(2)) rows, "
                + "and \($0.integer(3)) are there, or their sum is another"
        }
        let missing = try connection.statement(
            """
            SELECT import_rows.owner, import, count(*) FROM import_rows LEFT JOIN categories
                ON categories.owner = import_rows.owner AND categories.id = category
            WHERE categories.id IS NULL GROUP BY import_rows.owner, import ORDER BY 1, 2 LIMIT 100
            """
        ).rows {
            try
                "imports: user \($0.integer(0)): \($0.integer(2)) rows that import \($0.integer(1)) has staged "
                + "name a missing category"
        }
        return counts + missing
    }

    private static func failed(_ connection: Connection) throws -> [String] {
        try connection.statement(
            "SELECT owner, kind, subject, failure FROM long_writes WHERE failure IS NOT NULL ORDER BY 1, 2, 3 LIMIT 100"
        ).rows {
            try "long writes: user \($0.integer(0)): \($0.text(1)) \($0.integer(2)) "
                + "cannot go on: \($0.text(3))"
        }
    }

    private static func usedTwice(_ connection: Connection) throws -> [String] {
        try connection.statement(
            """
            SELECT deleted_expenses.owner, deleted_expenses.id FROM deleted_expenses
            JOIN expenses ON expenses.owner = deleted_expenses.owner AND expenses.id = deleted_expenses.id
            ORDER BY 1, 2 LIMIT 100
            """
        ).rows { try "expense numbers: user \($0.integer(0)): \($0.integer(1)) is used twice" }
    }
}

extension Storage {
    /// Checks the database as it is now, in one read transaction.
    package func check() throws -> IntegrityCheck {
        try withWholeDatabase { IntegrityCheck(of: $0) }
    }

    /// Recomputes what is derived, never what was typed, in one transaction; blocks until that is done. Returns what was
    /// wrong, and what is still.
    package func repair() throws -> (before: [String], after: [String]) {
        try writeAndWait { stores in
            let before = stores.integrityCheck
            guard !before.errors.isEmpty else { return (before.findings, before.findings) }
            try stores.repair()
            return (before.findings, stores.integrityCheck.findings)
        }
    }

    /// What the database holds now.
    package func contents() throws -> Contents {
        try withWholeDatabase { try Contents(of: $0) }
    }
}
