import Expenses
import HTTP
import Platform
import Storage
import Templating

/// What is done with many expenses at once, and the Undo for all of it.
struct SelectedController: Sendable {
    let services: Services

    /// POST /expenses/selected
    func change(_ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        let form = SelectionForm(try visit.request.form())
        var unread: [Message] = []
        let query = FilterQuery(FormData(urlEncoded: form.filter), ignored: &unread)
        let categories = try visit.read { try $0.categories.all(of: owner) }
        let action: BulkChange.Action
        switch form.validated(among: categories) {
        // Less of a filter would match more than was meant.
        case .success where form.isOfAll && !unread.isEmpty:
            return try await refused(visit, form, .filterIsUnreadable, query)
        case .success(let valid): action = valid
        case .failure(let problems): return try await refused(visit, form, problems, query)
        }
        if !form.isConfirmed, form.isOfAll || form.expenses.count > SelectionForm.mostUnconfirmed {
            let total = try await total(of: form, query, visit)
            guard total.count > 0 else { return try await refused(visit, form, .nothingMatches, query) }
            let page = SelectedConfirmationPage(
                action, total, form, back: query.address,
                stamp: services.stamp(visit),
                categories: categories, visit)
            return services.pages.response(.ok, services.pages.selectedConfirmation, page)
        }
        let id: BulkChange.ID
        if form.isOfAll {
            guard
                let begun = try await changeAll(
                    action, matching: query.filter(today: visit.today, months: visit.preferences.months),
                    visit)
            else { return try await refused(visit, form, .nothingMatches, query) }
            id = begun
        } else {
            id = try await services.storage.writeToTheEnd(of: owner) { [now = visit.now] stores in
                let id = try stores.bulk.prepare(action, owner: owner, at: now)
                try stores.bulk.list(form.expenses, for: id, owner: owner)
                try stores.bulk.begin(id, owner: owner)
                return id
            }
        }
        return .seeOther(query.address(telling: BulkNotice.query(telling: id)))
    }

    /// Nil where nothing matches. Lists the expenses as they are at one moment, then changes them in steps. `tag`: the key of
    /// one that is changed everywhere, also in the bin, in rules and in what repeats.
    func changeAll(
        _ action: BulkChange.Action, matching filter: Filter, everywhere tag: String? = nil,
        _ visit: UserVisit
    ) async throws -> BulkChange.ID? {
        let (owner, now, storage) = (visit.user.id, visit.now, services.storage)
        let expenses = try await services.workers.run(for: "user \(owner)") {
            try storage.read { stores in
                var expenses: [Expense.ID] = []
                try stores.list.forEach(of: owner, matching: filter) { expenses.append($0.id) }
                if let tag { expenses += try stores.bin.tagged(tag, owner: owner) }
                return expenses
            }
        }
        guard !expenses.isEmpty else { return nil }
        let id = try await storage.write(of: owner) {
            try $0.bulk.prepare(action, owner: owner, at: now)
        }
        do {
            for start in stride(from: 0, to: expenses.count, by: BulkStore.batch) {
                let some = Array(expenses[start..<min(start + BulkStore.batch, expenses.count)])
                try await storage.write(of: owner) { try $0.bulk.list(some, for: id, owner: owner) }
            }
            if expenses.count <= LongWriteNotice.mostAwaited {
                try await storage.writeToTheEnd(of: owner) {
                    try $0.bulk.begin(id, owner: owner, reachesRules: tag != nil)
                }
            } else {
                try await storage.writeAndGoOn(of: owner) {
                    try $0.bulk.begin(id, owner: owner, reachesRules: tag != nil)
                }
            }
        } catch {
            try? await storage.write(of: owner) { try $0.bulk.abandon(id, owner: owner) }
            throw error
        }
        return id
    }

    /// POST /expenses/selected/{change}/undo
    func undo(_ visit: UserVisit) async throws -> Response {
        let id: BulkChange.ID = try visit.id("change")
        let fields = try visit.request.form()
        let (owner, now) = (visit.user.id, visit.now)
        guard let change = try visit.read({ try $0.bulk.find(id, owner: owner) }) else {
            throw AppError.notFound
        }
        if change.count <= LongWriteNotice.mostAwaited {
            try await services.storage.writeToTheEnd(of: owner) {
                try $0.bulk.undo(id, owner: owner, at: now)
            }
        } else {
            try await services.storage.writeAndGoOn(of: owner) {
                try $0.bulk.undo(id, owner: owner, at: now)
            }
        }
        if visit.request.query["from"] == "tags" {
            return .seeOther("/tags?" + BulkNotice.queryTellingUndone)
        }
        let query = FilterQuery(returnPath: fields["return"])
        return .seeOther(query.address(telling: BulkNotice.queryTellingUndone))
    }

    private func total(
        of form: SelectionForm, _ query: FilterQuery, _ visit: UserVisit
    ) async throws -> Total {
        let (owner, filter, storage) = (
            visit.user.id, query.filter(today: visit.today, months: visit.preferences.months),
            services.storage
        )
        return try await services.searches.run(for: owner) {
            try storage.read { stores in
                if form.isOfAll { return try stores.totals.total(of: owner, matching: filter) }
                var total = Total.zero
                for id in form.expenses {
                    guard let expense = try stores.expenses.find(id, owner: owner) else { continue }
                    total.add(Total(count: 1, amount: expense.amount))
                }
                return total
            }
        }
    }

    /// The list again, with what was ticked and typed.
    private func refused(
        _ visit: UserVisit, _ form: SelectionForm, _ problems: FormProblems, _ query: FilterQuery
    ) async throws -> Response {
        let expenses = ExpensesController(services: services)
        return try await services.searches.run(for: visit.user.id) {
            try expenses.dashboard(
                visit, query, selection: (form, problems), status: .unprocessableContent)
        }
    }
}

extension FormProblems {
    fileprivate static var filterIsUnreadable: Self {
        ["rows": Message("The filter could not be read. Nothing was changed. Filter again.")]
    }

    fileprivate static var nothingMatches: Self {
        ["rows": Message("Nothing matches any more. Nothing was changed.")]
    }
}
