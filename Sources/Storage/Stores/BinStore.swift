package import Expenses
import SQL

/// Each user's deleted expenses, which can be restored for 30 days: `ExpenseStore` moves them here and back.
package struct BinStore {
    let connection: Connection

    /// An expense in the bin.
    package func find(_ id: Expense.ID, owner: User.ID) throws -> Expense? {
        try connection.statement(
            composed: "SELECT \(ExpenseRow.columns) FROM deleted_expenses WHERE owner = ? AND id = ?",
            [.id(owner), .id(id)]
        ).first { try $0.expense() }
    }

    /// Gives an expense in the bin another description.
    func rename(_ id: Expense.ID, to description: String, owner: User.ID) throws {
        try connection.run(
            "UPDATE deleted_expenses SET description = ? WHERE owner = ? AND id = ?", .text(description),
            .id(owner), .id(id))
    }

    /// Those in the bin with a tag, which is named by its key. Reads the whole bin: not on an event loop.
    package func tagged(_ key: String, owner: User.ID) throws -> [Expense.ID] {
        var (found, last): ([Expense.ID], Int64) = ([], 0)
        while true {
            let statement = try connection.statement(
                "SELECT id, description FROM deleted_expenses WHERE owner = ? AND id > ? ORDER BY id LIMIT ?",
                [.id(owner), .integer(last), .integer(BinStore.piece)])
            var count = 0
            while try statement.step() {
                count += 1
                last = try statement.integer(0)
                if Tag.keys(in: try statement.text(1)).contains(key) { found.append(Expense.ID(last)) }
            }
            guard count == BinStore.piece else { return found }
        }
    }

    /// A server sends all rows of a statement at once.
    private static let piece = 1000

    /// Up to `limit` of what was moved to the bin at `since` or later and comes after the cursor, the newest deletion
    /// first; nil begins with the newest. `next` is where the next page begins, nil on the last one.
    package func page(
        of owner: User.ID, since: Int64, after cursor: DeletedExpense.Cursor? = nil, limit: Int
    ) throws -> (expenses: [DeletedExpense], next: DeletedExpense.Cursor?) {
        let statement = try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns), deleted_at FROM deleted_expenses
                WHERE owner = ? AND deleted_at >= ? AND deleted_at <= ? AND (deleted_at, id) < (?, ?)
                ORDER BY deleted_at DESC, id DESC LIMIT ?
                """,
            [
                .id(owner), .integer(since), .integer(cursor?.deletedAt ?? .max),
                .integer(cursor?.deletedAt ?? .max),
                .integer(cursor?.id.rawValue ?? .max), .integer(limit + 1),
            ])
        var expenses: [DeletedExpense] = []
        while try statement.step() { expenses.append(try statement.deletedExpense()) }
        guard expenses.count > limit else { return (expenses, nil) }
        expenses.removeLast()
        return (
            expenses, expenses.last.map { DeletedExpense.Cursor(deletedAt: $0.deletedAt, id: $0.expense.id) }
        )
    }

    /// Calls `body` with everything in the bin of those days. Reads the whole bin: not on an event loop.
    package func forEach(
        of owner: User.ID, from first: Day, through last: Day, _ body: (Expense) throws -> Void
    ) throws {
        let statement = try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns) FROM deleted_expenses WHERE owner = ? AND day BETWEEN ? AND ?
                """, [.id(owner), .day(first), .day(last)])
        while try statement.step() { try body(try statement.expense()) }
    }

    /// Calls `body` with everything that was moved to the bin at `since` or later, the highest number first.
    package func forEach(of owner: User.ID, since: Int64, _ body: (DeletedExpense) throws -> Void) throws {
        var last = Int64.max
        while true {
            // A server sends all rows at once, which would be in memory together.
            let statement = try connection.statement(
                composed: """
                    SELECT \(ExpenseRow.columns), deleted_at FROM deleted_expenses
                    WHERE owner = ? AND id < ? ORDER BY id DESC LIMIT ?
                    """, [.id(owner), .integer(last), .integer(ListStore.piece)])
            var count = 0
            while try statement.step() {
                let deleted = try statement.deletedExpense()
                (count, last) = (count + 1, deleted.expense.id.rawValue)
                if deleted.deletedAt >= since { try body(deleted) }
            }
            guard count == ListStore.piece else { return }
        }
    }
}
