package import Expenses

/// What came of adding an expense that repeats.
package enum RepeatingInsertion: Hashable, Sendable {
    case inserted(RepeatingExpense.ID)
    /// The same form has added this one before, whether or not it is still there.
    case repeated(RepeatingExpense.ID)
    /// This form id was used with different fields; nothing was added.
    case formUsed(by: RepeatingExpense.ID)

    package var id: RepeatingExpense.ID {
        switch self {
        case .inserted(let id), .repeated(let id), .formUsed(let id): id
        }
    }
}
