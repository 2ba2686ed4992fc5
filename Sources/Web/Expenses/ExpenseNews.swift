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

    var urlEncoded: String {
        let news = "\(kind.rawValue)=\(id)"
        return guess.map { "\(news)&as=\($0.rawValue)" } ?? news
    }

    func notice(
        _ expense: Expense, _ categories: [Category], form: String, under query: FilterQuery, wording: Wording
    ) -> Notice {
        let name = wording.expense(expense, categories)
        let aside =
            query.filter(today: wording.today).mayHold(expense) ? "" : " It is not among those shown here."
        switch kind {
        case .saved: return Notice(text: "Saved \(name)\(category(of: expense, categories)).\(aside)")
        case .updated: return Notice(text: "Changed \(name).\(aside)")
        case .restored: return Notice(text: "\(name) is back.\(aside)")
        case .deleted:
            let undo = UndoForm(
                action: "/expenses/\(id)/restore", form: form,
                returnTo: FilterLinks(on: query).address(query.days, after: query.after))
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

extension Filter {
    /// Whether the expense matches, as far as everything but the text decides.
    fileprivate func mayHold(_ expense: Expense) -> Bool {
        from <= expense.day && expense.day <= through
            && (monthOfYear == nil || monthOfYear == expense.day.month)
            && (categories.isEmpty || categories.contains(expense.category))
    }
}
