import Expenses
import Storage

/// What somebody has asked for and has not been told the end of.
final class Request: @unchecked Sendable {
    // `@unchecked Sendable` is true because the simulation has one thread.

    enum Kind {
        case insert(ExpenseDraft, form: String)
        /// These have the numbers of their operations.
        case delete(Expense.ID, Int)
        case restore(Expense.ID, Int)
        case edit(Expense.ID, Int)
        case bulk(BulkChange.ID, Int)
        case undoBulk(BulkChange.ID, Int)
        case repeating(RepeatingExpense)
        /// With the rules that are known before.
        case record(through: Day, [Int64])
        case add(UploadedFile.ID, first: Int64, rows: [Row])
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

    /// What goes on in steps.
    func isLongWrite(_ write: LongWrite) -> Bool {
        switch kind {
        case .add(let id, _, _): write == .addImport(id)
        case .undo(let id): write == .undoImport(id)
        case .bulk(let id, _): write == .bulkChange(id)
        case .undoBulk(let id, _): write == .undoBulkChange(id)
        case .merge(let from, let into): write == .mergeCategory(from, into: into)
        case .record: if case .recordRepeating = write { true } else { false }
        case .changeMonths(let months): write == .countMonths(months)
        case .removeUser: write == .removeUser
        case .insert, .delete, .restore, .edit, .repeating: false
        }
    }

    var isLong: Bool {
        switch kind {
        case .insert, .delete, .restore, .edit, .repeating: false
        case .bulk, .undoBulk, .record, .add, .undo, .merge, .changeMonths, .removeUser: true
        }
    }

    /// Whether it has a form's id, with which it is done once.
    var isSentAgain: Bool {
        switch kind {
        case .insert, .repeating: true
        case .delete, .restore, .edit, .bulk, .undoBulk, .record, .add, .undo, .merge, .changeMonths,
            .removeUser:
            false
        }
    }

    func undoes(_ change: BulkChange.ID, of account: Int) -> Bool {
        if case .undoBulk(change, _) = kind { account == self.account } else { false }
    }

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
