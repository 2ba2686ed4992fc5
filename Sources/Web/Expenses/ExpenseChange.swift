import Expenses
import HTTP
import Templating

/// What has just happened to an expense, carried in the address from the answer to a form to the next page.
struct ExpenseChange: Sendable {
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
        let change = "\(kind.rawValue)=\(id)"
        return guess.map { "\(change)&as=\($0.rawValue)" } ?? change
    }

    func notice(
        _ expense: Expense, _ categories: [Category], form: String, under query: FilterQuery, wording: Wording
    ) -> Notice {
        let name = wording.expense(expense)
        var notice: Notice
        switch kind {
        case .saved:
            notice = Notice(text: saved(expense, categories, wording))
            notice.links = [Link(label: Message("Change"), address: "/expenses/\(id)/edit")]
        case .updated: notice = Notice(text: changed(expense, categories, wording))
        case .restored: notice = Notice(text: Message("Restored {expense}.", ["expense": name]))
        case .deleted:
            let undo = ButtonForm(
                action: "/expenses/\(id)/restore", form: form,
                returnTo: FilterLinks(on: query).address(query.days, after: query.after))
            return Notice(text: Message("Deleted {expense}.", ["expense": name]), undo: undo)
        }
        if !query.filter(today: wording.today).mayHold(expense) {
            notice.more = Message("Your filters hide it.")
            notice.links.append(
                Link(label: Message("Show it"), address: "/expenses?from=\(expense.day)&to=\(expense.day)"))
        }
        return notice
    }

    /// With its category, and why it is that one where the form has left it open.
    private func saved(_ expense: Expense, _ categories: [Category], _ wording: Wording) -> Message {
        let name = wording.expense(expense)
        guard let category = categories.first(where: { $0.id == expense.category })?.name else {
            return Message("Saved {expense}.", ["expense": name])
        }
        switch guess {
        case .rule:
            return Message(
                "Saved {expense}, in {category}, by a rule.", ["expense": name, "category": category])
        case .description:
            return Message(
                "Saved {expense}, in {category}, like last time.", ["expense": name, "category": category])
        case .latest, nil:
            return expense.description.isEmpty
                ? Message("Saved {amount} in {category}.", ["amount": name, "category": category])
                : Message("Saved {expense}, in {category}.", ["expense": name, "category": category])
        }
    }

    private func changed(_ expense: Expense, _ categories: [Category], _ wording: Wording) -> Message {
        let name = wording.expense(expense)
        guard let category = categories.first(where: { $0.id == expense.category })?.name else {
            return Message("Changed {expense}.", ["expense": name])
        }
        return expense.description.isEmpty
            ? Message("Changed {amount} in {category}.", ["amount": name, "category": category])
            : Message("Changed {expense}, in {category}.", ["expense": name, "category": category])
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
