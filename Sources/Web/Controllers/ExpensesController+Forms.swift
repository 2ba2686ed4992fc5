import Expenses
import HTTP
import Storage

extension ExpensesController {
    /// How many descriptions are suggested while typing.
    private static let suggestionCount = 60

    func newPage(
        _ visit: UserVisit, _ form: ExpenseForm, _ problems: ExpenseForm.Problems = .init(), status: Status,
        _ returnPath: String?
    ) throws -> Response {
        let entry = try entry(
            visit, form, problems, action: "/expenses", isNew: true, FilterQuery(returnPath: returnPath))
        let page = EntryPage(
            frame: visit.frame("Add an expense", section: .expenses), heading: "Add an expense",
            problems: problems.list, entry: entry)
        return services.pages.response(status, services.pages.expenseForm, page)
    }

    func editPage(
        _ visit: UserVisit, _ id: Expense.ID, _ form: ExpenseForm, _ problems: ExpenseForm.Problems = .init(),
        status: Status, _ query: FilterQuery
    ) throws -> Response {
        let entry = try entry(visit, form, problems, action: "/expenses/\(id)", isNew: false, query)
        let deletion = UndoForm(
            action: "/expenses/\(id)/delete", form: entry.form, returnTo: query.address,
            label: "Delete this expense")
        let page = EntryPage(
            frame: visit.frame("Edit an expense", section: .expenses), heading: "Edit an expense",
            problems: problems.list, entry: entry, deletion: deletion)
        return services.pages.response(status, services.pages.expenseForm, page)
    }

    private func entry(
        _ visit: UserVisit, _ form: ExpenseForm, _ problems: ExpenseForm.Problems, action: String,
        isNew: Bool, _ query: FilterQuery
    ) throws -> EntryFields {
        let owner = visit.user.id
        let (categories, suggestions) = try services.storage.read { stores in
            (
                try stores.categories.all(of: owner),
                try stores.expenses.descriptions(of: owner, limit: ExpensesController.suggestionCount)
            )
        }
        return EntryFields(
            action: action, form: services.seal.stamp(for: visit.user.id), returnTo: query.address,
            typed: form,
            problems: problems, isNew: isNew, isFocused: problems.isEmpty || problems.amount != nil,
            categories: categories.map { Choice($0, isSelected: $0.id.description == form.category) },
            suggestions: suggestions, currency: visit.preferences.currency.symbol)
    }
}

extension ExpenseForm.Entry {
    /// Where the category of a new expense came from, when it was not chosen.
    enum Guess: String, Sendable {
        /// The last expense with the same description.
        case description
        /// The last expense.
        case latest
    }

    /// Fills in the category that was left open.
    func draft(
        owner: User.ID, among categories: [Category], in stores: Stores
    ) throws -> (ExpenseDraft, Guess?) {
        func draft(_ category: Category.ID) -> ExpenseDraft {
            ExpenseDraft(amount: amount, category: category, day: day, description: description)
        }
        if let category { return (draft(category), nil) }
        if !description.isEmpty,
            let category = try stores.expenses.lastCategory(of: owner, description: description)
        {
            return (draft(category), .description)
        }
        if let category = try stores.expenses.lastCategory(of: owner) { return (draft(category), .latest) }
        guard let first = categories.first else { throw AppError.notFound }
        return (draft(first.id), .latest)
    }
}

extension [Category] {
    /// The category that a person means by a name, whatever the case; or by its number.
    func id(named name: String) -> Category.ID? {
        let key = identityKey(name)
        return first { identityKey($0.name) == key || $0.id.description == name }?.id
    }
}
