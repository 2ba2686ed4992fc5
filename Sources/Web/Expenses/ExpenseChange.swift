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
        let change = Link(label: Message("Change"), address: "/expenses/\(id)/edit")
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
                returnTo: FilterLinks(on: query).address(query.days, after: query.after))
            return Notice(text: Message("Deleted {expense}.", ["expense": name]), undo: undo)
        }
        var more: [Message] = []
        if let reading = reading(of: expense, wording) {
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

    /// How the amount was read. The address may say anything: only what gives this very amount is told.
    private func reading(of expense: Expense, _ wording: Wording) -> Message? {
        guard let typed, let entered = try? EnteredAmount(typed, wording.preferences),
            entered.amount.magnitude == expense.amount.magnitude
        else { return nil }
        let amount = wording.money(expense.amount)
        switch entered.reading {
        case .calculated(let text): return Message(verbatim: "\(text) = \(amount).")
        case .grouped:
            return Message(
                "“{typed}” was read as {amount}.", ["typed": AccountRules.trimmed(typed), "amount": amount])
        case nil: return nil
        }
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
    fileprivate func holds(_ expense: Expense) -> Bool {
        let key = searchKey(expense.description)
        return from <= expense.day && expense.day <= through
            && (monthOfYear == nil || monthOfYear == months.month(of: expense.day).month)
            && (categories.isEmpty || categories.contains(expense.category))
            && SearchTerms(text).keys.allSatisfy { key.utf8.contains($0.utf8) }
            && Set(tags).isSubset(of: Tag.keys(in: key))
    }
}
