import Expenses

/// What is being done with expenses, and has not been seen to end.
struct Operation {
    enum Kind {
        case delete
        case restore
        case edit(Expenses.Category.ID, String)
        case bulk(BulkChange.ID, BulkChange.Action)
        case undoBulk(BulkChange.ID, BulkChange.Action)
    }

    let kind: Kind
    /// Those that it may change.
    let rows: [Int64]
    /// Whether it is on the disk, and goes on in steps.
    var isBegun = false
    /// The number of the one that takes it back.
    var undo: Int?

    /// How an expense may be afterwards; empty where this cannot be done with it. Of categories that are or may have been
    /// `merged` nobody knows whether they are there at that moment.
    func results(
        of state: Row.State, amount: Int64, merged: Set<Expenses.Category.ID>
    ) -> [Row.State] {
        var changed = state
        switch kind {
        case .delete, .restore:
            // The same once more changes nothing.
            if case .delete = kind { changed.isDeleted = true } else { changed.isDeleted = false }
            return [changed]
        case .edit(let category, let description):
            guard !state.isDeleted else { return [] }
            (changed.category, changed.description) = (category, description)
            return [changed]
        case .bulk(let id, let action):
            guard !state.isDeleted else { return [state] }
            switch action.outcome(for: state.expense(amount: amount)) {
            case .unchanged, .leftOut: return [state]
            case .deleted:
                changed.isDeleted = true
                changed.kept = Row.Kept(change: id, category: state.category, description: nil)
            case .changed(let expense):
                (changed.category, changed.description) = (expense.category, expense.description)
                changed.kept = Row.Kept(
                    change: id, category: state.category,
                    description: expense.description == state.description ? nil : state.description)
            }
            if case .move(to: let category) = action, merged.contains(category) { return [state, changed] }
            return [changed]
        case .undoBulk(let id, let action):
            guard let kept = state.kept, kept.change == id else { return [state] }
            changed.kept = nil
            let unchanged = changed
            if action == .delete {
                changed.isDeleted = false
                return [changed]
            }
            guard !state.isDeleted else { return [unchanged] }
            if let description = kept.description {
                changed.description = description
            } else {
                changed.category = kept.category
            }
            // What somebody else has changed since stays.
            guard case .changed(let made) = action.outcome(for: changed.expense(amount: amount)),
                made.description == state.description, made.category == state.category
            else { return [unchanged] }
            let isSure = merged.isDisjoint(with: [kept.category, state.category])
            return kept.description != nil || isSure ? [changed] : [unchanged, changed]
        }
    }
}

extension Row.State {
    fileprivate func expense(amount: Int64) -> Expense {
        Expense(
            id: Expense.ID(0), amount: Money(minorUnits: amount), category: category, day: .first,
            description: description)
    }
}
