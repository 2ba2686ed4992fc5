import Expenses
import SQL
package import SQLite

/// Recomputes what is derived, never what was typed, in the transaction that is open.
struct Repair {
    let connection: Connection

    func run() throws {
        try repairTotals()
        try repairNumbers()
        try repairCategories()
        try repairDescriptions()
        try RepeatingCheck(connection: connection).repair()
    }

    private func repairTotals() throws {
        try connection.run("DELETE FROM totals")
        // What was being counted begins again.
        try connection.run("UPDATE counters SET counted_through = 0 WHERE counted_through > 0")
        try connection.run(
            "UPDATE long_writes SET phase = 0 WHERE kind = 'count months'")
        try connection.statement(
            composed: """
                INSERT INTO totals (owner, month_start, span, period, category, count, sum)
                SELECT owner, month_start, span, period, category, count, sum FROM (\(Totals.counted)) AS counted
                """
        ).run()
    }

    private func repairNumbers() throws {
        try count("expenses", DerivedValues.usage)
        try count("merging", DerivedValues.merges)
        for (_, column, highest) in DerivedValues.numbers {
            try connection.statement(
                composed: """
                    UPDATE counters SET \(column) = used.id FROM (
                        SELECT owner, max(id) AS id FROM (\(highest)) AS each GROUP BY owner) AS used
                    WHERE used.owner = counters.owner AND \(column) < used.id
                    """
            ).run()
        }
    }

    /// `counted`: a SELECT of `owner, count`, without the owners that have none.
    private func count(_ column: String, _ counted: String) throws {
        try connection.statement(
            composed: """
                UPDATE counters SET \(column) = counted.count FROM (
                    SELECT counters.owner, coalesce(found.count, 0) AS count FROM counters
                    LEFT JOIN (\(counted)) AS found ON found.owner = counters.owner) AS counted
                WHERE counted.owner = counters.owner AND \(column) <> counted.count
                """
        ).run()
    }

    private func repairCategories() throws {
        for category in try DerivedValues(connection: connection).categoriesWithWrongKeys() {
            let isTaken =
                try connection.integer(
                    "SELECT 1 FROM categories WHERE owner = ? AND name_key = ?", .id(category.owner),
                    .text(category.key)) != nil
            try connection.run(
                "UPDATE categories SET name_key = ? WHERE owner = ? AND id = ?",
                .text(isTaken ? category.key + "\u{1}\(category.id)" : category.key), .id(category.owner),
                .integer(category.id))
        }
    }

    private func repairDescriptions() throws {
        let owners: [User.ID] = try connection.statement("SELECT id FROM users ORDER BY id").rows {
            try $0.id(0)
        }
        for owner in owners {
            let descriptions = try OwnersDescriptions(of: owner, on: connection)
            if try !descriptions.findings.isEmpty { try repair(descriptions, of: owner) }
        }
        guard connection.dialect == .sqlite else { return }
        try connection.run("INSERT INTO description_index (description_index) VALUES ('delete-all')")
        try connection.run(
            "INSERT INTO description_index (rowid, key) SELECT (owner << 32) + id, key FROM descriptions")
    }

    private func repair(_ descriptions: OwnersDescriptions, of owner: User.ID) throws {
        var missing = descriptions.counted
        var numbers: [String: Int64] = [:]
        for kept in descriptions.kept {
            guard let counted = missing.removeValue(forKey: kept.key) else {
                try connection.run(
                    "DELETE FROM descriptions WHERE owner = ? AND id = ?", .id(owner), .integer(kept.id))
                continue
            }
            numbers[kept.key] = kept.id
            // The text stays that was typed last, also where the expense that it was typed for has gone.
            let isOutdated =
                counted.newest.id.rawValue > kept.newest || searchKey(kept.text) != kept.key
            guard isOutdated || counted.uses != kept.uses else { continue }
            try connection.run(
                "UPDATE descriptions SET uses = ?, newest = ? WHERE owner = ? AND id = ?",
                .integer(counted.uses), .integer(max(kept.newest, counted.newest.id.rawValue)), .id(owner),
                .integer(kept.id))
            guard isOutdated else { continue }
            try connection.run(
                "UPDATE descriptions SET text = ?, category = ? WHERE owner = ? AND id = ?",
                .text(counted.newest.description), .id(counted.newest.category), .id(owner),
                .integer(kept.id))
        }
        var number =
            try connection.integer("SELECT newest_description FROM counters WHERE owner = ?", .id(owner))
            ?? 0
        for (key, counted) in missing.sorted(by: { $0.key < $1.key }) {
            number += 1
            numbers[key] = number
            try connection.run(
                """
                INSERT INTO descriptions (owner, id, key, text, category, uses, newest)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                .id(owner), .integer(number), .text(key), .text(counted.newest.description),
                .id(counted.newest.category), .integer(counted.uses), .id(counted.newest.id))
        }
        for misnamed in descriptions.misnamed {
            try connection.run(
                "UPDATE expenses SET description_id = ? WHERE owner = ? AND day = ? AND id = ?",
                .integer(numbers[misnamed.key] ?? 0), .id(owner), .day(misnamed.expense.day),
                .id(misnamed.expense.id))
        }
        try TagStore(connection: connection).rebuild(of: owner)
        let latest = try DescriptionStore(connection: connection).latest(of: owner)
        try connection.run(
            "UPDATE counters SET newest_description = ?, latest = ? WHERE owner = ?", .integer(number),
            .text(latest.text), .id(owner))
    }
}

/// Recomputes what is derived in a file, past a `Storage`: for tests.
package func repair(_ connection: SQLite.Connection) throws {
    try Repair(connection: .sqlite(connection)).run()
}

extension Stores {
    /// Blocks until everything has been looked at.
    var integrityCheck: IntegrityCheck { IntegrityCheck(of: connection) }

    func repair() throws { try Repair(connection: connection).run() }
}
