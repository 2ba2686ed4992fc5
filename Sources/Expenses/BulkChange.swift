/// Something that was done with many expenses at once, and can be taken back at once.
package struct BulkChange: Hashable, Sendable {
    package typealias ID = Identifier<BulkChange>

    package let id: ID
    package let action: Action
    /// Unix seconds.
    package let madeAt: Int64
    /// Expenses that were chosen.
    package let count: Int
    /// How many of them have been changed so far.
    package let changed: Int
    /// How many were left as they are, because their descriptions would have been too long.
    package let leftOut: Int

    package init(id: ID, action: Action, madeAt: Int64, count: Int, changed: Int, leftOut: Int) {
        self.id = id
        self.action = action
        self.madeAt = madeAt
        self.count = count
        self.changed = changed
        self.leftOut = leftOut
    }

    /// How long it can be taken back, in seconds: as long as what it deletes can be restored.
    package static let restorable = DeletedExpense.restorable

    /// Tags are named without their `#`, as they were typed.
    package enum Action: Hashable, Sendable {
        case move(to: Category.ID)
        case tag(String)
        case untag(String)
        /// Of two tags that become one, an expense that has both keeps one.
        case rename(String, to: String)
        case delete
    }

    /// What becomes of an expense.
    package enum Outcome: Hashable, Sendable {
        case changed(Expense)
        case deleted
        case unchanged
        /// It stays as it is: its description would have been too long.
        case leftOut
    }
}

extension BulkChange.Action {
    package func outcome(for expense: Expense) -> BulkChange.Outcome {
        var changed = expense
        switch self {
        case .delete: return .deleted
        case .move(to: let category): changed.category = category
        case .tag(let name):
            guard let description = Tag.adding(name, to: expense.description) else { return .leftOut }
            changed.description = description
        case .untag(let name):
            guard let description = Tag.replacing(searchKey(name), with: nil, in: expense.description)
            else { return .leftOut }
            changed.description = description
        case .rename(let old, to: let new):
            guard let description = Tag.replacing(searchKey(old), with: new, in: expense.description)
            else { return .leftOut }
            changed.description = description
        }
        return changed == expense ? .unchanged : .changed(changed)
    }
}
