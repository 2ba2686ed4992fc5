import Expenses
import Storage

/// What somebody has asked for and has not been told the end of.
final class Request: @unchecked Sendable {
    // `@unchecked Sendable` is true because the simulation has one thread.

    enum Kind {
        case insert(ExpenseDraft, form: String)
        case delete(Expense.ID)
        case restore(Expense.ID)
        case add(UploadedFile.ID, first: Int64, rows: [Account.Row])
        case undo(UploadedFile.ID)
        case merge(Expenses.Category.ID, into: Expenses.Category.ID)
        case changeMonths(MonthCalendar)
        case removeUser
    }

    let kind: Kind
    let account: Int
    let copy: Int
    /// What is to be done in one write.
    let body: @Sendable (Stores) throws -> Int64
    /// Whether what was asked for is on the disk, though its end is not told yet.
    var isCommitted = false
    /// Writes that the copy has made since the change was done, and since it was begun.
    var writesSinceEnd = 0
    var isAnswered = false

    func merges(_ category: Expenses.Category.ID, of account: Int) -> Bool {
        if case .merge(category, into: _) = kind { account == self.account } else { false }
    }

    init(_ kind: Kind, account: Int, copy: Int, _ body: @escaping @Sendable (Stores) throws -> Int64) {
        self.kind = kind
        self.account = account
        self.copy = copy
        self.body = body
    }
}
