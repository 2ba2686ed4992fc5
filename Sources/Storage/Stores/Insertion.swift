package import Expenses

/// What came of adding an expense.
package enum Insertion: Hashable, Sendable {
    case inserted(Expense.ID)
    /// The same form has added this expense before, whether or not it is still there.
    case repeated(Expense.ID)
    /// This form id was used with different fields; nothing was added.
    case formUsed(by: Expense.ID)

    package var id: Expense.ID {
        switch self {
        case .inserted(let id), .repeated(let id), .formUsed(let id): id
        }
    }
}
