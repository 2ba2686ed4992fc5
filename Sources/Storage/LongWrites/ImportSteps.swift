import Expenses
import SQL

/// Adds an import's rows to the owner's expenses, or takes them back, a few at a time. Each method returns false when
/// nothing is left to do.
struct ImportSteps {
    let connection: Connection
    let id: UploadedFile.ID
    let owner: User.ID

    func add() throws -> Bool {
        #if PostgreSQL
            if connection.dialect == .postgreSQL,
                try ServerImport(connection: connection, id: id, owner: owner).addRows()
            {
                return true
            }
        #endif
        let rows = try nextRows()
        if let last = rows.last?.expense.id {
            let uploadedAt = try connection.integer(
                "SELECT uploaded_at FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
            try ExpenseStore(connection: connection).insertCounted(rows, owner: owner, at: uploadedAt ?? 0)
            try connection.run(
                """
                INSERT INTO import_originals (owner, id, day, amount, text)
                SELECT owner, id, day, amount, original FROM import_rows
                WHERE owner = ? AND import = ? AND id <= ? AND original IS NOT NULL
                """, .id(owner), .id(id), .id(last))
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

    private func nextRows() throws -> [(expense: Expense, deletedAt: Int64?)] {
        let statement = try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns), deleted_at FROM import_rows
                WHERE owner = ? AND import = ? ORDER BY id LIMIT ?
                """, [.id(owner), .id(id), .integer(LongWriteStore.rowsPerClockCheck)])
        var rows: [(expense: Expense, deletedAt: Int64?)] = []
        while try statement.step() {
            let deletedAt: Int64? =
                statement.isNull(ExpenseRow.columnCount)
                ? nil : try statement.integer(ExpenseRow.columnCount)
            rows.append((try statement.expense(), deletedAt))
        }
        return rows
    }

    func undo() throws -> Bool {
        let range = try ImportStore(connection: connection).range(of: id, owner: owner)
        let expenses = ExpenseStore(connection: connection)
        if try expenses.discardSome(of: owner, in: range, limit: LongWriteStore.rowsPerClockCheck) > 0 {
            return true
        }
        try connection.run("DELETE FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return false
    }
}
