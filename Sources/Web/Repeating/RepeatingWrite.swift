import Expenses
import Storage

/// Saves an expense that repeats, new or changed, and records at once what is due by it: for pages and the API alike.
struct RepeatingWrite: Sendable {
    let entry: RepeatingForm.Entry
    let owner: User.ID
    /// The calendar day where the user is.
    let today: Day
    /// Unix seconds.
    let now: Int64

    /// Somebody has to say what becomes of the days that have passed; nothing was saved.
    struct Question: Error {
        let days: RepeatingExpense.PastDays
    }

    /// `from`: an expense of the owner's that is the first one, where it lies on the first day. `form`: see
    /// `RepeatingStore.insert`. Throws a `Question`.
    func insert(
        from: Expense.ID? = nil, form: String? = nil, fingerprint: [UInt8]? = nil, in stores: Stores
    ) throws -> Insertion<RepeatingExpense> {
        let (draft, _) = try entry.expense.draft(owner: owner, in: stores)
        var rule = RepeatingExpense(draft, entry.repetition)
        let first = try from.flatMap { try stores.expenses.find($0, owner: owner) }
        let isFirstRecorded =
            try first.map { first in
                try first.day == draft.day && stores.repeating.rule(of: first.id, owner: owner) == nil
            } ?? false
        if let days = rule.begin(entry.past, today: today, isFirstRecorded: isFirstRecorded) {
            throw Question(days: days)
        }
        if isFirstRecorded { (rule.recorded, rule.recordedThrough) = (1, draft.day) }
        let insertion = try stores.repeating.insert(
            rule, for: isFirstRecorded ? first?.id : nil, form: form, fingerprint: fingerprint, owner: owner,
            at: now)
        if case .inserted = insertion { try record(in: stores) }
        return insertion
    }

    /// Throws a `Question`, and `AppError.notFound`.
    func update(_ id: RepeatingExpense.ID, in stores: Stores) throws {
        guard var rule = try stores.repeating.find(id, owner: owner) else { throw AppError.notFound }
        rule.become(entry.expense.draft(in: entry.expense.category ?? rule.category))
        if let days = rule.follow(entry.repetition, entry.past, today: today) { throw Question(days: days) }
        try stores.repeating.update(rule, owner: owner, at: now)
        try record(in: stores)
    }

    private func record(in stores: Stores) throws {
        _ = try stores.repeating.recordDue(through: today, of: owner, at: now)
    }
}
