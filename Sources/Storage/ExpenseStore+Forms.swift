import Expenses
import SQLite

/// One-time ids of forms: a form that is sent twice adds one expense.
extension ExpenseStore {
    /// How long a form's id is remembered, in seconds: 31 days.
    private static let formLifetime: Int64 = 31 * 86_400

    /// The expense that the form has added, and the fingerprint of what it said; nil where it has added none.
    func use(of form: String, owner: User.ID) throws -> (expense: Expense.ID, fingerprint: [UInt8]?)? {
        let statement = try connection.statement(
            "SELECT expense, fingerprint FROM forms WHERE owner = ? AND form = ?", [.id(owner), .text(form)])
        guard try statement.step() else { return nil }
        return (try statement.id(0), statement.isNull(1) ? nil : try statement.blob(1))
    }

    /// Remembers the form, and now and then forgets some old ones, so that the table keeps its size.
    func remember(
        _ form: String, _ fingerprint: [UInt8]?, of expense: Expense.ID, owner: User.ID, at now: Int64
    ) throws {
        try connection.run(
            "INSERT INTO forms (owner, form, expense, used_at, fingerprint) VALUES (?, ?, ?, ?, ?)",
            .id(owner),
            .text(form), .id(expense), .integer(now), fingerprint.map { .blob($0) } ?? .null)
        guard expense.rawValue % 16 == 0 else { return }
        try connection.run(
            """
            DELETE FROM forms WHERE (owner, form) IN (
                SELECT owner, form FROM forms WHERE used_at < ? ORDER BY used_at LIMIT 64)
            """, .integer(now - ExpenseStore.formLifetime))
    }
}
