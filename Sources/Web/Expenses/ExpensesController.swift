import Expenses
import HTTP
import Storage
import Templating

/// The dashboard, and what can be done with one expense.
struct ExpensesController: Sendable {
    let services: Services

    /// GET /expenses
    func index(_ visit: UserVisit) throws -> Response {
        let fields = visit.request.query
        var ignored: [Message] = []
        var query = FilterQuery(fields, ignored: &ignored)
        // What is left has an address of its own, to be kept as a bookmark.
        if query.remove(fields["less"]) { return .seeOther(query.address.description) }
        return try dashboard(
            visit, query, ignored: ignored,
            selection: fields["select"] == "1" ? (SelectionForm(), [:]) : nil)
    }

    /// The dashboard under a filter. `selection`: with a box for each expense, and the form as it was sent.
    func dashboard(
        _ visit: UserVisit, _ query: FilterQuery, ignored: [Message] = [],
        selection: (form: SelectionForm, problems: FormProblems)?, status: Status = .ok
    ) throws -> Response {
        let fields = visit.request.query
        let change = ExpenseChange(fields)
        let contents = try visit.read { stores in
            try DashboardContents(
                of: visit.user, query, change: change, today: visit.today, from: stores)
        }
        let wording = visit.wording
        let form = services.stamp(visit)
        var notices: [Notice] = []
        var title = ExpensesController.title(query)
        if let change, let expense = contents.changedExpense {
            var notice = change.notice(
                expense, contents.categories, form: form, under: query, wording: wording)
            notice.id = "done"
            title = Message(list: [notice.text, title], separator: Message(verbatim: " – "))
            contents.offer?.add(to: &notice)
            notices.append(notice)
        }
        notices += try WrongCodesNotice.all(visit, form: form)
        let zoneOffer = fields.fields.isEmpty ? ZoneOffer(visit) : nil
        if let zoneOffer { notices.append(zoneOffer.notice(form: form)) }
        notices += try BulkNotice.all(
            fields, isReminding: selection != nil, form: form, returnTo: query.returnAddress, visit)
        if contents.hasSamples { notices.append(SampleExpenses.notice(form: form)) }
        if !ignored.isEmpty {
            notices.append(Notice(text: FilterQuery.notice(ignored), kind: .info))
        }
        let isSaved = change?.kind == .saved
        var page = DashboardPage(
            contents, query, isSelecting: selection != nil,
            frame: visit.frame(title, section: .expenses, notices: notices),
            form: form, entryDay: isSaved ? contents.changedExpense?.day ?? visit.today : visit.today,
            isFocused: selection == nil && (isSaved || fields.fields.isEmpty), wording: wording)
        if isSaved { page.entry.describedBy = notices.first?.id ?? "" }
        if let selection { page.select(selection.form, selection.problems, contents, query, wording) }
        var response = services.pages.response(status, services.pages.dashboard, page)
        zoneOffer?.keep(on: &response, visit)
        return response
    }

    /// Tells the tabs of a browser, and its history, which month is shown.
    private static func title(_ query: FilterQuery) -> Message {
        query.singleMonth.map { Message("My expenses in {month}", ["month": $0.words]) }
            ?? Message("My expenses")
    }

    /// POST /expenses
    func create(_ visit: UserVisit) async throws -> Response {
        let fields = try visit.request.form()
        let form = ExpenseForm(fields)
        let query = FilterQuery(returnPath: fields["return"])
        // Whether there is such a category is said by the store, which asks for it anyway.
        guard case .success(let entry) = form.validated(visit.preferences, among: nil) else {
            return try refused(visit, form, query)
        }
        let (insertion, guess): (Insertion<Expense>, ExpenseForm.Entry.Guess?)
        do {
            (insertion, guess) = try await services.storage.add(
                entry, form: ExpensesController.oneTimeID(fields), form.fingerprint, visit)
        } catch AppError.notFound {
            return try refused(visit, form, query)
        }
        switch insertion {
        case .inserted(let id), .repeated(let id):
            return .seeOther(
                query.address(
                    telling: ExpenseChange(.saved, id, guess, amount: form.amount, visit.preferences)))
        case .formUsed(let id):
            return try newPage(
                visit, form, status: .unprocessableContent, query, notices: [try usedNotice(id, visit)])
        }
    }

    /// The form again, with all that is wrong with it.
    private func refused(_ visit: UserVisit, _ form: ExpenseForm, _ query: FilterQuery) throws -> Response {
        let categories = try visit.read { try $0.categories.all(of: visit.user.id) }
        guard case .failure(let problems) = form.validated(visit.preferences, among: categories) else {
            throw AppError.notFound
        }
        return try newPage(visit, form, problems, status: .unprocessableContent, query)
    }

