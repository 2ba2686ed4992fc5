import Expenses
import HTTP

/// What has just happened to an expense, carried in the address from the answer to a form to the next page.
struct ExpenseNews: Sendable {
    enum Kind: String, CaseIterable {
        case saved, updated, deleted, restored
    }

    let kind: Kind
    let id: Expense.ID
    /// How the category was found, where the form left it open.
    let guess: ExpenseForm.Entry.Guess?

    init(_ kind: Kind, _ id: Expense.ID, _ guess: ExpenseForm.Entry.Guess? = nil) {
        self.kind = kind
        self.id = id
        self.guess = guess
    }

    /// Nil where the address tells nothing, or nothing that makes sense.
    init?(_ fields: FormData) {
        for kind in Kind.allCases {
            guard let id = fields[kind.rawValue].flatMap({ Expense.ID($0) }) else { continue }
            self.init(kind, id, fields["as"].flatMap { ExpenseForm.Entry.Guess(rawValue: $0) })
            return
        }
        return nil
    }

    var fields: [(name: String, value: String)] {
        let fields = [(name: kind.rawValue, value: id.description)]
        guard let guess else { return fields }
        return fields + [(name: "as", value: guess.rawValue)]
    }

    func notice(
        _ expense: Expense, _ categories: [Category], form: String, returnTo: String, wording: Wording
    ) -> Notice {
        let name = wording.expense(expense, categories)
        switch kind {
        case .saved: return Notice(text: "Saved \(name)\(category(of: expense, categories)).")
        case .updated: return Notice(text: "Changed \(name).")
        case .restored: return Notice(text: "\(name) is back.")
        case .deleted:
            let undo = UndoForm(action: "/expenses/\(id)/restore", form: form, returnTo: returnTo)
            return Notice(text: "Deleted \(name).", undo: undo)
        }
    }

    /// Says which category was taken, and why.
    private func category(of expense: Expense, _ categories: [Category]) -> String {
        guard let guess, let category = categories.first(where: { $0.id == expense.category }) else {
            return ""
        }
        switch guess {
        case .description: return " in \(category.name), as the last time with this description"
        case .latest: return " in \(category.name), the category used last"
        }
    }
}
