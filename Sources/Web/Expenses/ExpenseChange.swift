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
    /// Its amount, where the notice tells how it was read; else nil.
    let told: ToldAmount?

    init(
        _ kind: Kind, _ id: Expense.ID, _ guess: ExpenseForm.Entry.Guess? = nil, told: ToldAmount? = nil
    ) {
        self.kind = kind
        self.id = id
        self.guess = guess
        self.told = told
    }

    /// - Parameter amount: as it was typed, and could be read.
    init(
        _ kind: Kind, _ id: Expense.ID, _ guess: ExpenseForm.Entry.Guess? = nil, amount: String,
        _ preferences: Preferences
    ) {
        self.init(kind, id, guess, told: ToldAmount(amount, preferences))
    }

    /// Nil where the address tells nothing, or nothing that makes sense.
    init?(_ fields: FormData) {
        for kind in Kind.allCases {
            guard let id = fields[kind.rawValue].flatMap({ Expense.ID($0) }) else { continue }
            let guess = fields["as"].flatMap { ExpenseForm.Entry.Guess(rawValue: $0) }
            self.init(kind, id, guess, told: ToldAmount(fields))
            return
        }
        return nil
    }

    var urlEncoded: String {
        var change = "\(kind.rawValue)=\(id)"
        if let guess { change += "&as=\(guess.rawValue)" }
        return change + (told?.urlEncoded ?? "")
    }

    func notice(
        _ expense: Expense, _ categories: [Category], form: String, under query: FilterQuery, wording: Wording
    ) -> Notice {
        let name = wording.expense(expense)
        let change = Link(
            label: Message("Change"), address: ReturnField(to: query).added(to: "/expenses/\(id)/edit"))
        var notice: Notice
        switch kind {
        case .saved:
            notice = Notice(text: saved(expense, categories, wording))
            notice.links = [change]
        case .updated: notice = Notice(text: changed(expense, categories, wording))
        case .restored: notice = Notice(text: Message("Restored {expense}.", ["expense": name]))
        case .deleted:
            let undo = ButtonForm(
                action: "/expenses/\(id)/restore", form: form,
                returnTo: query.returnAddress)
            return Notice(text: Message("Deleted {expense}.", ["expense": name]), undo: undo)
        }
        var more: [Message] = []
        if let reading = told?.reading(of: [expense.amount], wording) {
            more.append(reading)
            notice.links = [change]
        }
        if !query.filter(today: wording.today, months: wording.months).holds(expense) {
            more.append(Message("Your filters hide it."))
            notice.links.append(
                Link(label: Message("Show it"), address: "/expenses?from=\(expense.day)&to=\(expense.day)"))
        }
        notice.more = Message(list: more, separator: Message(verbatim: " "))
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
