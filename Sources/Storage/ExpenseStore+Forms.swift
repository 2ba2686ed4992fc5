import Expenses
import SQLite

/// One-time ids of forms: a form that is sent twice adds one expense.
extension ExpenseStore {
    /// How long a form's id is remembered, in seconds: 31 days.
    private static let formLifetime: Int64 = 31 * 86_400

    func expense(addedBy form: String, owner: User.ID) throws -> Expense.ID? {
        try connection.integer(
            "SELECT expense FROM forms WHERE owner = ? AND form = ?", .id(owner), .text(form)
        ).map { Expense.ID($0) }
    }

    /// Remembers the form, and forgets a few old ones, so that the table keeps its size.
    func remember(_ form: String, of expense: Expense.ID, owner: User.ID, at now: Int64) throws {
        try connection.run(
            "INSERT INTO forms (owner, form, expense, used_at) VALUES (?, ?, ?, ?)", .id(owner), .text(form),
            .id(expense), .integer(now))
        try connection.run(
            """
            DELETE FROM forms WHERE (owner, form) IN (
                SELECT owner, form FROM forms WHERE used_at < ? ORDER BY used_at LIMIT 4)
            """, .integer(now - ExpenseStore.formLifetime))
    }
}
