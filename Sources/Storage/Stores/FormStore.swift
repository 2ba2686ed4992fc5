import Expenses
import SQL

/// One-time ids of forms: a form that is sent twice adds one expense.
package struct FormStore {
    let connection: Connection

    /// How long a form's id is remembered, in seconds: 31 days.
    static let lifetime: Int64 = 31 * 86_400

    /// The most bytes that an id may have.
    package static let longest = 100

    /// What a form has added.
    struct Use {
        let expense: Expense.ID
        /// Of the form's fields; nil where it was given none.
        let fingerprint: [UInt8]?
    }

    /// Remembers that the form adds this expense. Returns what it has added before, and then nothing is changed.
    func claim(
        _ form: String, _ fingerprint: [UInt8]?, for expense: Expense.ID, owner: User.ID, at now: Int64
    ) throws -> Use? {
        try connection.run(
            """
            INSERT INTO forms (owner, form, expense, used_at, fingerprint) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, form) DO NOTHING
            """,
            .id(owner), .text(form), .id(expense), .integer(now), fingerprint.map { .blob($0) } ?? .null)
        if connection.changes == 1 { return nil }
        if let use = try use(of: form, owner: owner, at: now) { return use }
        // One that has had its time, and has not been swept yet.
        try connection.run(
            "UPDATE forms SET expense = ?, used_at = ?, fingerprint = ? WHERE owner = ? AND form = ?",
            .id(expense), .integer(now), fingerprint.map { .blob($0) } ?? .null, .id(owner), .text(form))
        return nil
    }

    private func use(of form: String, owner: User.ID, at now: Int64) throws -> Use? {
        try connection.statement(
            "SELECT expense, fingerprint FROM forms WHERE owner = ? AND form = ? AND used_at >= ?",
            [.id(owner), .text(form), .integer(now - FormStore.lifetime)]
        ).first {
            try Use(
                expense: $0.id(0), fingerprint: $0.isNull(1) ? nil : $0.blob(1))
        }
    }
}
