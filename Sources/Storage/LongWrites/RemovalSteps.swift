import Expenses
import SQL

/// Removes a user with everything of theirs, a few rows at a time.
struct RemovalSteps {
    let connection: Connection
    let owner: User.ID

    /// Tables that only their owner's row refers to, and how a few rows of each go.
    private static let leftovers: [StaticString] = [
        """
        DELETE FROM import_rows WHERE owner = ?1 AND (import, id) IN (
            SELECT import, id FROM import_rows WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM import_pieces WHERE owner = ?1 AND (import, number) IN (
            SELECT import, number FROM import_pieces WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM imports WHERE owner = ?1 AND id IN (SELECT id FROM imports WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM forms WHERE owner = ?1 AND form IN (SELECT form FROM forms WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM idempotency_keys WHERE owner = ?1 AND key IN (
            SELECT key FROM idempotency_keys WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM categories WHERE owner = ?1 AND id IN (
            SELECT id FROM categories WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM sessions WHERE owner = ?1 AND id IN (SELECT id FROM sessions WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM api_tokens WHERE owner = ?1 AND id IN (SELECT id FROM api_tokens WHERE owner = ?1 LIMIT ?2)
        """,
    ]

    /// Returns false when the user is gone.
    func remove() throws -> Bool {
        let expenses = ExpenseStore(connection: connection)
        if try expenses.discardSome(of: owner, in: 1...Int64.max, limit: LongWriteStore.few) > 0 {
            return true
        }
        for sql in RemovalSteps.leftovers {
            try connection.run(sql, .id(owner), .integer(LongWriteStore.few))
            if connection.changes > 0 { return true }
        }
        // With it, whatever else was on its way for this user.
        try connection.run("DELETE FROM long_writes WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM counters WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM users WHERE id = ?", .id(owner))
        return false
    }
}
