import Expenses
import SQL

/// One-time ids of forms: a form that is sent twice adds one expense.
struct FormStore {
    let connection: Connection

    /// How long a form's id is remembered, in seconds: 31 days.
    static let lifetime: Int64 = 31 * 86_400

    /// The expense that the form has added, and the fingerprint of what it said; nil where it has added none.
    func use(of form: String, owner: User.ID, at now: Int64) throws -> (
        expense: Expense.ID, fingerprint: [UInt8]?
    )? {
        let statement = try connection.statement(
            "SELECT expense, fingerprint FROM forms WHERE owner = ? AND form = ? AND used_at >= ?",
            [.id(owner), .text(form), .integer(now - FormStore.lifetime)])
        guard try statement.step() else { return nil }
        return (try statement.id(0), statement.isNull(1) ? nil : try statement.blob(1))
    }

    /// Remembers the form, in the place of one that has been forgotten.
    func remember(
        _ form: String, _ fingerprint: [UInt8]?, of expense: Expense.ID, owner: User.ID, at now: Int64
    ) throws {
        try connection.run(
            """
            INSERT INTO forms (owner, form, expense, used_at, fingerprint) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, form) DO UPDATE SET expense = excluded.expense, used_at = excluded.used_at,
                fingerprint = excluded.fingerprint
            """,
            .id(owner),
            .text(form), .id(expense), .integer(now), fingerprint.map { .blob($0) } ?? .null)
    }
}