    /// What a form was saved as, for one that comes again with other values, as after Back.
    private func usedNotice(_ id: Expense.ID, _ visit: UserVisit) throws -> Notice {
        let saved = try visit.expense(id)
        return Notice(
            text: saved.map {
                Message(
                    "Already saved as {expense}. Press Add expense to save this as a second one.",
                    ["expense": visit.wording.expense($0)])
            } ?? Message("Already saved. Press Add expense to save this as a second one."),
            kind: .info)
    }

    /// The id that makes a repeated form add nothing; nil where the form has none, or one that is not its own.
    private static func oneTimeID(_ fields: FormData) -> String? {
        guard let id = fields["form"], !id.isEmpty, !id.hasPrefix(SampleStore.form),
            !id.hasPrefix(RepeatingStore.form),
            id.utf8.count <= FormStore.longest
        else { return nil }
        return id
    }

    /// GET /expenses/new: filled in by its query, or like the expense that `again` names.
    func new(_ visit: UserVisit) throws -> Response {
        let fields = visit.request.query
        let (categories, model) = try visit.read { stores in
            let model = try fields["again"].flatMap { Expense.ID($0) }.flatMap {
                try stores.expenses.find($0, owner: visit.user.id)
            }
            return (try stores.categories.all(of: visit.user.id), model)
        }
        var form = ExpenseForm(fields)
        if let model { form = ExpenseForm(model, visit.preferences) }
        if model != nil || form.date.isEmpty { form.date = visit.today.description }
        if model == nil, !form.category.isEmpty {
            form.category = categories.id(named: form.category)?.description ?? ""
        }
        return try newPage(visit, form, status: .ok, FilterQuery(returnPath: fields["return"]))
    }

    /// GET /expenses/{id}/edit: leads back to the dashboard as it was filtered, which the address says in `return`.
    func edit(_ visit: UserVisit) throws -> Response {
        let id: Expense.ID = try visit.id()
        guard let expense = try visit.read({ try $0.expenses.find(id, owner: visit.user.id) })
        else { throw AppError.notFound }
        let form = ExpenseForm(expense, visit.preferences)
        let query = FilterQuery(returnPath: visit.request.query["return"])
        return try editPage(visit, id, form, status: .ok, query)
    }

    /// POST /expenses/{id}
    func update(_ visit: UserVisit) async throws -> Response {
        let id: Expense.ID = try visit.id()
        let fields = try visit.request.form()
        let form = ExpenseForm(fields)
        let (owner, now) = (visit.user.id, visit.now)
        let (query, changesRule) = (FilterQuery(returnPath: fields["return"]), fields["from_now_on"] != nil)
        let (expense, categories) = try visit.read { stores in
            (try stores.expenses.find(id, owner: owner), try stores.categories.all(of: owner))
        }
        guard let expense else { return try gone(visit, id, form, query) }
        switch form.validated(visit.preferences, among: categories) {
        case .failure(let problems):
            return try editPage(
                visit, id, form, problems, status: .unprocessableContent, query, changesRule: changesRule)
        case .success(let entry):
            let draft = entry.draft(in: entry.category ?? expense.category)
            try await services.storage.write(of: owner) { stores in
                try stores.expenses.update(Expense(id: id, draft), owner: owner, at: now)
                guard changesRule, var rule = try stores.repeating.rule(of: id, owner: owner) else { return }
                rule.become(draft)
                try stores.repeating.update(rule, owner: owner, at: now)
            }
            return .seeOther(
                query.address(
                    telling: ExpenseChange(.updated, id, amount: form.amount, visit.preferences)))
        }
    }

    /// What was typed about an expense that was deleted while its form was open: it can be saved as a new one.
    private func gone(
        _ visit: UserVisit, _ id: Expense.ID, _ form: ExpenseForm, _ query: FilterQuery
    ) throws -> Response {
        guard try visit.expense(id) != nil else { throw AppError.notFound }
        let notice = Notice(
            text: Message(
                "This expense has been deleted meanwhile. Press Add expense to save it as a new one."),
            kind: .info)
        return try newPage(visit, form, status: .unprocessableContent, query, notices: [notice])
    }

    /// POST /expenses/{id}/delete
    func delete(_ visit: UserVisit) async throws -> Response {
        let id: Expense.ID = try visit.id()
        let fields = try visit.request.form()
        let (owner, now) = (visit.user.id, visit.now)
        _ = try await services.storage.write(of: owner) { try $0.expenses.remove(id, owner: owner, at: now) }
        return .seeOther(
            FilterQuery(returnPath: fields["return"])
                .address(telling: ExpenseChange(.deleted, id)))
    }

    func newPage(
        _ visit: UserVisit, _ form: ExpenseForm, _ problems: FormProblems = [:], status: Status,
        _ query: FilterQuery, notices: [Notice] = []
    ) throws -> Response {
        let entry = try entry(visit, form, problems, action: "/expenses", isNew: true, query)
        let page = EntryPage(
            frame: visit.frame(Message("Add an expense"), section: .expenses, notices: notices),
            heading: Message("Add an expense"),
            problems: problems, entry: entry)
        return services.pages.response(status, services.pages.expenseForm, page)
    }

