import Expenses
import SQL

/// Deletes expired rows of all users: the only statements that name no owner.
package struct SweepStore {
    let connection: Connection

    /// Rows that go in one step.
    private static let batchSize: Int64 = 64

    /// Removes some of what has expired. Returns whether there may be more.
    package func step(at now: Int64) throws -> Bool {
        let counts = [
            try emptyBin(before: now - DeletedExpense.restorable),
            try run(
                """
                DELETE FROM sessions WHERE expires_at <= ?1 AND id IN (
                    SELECT id FROM sessions WHERE expires_at <= ?1 LIMIT ?2)
                """, now),
            try run(
                """
                DELETE FROM idempotency_keys WHERE used_at <= ?1 AND (owner, key) IN (
                    SELECT owner, key FROM idempotency_keys WHERE used_at <= ?1 ORDER BY used_at LIMIT ?2)
                """, now - IdempotencyStore.lifetime),
            try run(
                """
                DELETE FROM repeating WHERE deleted_at < ?1 AND (owner, id, former) IN (
                    SELECT owner, id, former FROM repeating WHERE deleted_at < ?1 ORDER BY deleted_at LIMIT ?2)
                """, now - DeletedExpense.restorable),
            try removeOldestImport(before: now - ImportStore.uploadLifetime),
            try AnsweredFormStore(connection: connection).sweep(at: now, limit: SweepStore.batchSize),
        ]
        let hasBulkChanges = try BulkStore(connection: connection).sweep(at: now, limit: SweepStore.many)
        return hasBulkChanges || counts.contains { $0 > 0 }
    }

    /// Writes something that changes nothing, so that the commit tells whether the database takes writes.
    package func tryWriting() throws {
        switch connection.dialect {
        case .sqlite:
            let version = try connection.integer("PRAGMA user_version") ?? 0
            try connection.statement(composed: "PRAGMA user_version = \(version)").run()
        case .postgreSQL:
            // No place of a throttle is negative.
            try connection.run(
                """
                INSERT INTO login_throttles (place, key, count, last, paused_until) VALUES (-1, '', 0, 0, 0)
                ON CONFLICT DO NOTHING
                """)
            try connection.run("DELETE FROM login_throttles WHERE place = -1")
        }
    }

    /// Where `sweepForms` goes on.
    package struct Place: Hashable, Sendable {
        let owner: Int64
        let form: String

        package static let start = Place(owner: 0, form: "")
    }

    /// Forms that are looked at in one step.
    private static let many = 512

    /// Removes forms that have had their time. There is no index of the times, which every insert would have to write: each
    /// step looks at the next few forms. Returns where the next one goes on, nil after the last form.
    package func sweepForms(after place: Place, at now: Int64) throws -> Place? {
        let forms = try connection.statement(
            """
            SELECT owner, form, used_at FROM forms WHERE owner >= ? AND (owner, form) > (?, ?)
            ORDER BY owner, form LIMIT ?
            """,
            [.integer(place.owner), .integer(place.owner), .text(place.form), .integer(SweepStore.many)]
        ).rows { try (place: Place(owner: $0.integer(0), form: $0.text(1)), usedAt: $0.integer(2)) }
        for (form, usedAt) in forms where usedAt < now - FormStore.lifetime {
            try connection.run(
                "DELETE FROM forms WHERE owner = ? AND form = ? AND used_at < ?", .integer(form.owner),
                .text(form.form), .integer(now - FormStore.lifetime))
        }
        return forms.count < SweepStore.many ? nil : forms.last?.place
    }

    private func run(_ sql: StaticString, _ time: Int64) throws -> Int {
        try connection.run(sql, .integer(time), .integer(SweepStore.batchSize))
        return connection.changes
    }

    /// Removes for good what was moved to the bin before that time.
    private func emptyBin(before time: Int64) throws -> Int {
        let expired: [(owner: User.ID, id: Expense.ID)] = try connection.statement(
            "SELECT owner, id FROM deleted_expenses WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?",
            [.integer(time), .integer(SweepStore.batchSize)]
        ).rows { try ($0.id(0), $0.id(1)) }
        let expenses = ExpenseStore(connection: connection)
        for (owner, id) in expired {
            try connection.lock(owner)
            // It may have been restored meanwhile.
            if try BinStore(connection: connection).find(id, owner: owner) != nil {
                try expenses.discard([id], owner: owner)
            }
        }
        return expired.count
    }

    /// Removes a little of the oldest file that was uploaded before that time and never added.
    private func removeOldestImport(before time: Int64) throws -> Int {
        let oldest: (owner: User.ID, id: UploadedFile.ID)? = try connection.statement(
            """
            SELECT owner, id FROM imports WHERE first IS NULL AND uploaded_at < ? ORDER BY uploaded_at LIMIT 1
            """, [.integer(time)]
        ).first { try ($0.id(0), $0.id(1)) }
        guard let (owner, id) = oldest else { return 0 }
        try connection.lock(owner)
        // It may have been added or taken away meanwhile.
        let isWaiting = try connection.integer(
            "SELECT 1 FROM imports WHERE owner = ? AND id = ? AND first IS NULL", .id(owner), .id(id))
        guard isWaiting != nil else { return 1 }
        let steps = ImportSteps(connection: connection, id: id, owner: owner)
        _ = try steps.undo(keepsFile: false)
        return 1
    }
}
