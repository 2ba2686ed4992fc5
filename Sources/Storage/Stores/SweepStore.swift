import Expenses
import SQL

/// Removes what has had its time, of all users: the only statements that name no owner.
package struct SweepStore {
    let connection: Connection

    /// Rows that go in one step.
    private static let few: Int64 = 64

    /// Removes some of what has expired. Returns whether there may be more.
    package func step(at now: Int64) throws -> Bool {
        let counts = [
            try emptyBin(before: now - DeletedExpense.restorable),
            try run(
                "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ? LIMIT ?)",
                now),
            try run(
                """
                DELETE FROM forms WHERE used_at < ?1 AND (owner, form) IN (
                    SELECT owner, form FROM forms WHERE used_at < ?1 ORDER BY used_at LIMIT ?2)
                """, now - FormStore.lifetime),
            try run(
                """
                DELETE FROM idempotency_keys WHERE used_at <= ?1 AND (owner, key) IN (
                    SELECT owner, key FROM idempotency_keys WHERE used_at <= ?1 ORDER BY used_at LIMIT ?2)
                """, now - IdempotencyStore.lifetime),
            try removeOldestImport(before: now - ImportStore.patience),
            try AnsweredFormStore(connection: connection).sweep(at: now, limit: SweepStore.few),
        ]
        return counts.contains { $0 > 0 }
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

    private func run(_ sql: StaticString, _ time: Int64) throws -> Int {
        try connection.run(sql, .integer(time), .integer(SweepStore.few))
        return connection.changes
    }

    /// Removes for good what was moved to the bin before that time.
    private func emptyBin(before time: Int64) throws -> Int {
        var expired: [(owner: User.ID, id: Expense.ID)] = []
        do {
            let statement = try connection.statement(
                "SELECT owner, id FROM deleted_expenses WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?",
                [.integer(time), .integer(SweepStore.few)])
            while try statement.step() { expired.append((try statement.id(0), try statement.id(1))) }
        }
        let expenses = ExpenseStore(connection: connection)
        for (owner, id) in expired {
            try connection.lock(owner)
            // It may have been restored meanwhile.
            if try BinStore(connection: connection).find(id, owner: owner) != nil {
                try expenses.discard(id, owner: owner)
            }
        }
        return expired.count
    }

    /// Removes a little of the oldest file that was uploaded before that time and never added.
    private func removeOldestImport(before time: Int64) throws -> Int {
        let statement = try connection.statement(
            """
            SELECT owner, id FROM imports WHERE first IS NULL AND uploaded_at < ? ORDER BY uploaded_at LIMIT 1
            """, [.integer(time)])
        guard try statement.step() else { return 0 }
        let (owner, id): (User.ID, UploadedFile.ID) = (try statement.id(0), try statement.id(1))
        let imports = ImportStore(connection: connection)
        try connection.lock(owner)
        guard try imports.find(id, owner: owner)?.added == nil else { return 1 }
        if try imports.discardRows(of: id, owner: owner, limit: Int(SweepStore.few)) { return 1 }
        try connection.run("DELETE FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return 1
    }
}
