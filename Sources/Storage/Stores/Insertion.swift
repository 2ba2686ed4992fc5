package import Expenses

/// What came of adding an expense, or one that repeats.
package enum Insertion<Subject>: Hashable, Sendable {
    case inserted(Identifier<Subject>)
    /// The same form has added this one before, whether or not it is still there.
    case repeated(Identifier<Subject>)
    /// This form id was used with different fields; nothing was added.
    case formUsed(by: Identifier<Subject>)

    package var id: Identifier<Subject> {
        switch self {
        case .inserted(let id), .repeated(let id), .formUsed(let id): id
        }
    }
}
