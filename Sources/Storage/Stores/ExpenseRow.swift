import Expenses
import SQL

/// An expense as columns: the same in `expenses`, in the bin, and in rows that an import is to add.
enum ExpenseRow {
    /// What a person says of an expense: what `values` gives.
    static let said = Tables.said.map(\.name).list
    /// What `Statement.expense` reads.
    static let columns = "id, " + said
    /// How many those are.
    static let columnCount = Tables.said.count + 1
    static let places = Tables.said.map { _ in "?" }.list
    static let assignments = Tables.said.map { $0.name + " = ?" }.list

    static func values(of expense: Expense) -> [Value] {
        [.day(expense.day), .amount(expense.amount), .id(expense.category), .text(expense.description)]
    }
}

extension Statement {
    /// The columns of `ExpenseRow`, from 0 on.
    func expense() throws -> Expense {
        Expense(
            id: try id(0), amount: try amount(2), category: try id(3), day: try day(1),
            description: try text(4))
    }

    /// The same, and when it was moved to the bin.
    func deletedExpense() throws -> DeletedExpense {
        DeletedExpense(expense: try expense(), deletedAt: try integer(ExpenseRow.columnCount))
    }
}
