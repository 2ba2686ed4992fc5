import Expenses
import Storage

/// Someone who adds, changes, deletes and restores expenses, several at a time, and keeps books about it.
struct Writing {
    let owner: User.ID
    let category: Expenses.Category.ID
    var books = Books()
    /// The ids of the expenses that were added, by their descriptions.
    private var ids: [String: Expense.ID] = [:]
    private var newest = 0

    init(owner: User.ID, category: Expenses.Category.ID) {
        self.owner = owner
        self.category = category
    }

    private struct Change {
        let name: String
        let from: Books.State
        let to: Books.State
        let id: Expense.ID?

        func perform(
            in expenses: ExpenseStore, owner: User.ID, category: Expenses.Category.ID
        ) throws -> Expense.ID {
            switch (id, from, to) {
            case (let id?, .inBin, _): return try expenses.restore(id, owner: owner).id
            case (let id?, _, .inBin): return try expenses.remove(id, owner: owner, at: noon).id
            case (let id?, _, .live(let amount)):
                let expense = Expense(
                    id: id, amount: Money(minorUnits: amount), category: category,
                    day: Fixture.day("2026-11-22"), description: name)
                try expenses.update(expense, owner: owner, at: noon)
                return id
            case (nil, _, .live(let amount)):
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: amount), category: category, day: Fixture.day("2026-10-21"),
                    description: name)
                return try expenses.insert(draft, owner: owner, form: "form of \(name)", at: noon).id
            default: throw AppError.notFound
            }
        }
    }

    private struct Outcome {
        let change: Change
        /// Nil where the write was refused.
        let id: Expense.ID?
    }

    /// Sends one to five writes at once to expenses whose state is known, and notes what was answered.
    /// `forgets`: whether a write that was refused is known to have left nothing behind.
    mutating func write(
        to storage: Storage, choosing random: inout RandomSource, forgets: Bool
    ) async {
        let changes = changes(choosing: &random)
        for change in changes { books.send(change.name, to: change.to) }
        let (owner, category) = (owner, category)
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for change in changes {
                group.addTask {
                    let id = try? await storage.write(of: owner) {
                        try change.perform(in: $0.expenses, owner: owner, category: category)
                    }
                    return Outcome(change: change, id: id)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for outcome in outcomes {
            if let id = outcome.id {
                ids[outcome.change.name] = id
                books.answer(outcome.change.name, with: outcome.change.to)
            } else if forgets {
                books.refuse(outcome.change.name, from: outcome.change.from)
            }
        }
    }

    private mutating func changes(choosing random: inout RandomSource) -> [Change] {
        var changes: [Change] = []
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let amount = Int64.random(in: 1...99_999, using: &random)
            let known = books.known.filter { name in
                ids[name] != nil && !changes.contains { $0.name == name }
            }
            if known.isEmpty || Bool.random(using: &random) {
                newest += 1
                changes.append(Change(name: "Tea \(newest)", from: .missing, to: .live(amount), id: nil))
                continue
            }
            let name = known.random(using: &random)
            switch books.state(of: name) {
            case .live(let former):
                let to: Books.State = Bool.random(using: &random) ? .live(amount) : .inBin(former)
                changes.append(Change(name: name, from: .live(former), to: to, id: ids[name]))
            case .inBin(let former):
                changes.append(Change(name: name, from: .inBin(former), to: .live(former), id: ids[name]))
            case .missing, nil: continue
            }
        }
        return changes
    }
}
