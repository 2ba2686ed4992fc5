import Expenses
import HTTP

/// What has just happened to an expense, carried in the address from the answer to a form to the next page.
struct ExpenseChange: Sendable {
    enum Kind: String, CaseIterable {
        case saved, updated, deleted, restored
    }

    let kind: Kind
    let id: Expense.ID
    /// How the category was found, where the form left it open.
    let guess: ExpenseForm.Entry.Guess?
    /// What was typed as its amount, where the notice tells how it was read; else nil.
    let typed: String?

    init(
        _ kind: Kind, _ id: Expense.ID, _ guess: ExpenseForm.Entry.Guess? = nil, typed: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.guess = guess
        self.typed = typed
    }

    /// - Parameter amount: as it was typed, and could be read.
    init(
        _ kind: Kind, _ id: Expense.ID, _ guess: ExpenseForm.Entry.Guess? = nil, amount: String,
        _ preferences: Preferences
    ) {
        let isTold = (try? EnteredAmount(amount, preferences))?.reading != nil
        self.init(kind, id, guess, typed: isTold ? amount : nil)
    }

    /// Nil where the address tells nothing, or nothing that makes sense.
    init?(_ fields: FormData) {
        for kind in Kind.allCases {
            guard let id = fields[kind.rawValue].flatMap({ Expense.ID($0) }) else { continue }
            let guess = fields["as"].flatMap { ExpenseForm.Entry.Guess(rawValue: $0) }
            self.init(kind, id, guess, typed: fields["typed"])
            return
        }
        return nil
    }

    var urlEncoded: String {
        var change = "\(kind.rawValue)=\(id)"
        if let guess { change += "&as=\(guess.rawValue)" }
        if let typed { change += "&typed=\(PercentEncoding.encodeQueryComponent(typed))" }
        return change
    }

    func notice(
        _ expense: Expense, _ categories: [Category], form: String, under query: FilterQuery, wording: Wording
    ) -> Notice {
        let name = wording.expense(expense)
        let change = Link(label: "Change", address: "/expenses/\(id)/edit")
        var notice: Notice
        switch kind {
        case .saved:
            notice = Notice(text: "Saved \(name)\(category(of: expense, categories)).")
            notice.links = [change]
        case .updated: notice = Notice(text: "Changed \(name)\(category(of: expense, categories)).")
        case .restored: notice = Notice(text: "Restored \(name).")
        case .deleted:
            let undo = ButtonForm(
                action: "/expenses/\(id)/restore", form: form,
                returnTo: FilterLinks(on: query).address(query.days, after: query.after))
            return Notice(text: "Deleted \(name).", undo: undo)
        }
        if let reading = reading(of: expense, wording) {
            notice.text += " " + reading
            notice.links = [change]
        }
        if !query.filter(today: wording.today).holds(expense) {
            notice.text += " Your filters hide it."
            notice.links.append(
                Link(label: "Show it", address: "/expenses?from=\(expense.day)&to=\(expense.day)"))
        }
        return notice
    }

    /// How the amount was read. The address may say anything: only what gives this very amount is told.
    private func reading(of expense: Expense, _ wording: Wording) -> String? {
        guard let typed, let entered = try? EnteredAmount(typed, wording.preferences),
            entered.amount == expense.amount
        else { return nil }
        let amount = wording.money(expense.amount)
        switch entered.reading {
        case .calculated(let text): return "\(text) = \(amount)."
        case .grouped: return "“\(AccountRules.trimmed(typed))” was read as \(amount)."
        case nil: return nil
        }
    }

    /// Which category it is in, and why where the form has left it open.
    private func category(of expense: Expense, _ categories: [Category]) -> String {
        guard let category = categories.first(where: { $0.id == expense.category }) else { return "" }
        // With a description there is a comma before it already.
        let comma = expense.description.isEmpty ? "" : ","
        let reason =
            switch guess {
            case .rule: ", by a rule"
            case .description: ", like last time"
            case .latest, nil: ""
            }
        return "\(comma) in \(category.name)\(reason)"
    }
}

extension Filter {
    fileprivate func holds(_ expense: Expense) -> Bool {
        let key = searchKey(expense.description)
        return from <= expense.day && expense.day <= through
            && (monthOfYear == nil || monthOfYear == expense.day.month)
            && (categories.isEmpty || categories.contains(expense.category))
            && SearchTerms(text).keys.allSatisfy { key.utf8.contains($0.utf8) }
    }
}
