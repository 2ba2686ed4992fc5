import Expenses
import SQL

/// Makes a bulk change, or takes it back, a few expenses at a time. The place's `first` is the number of the last one.
struct BulkSteps {
    let connection: Connection
    let id: BulkChange.ID
    let owner: User.ID

    private var bulk: BulkStore { BulkStore(connection: connection) }
    private var bin: BinStore { BinStore(connection: connection) }
    private var categories: CategoryStore { CategoryStore(connection: connection) }
    private var expenses: ExpenseStore { ExpenseStore(connection: connection) }
    private var longWrites: LongWriteStore { LongWriteStore(connection: connection) }

    /// An expense that has gone meanwhile, or needs no change, is not kept. A category that has gone ends the change.
    func make(_ most: Int) throws -> LongWriteStore.Progress {
        guard let change = try bulk.find(id, owner: owner) else { return .end }
        if case .move(to: let category) = change.action, try !exists(category) { return .end }
        var place = try longWrites.place(of: .bulkChange(id), owner: owner)
        let numbers = try bulk.expenses(of: id, after: place.first, limit: most, owner: owner)
        guard let last = numbers.last else { return .end }
        var (changed, leftOut) = (0, 0)
        for number in numbers {
            guard let expense = try expenses.find(number, owner: owner) else {
                if try !changeInBin(number, change.action) { try drop(number) }
                continue
            }
            switch change.action.outcome(for: expense) {
            case .changed(let new):
                try expenses.update(new, owner: owner, at: change.madeAt)
                try keep(expense, isRenamed: new.description != expense.description)
                changed += 1
            case .deleted:
                _ = try expenses.remove(number, owner: owner, at: change.madeAt)
                try keep(expense, isRenamed: false)
                changed += 1
            case .unchanged: try drop(number)
            case .leftOut:
                try drop(number)
                leftOut += 1
            }
        }
        try connection.run(
            """
            UPDATE bulk_changes SET changed = changed + ?, left_out = left_out + ? WHERE owner = ? AND number = ?
            """, .integer(changed), .integer(leftOut), .id(owner), .id(id))
        place.first = last.rawValue
        try longWrites.set(place, of: .bulkChange(id), owner: owner)
        return .rows(numbers.count)
    }

    /// What can be restored follows a tag that is renamed or taken off. Returns false where nothing is changed.
    private func changeInBin(_ number: Expense.ID, _ action: BulkChange.Action) throws -> Bool {
        switch action {
        case .move, .tag, .delete: return false
        case .untag, .rename: break
        }
        guard let expense = try bin.find(number, owner: owner),
            case .changed(let new) = action.outcome(for: expense)
        else { return false }
        try bin.rename(number, to: new.description, owner: owner)
        try keep(expense, isRenamed: true)
        return true
    }

    /// What was changed since by somebody else stays as that is.
    func undo(_ most: Int) throws -> LongWriteStore.Progress {
        guard let change = try bulk.find(id, owner: owner) else { return .end }
        let before = try bulk.former(of: id, limit: most, owner: owner)
        guard let last = before.last else {
            try connection.run(
                "DELETE FROM bulk_changes WHERE owner = ? AND number = ?", .id(owner), .id(id))
            return .end
        }
        for former in before {
            guard let category = former.category else { continue }
            try undo(change.action, former.id, category, former.description, at: change.madeAt)
        }
        try connection.run(
            "DELETE FROM bulk_expenses WHERE owner = ? AND change = ? AND id <= ?", .id(owner), .id(id),
            .id(last.id))
        return .rows(before.count)
    }

    private func undo(
        _ action: BulkChange.Action, _ number: Expense.ID, _ category: Category.ID, _ description: String?,
        at time: Int64
    ) throws {
        if action == .delete {
            if try bin.find(number, owner: owner) != nil { _ = try expenses.restore(number, owner: owner) }
            return
        }
        let live = try expenses.find(number, owner: owner)
        // What was renamed has its former description also when it is restored.
        let inBin = description == nil || live != nil ? nil : try bin.find(number, owner: owner)
        guard let expense = live ?? inBin else { return }
        var former = expense
        if let description {
            former.description = description
        } else {
            guard try exists(category) else { return }
            former.category = category
        }
        guard case .changed(let made) = action.outcome(for: former) else { return }
        let isAsMade =
            description == nil
            ? try categories.open(made.category, owner: owner) == expense.category
            : made.description == expense.description
        guard isAsMade else { return }
        if live != nil {
            try expenses.update(former, owner: owner, at: time)
        } else {
            try bin.rename(number, to: former.description, owner: owner)
        }
    }

    private func exists(_ category: Category.ID) throws -> Bool {
        try categories.find(categories.open(category, owner: owner), owner: owner) != nil
    }

    private func keep(_ expense: Expense, isRenamed: Bool) throws {
        try connection.run(
            "UPDATE bulk_expenses SET category = ?, description = ? WHERE owner = ? AND change = ? AND id = ?",
            .id(expense.category), isRenamed ? .text(expense.description) : .null, .id(owner), .id(id),
            .id(expense.id))
    }

    private func drop(_ number: Expense.ID) throws {
        try connection.run(
            "DELETE FROM bulk_expenses WHERE owner = ? AND change = ? AND id = ?", .id(owner), .id(id),
            .id(number))
    }
}