    func editPage(
        _ visit: UserVisit, _ id: Expense.ID, _ form: ExpenseForm, _ problems: FormProblems = [:],
        status: Status, _ query: FilterQuery, changesRule: Bool = false
    ) throws -> Response {
        var entry = try entry(visit, form, problems, action: "/expenses/\(id)", isNew: false, query)
        let rule = try visit.read { try $0.repeating.rule(of: id, owner: visit.user.id) }
        (entry.isRecorded, entry.changesRule) = (rule != nil, changesRule)
        let deletion = ButtonForm(
            action: "/expenses/\(id)/delete", form: entry.form, returnTo: entry.returnTo,
            label: Message("Delete this expense"))
        let page = EntryPage(
            frame: visit.frame(Message("Edit an expense"), section: .expenses),
            heading: Message("Edit an expense"),
            problems: problems, entry: entry, deletion: deletion,
            repetition: rule == nil ? "/repeating?from=\(id)" : "",
            rule: rule.map { "/repeating/\($0.id)/edit" } ?? "")
        return services.pages.response(status, services.pages.expenseForm, page)
    }

    private func entry(
        _ visit: UserVisit, _ form: ExpenseForm, _ problems: FormProblems, action: String,
        isNew: Bool, _ query: FilterQuery
    ) throws -> EntryFields {
        let owner = visit.user.id
        let (categories, suggestions, guess) = try visit.read { stores in
            stores.announce {
                _ = try $0.categories.all(of: owner)
                _ = try $0.overview.find(of: owner)
            }
            let categories = try stores.categories.all(of: owner)
            let overview = try stores.overview.find(of: owner)
            return (
                categories, overview.descriptions,
                isNew ? DashboardContents.guess(overview, categories) : ""
            )
        }
        return EntryFields(
            action: action, form: services.stamp(visit),
            returnTo: query.returnAddress,
            typed: form, problems: problems, isNew: isNew, guess: guess,
            isFocused: problems.isEmpty || problems["amount"] != nil,
            categories: [Choice](categories, selected: form.category),
            suggestions: suggestions, currency: visit.preferences.currency.symbol)
    }
}

extension Storage {
    /// Adds an expense, once for each one-time id of a form. Throws as `ExpenseStore.insert` does.
    func add(
        _ entry: ExpenseForm.Entry, form: String?, _ fingerprint: [UInt8], _ visit: UserVisit
    ) async throws -> (Insertion<Expense>, ExpenseForm.Entry.Guess?) {
        let (owner, now) = (visit.user.id, visit.now)
        return try await write(of: owner) { stores in
            let (draft, guess) = try entry.draft(owner: owner, in: stores)
            let insertion = try stores.expenses.insert(
                draft, owner: owner, form: form, fingerprint: fingerprint, at: now, endsWrite: true)
            return (insertion, guess)
        }
    }
}

extension UserVisit {
    /// An expense of the user, also one in the bin.
    func expense(_ id: Expense.ID) throws -> Expense? {
        try read { try $0.expenses.find(id, owner: user.id) ?? $0.bin.find(id, owner: user.id) }
    }
}

extension ExpenseForm.Entry {
    /// Where the category of a new expense came from, when it was not chosen.
    enum Guess: String, Sendable {
        /// The first rule that fits the description.
        case rule
        /// The last expense with the same description.
        case description
        /// The last expense.
        case latest
    }

    /// Fills in the category that was left open.
    func draft(owner: User.ID, in stores: Stores) throws -> (ExpenseDraft, Guess?) {
        if let category { return (draft(in: category), nil) }
        let description = draft.description
        stores.announce {
            _ = try $0.rules.all(of: owner)
            if !description.isEmpty {
                _ = try $0.descriptions.lastCategory(of: owner, description: description)
            }
            _ = try $0.overview.find(of: owner)
        }
        let rules = Rules(try stores.rules.all(of: owner))
        if let category = rules.first(for: description)?.category,
            try stores.categories.find(category, owner: owner) != nil
        {
            return (draft(in: category), .rule)
        }
        if !description.isEmpty,
            let category = try stores.descriptions.lastCategory(of: owner, description: description)
        {
            return (draft(in: category), .description)
        }
        if let category = try stores.overview.find(of: owner).lastCategory {
            return (draft(in: category), .latest)
        }
        guard let first = try stores.categories.all(of: owner).first else { throw AppError.notFound }
        return (draft(in: first.id), .latest)
    }
}

extension [Category] {
    /// The category that a person means by a name, whatever the case; or by its number.
    func id(named name: String) -> Category.ID? {
        let key = searchKey(name)
        return first { searchKey($0.name) == key || $0.id.description == name }?.id
    }
}
