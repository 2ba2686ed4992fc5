import Expenses
import SQL

/// Adds an import's rows to the owner's expenses, or takes them back, a few at a time. Each method returns false when
/// nothing is left to do.
struct ImportSteps {
    let connection: Connection
    let id: UploadedFile.ID
    let owner: User.ID

    func add() throws -> Bool {
        let expenses = ExpenseStore(connection: connection)
        var last: Expense.ID?
        do {
            let statement = try connection.statement(
                """
                SELECT import_rows.id, amount, category, day, description, uploaded_at, deleted_at
                FROM import_rows JOIN imports ON imports.owner = import_rows.owner AND imports.id = import
                WHERE import_rows.owner = ? AND import = ? ORDER BY import_rows.id LIMIT ?
                """, [.id(owner), .id(id), .integer(LongWriteStore.few)])
            while try statement.step() {
                let expense = try statement.expense()
                if statement.isNull(6) {
                    try expenses.insert(expense, owner: owner, at: try statement.integer(5))
                } else {
                    let deletedAt = try statement.integer(6)
                    try expenses.insert(
                        DeletedExpense(expense: expense, deletedAt: deletedAt), owner: owner)
                }
                last = expense.id
            }
        }
        if let last {
            try connection.run(
                "DELETE FROM import_rows WHERE owner = ? AND import = ? AND id <= ?", .id(owner), .id(id),
                .id(last))
            return true
        }
        try connection.run(
            """
            DELETE FROM import_pieces WHERE owner = ?1 AND import = ?2 AND number IN (
                SELECT number FROM import_pieces WHERE owner = ?1 AND import = ?2 LIMIT 1)
            """, .id(owner), .id(id))
        return connection.changes > 0
    }

    func undo() throws -> Bool {
        let range = try ImportStore(connection: connection).range(of: id, owner: owner)
        let expenses = ExpenseStore(connection: connection)
        if try expenses.discardSome(of: owner, in: range, limit: LongWriteStore.few) > 0 { return true }
        try connection.run("DELETE FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return false
    }
}
