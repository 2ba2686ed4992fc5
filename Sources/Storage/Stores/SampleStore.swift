package import Expenses
import SQL

/// Expenses that show a new user what the pages look like. The id of the form that would have added each marks it.
package struct SampleStore {
    let connection: Connection
    let expenses: ExpenseStore

    /// What the ids of their forms begin with; whoever takes ids from a browser has to refuse such.
    package static let form = "sample:"

    /// Never expires.
    private static let never = Int64.max

    /// Whether the user has any.
    private func exist(of owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM forms WHERE owner = ? AND form >= 'sample:' AND form < 'sample;' LIMIT 1",
            .id(owner)) != nil
    }

    /// Adds them, once. Throws `AppError.notFound` where a category is not the owner's.
    package func insert(_ drafts: [ExpenseDraft], owner: User.ID, at now: Int64) throws {
        guard try !exist(of: owner) else { return }
        for (index, draft) in drafts.enumerated() {
            let insertion = try expenses.insert(draft, owner: owner, form: nil, at: now)
            _ = try FormStore(connection: connection).claim(
                SampleStore.form + String(index), nil, for: insertion.id, owner: owner,
                at: SampleStore.never)
        }
    }

    /// Takes all of them away for good, also out of the bin. Returns how many were in the list.
    package func removeAll(of owner: User.ID) throws -> Int {
        let count = try expenses.discard(try samples(of: owner), owner: owner)
        try connection.run(
            "DELETE FROM forms WHERE owner = ? AND form >= 'sample:' AND form < 'sample;'", .id(owner))
        return count
    }

    private func samples(of owner: User.ID) throws -> [Expense.ID] {
        try connection.statement(
            "SELECT expense FROM forms WHERE owner = ? AND form >= 'sample:' AND form < 'sample;'",
            [.id(owner)]
        ).rows { try $0.id(0) }
    }
}
