import Expenses
import HTTP
import Storage
import Templating

/// The user's expenses that come again and are recorded by themselves.
struct RepeatingController: Sendable {
    let services: Services

    /// GET /repeating; `from` names an expense to repeat, other fields fill the form.
    func index(_ visit: UserVisit) throws -> Response {
        let (query, owner) = (visit.request.query, visit.user.id)
        let contents = try read(visit)
        let (model, notice) = try visit.read { stores in
            (
                try query["from"].flatMap { Expense.ID($0) }.flatMap {
                    try stores.expenses.find($0, owner: owner)
                },
                try RepeatingNotice.of(
                    query, owner: owner, form: services.stamp(visit),
                    wording: visit.wording, in: stores)
            )
        }
        var form = RepeatingForm(query)
        if let model { form.repeat(model, visit.preferences) }
        if form.expense.date.isEmpty { form.expense.date = visit.today.description }
        return page(.ok, contents, visit, nil, form) { $0.frame.notices += [notice].compactMap(\.self) }
    }

    /// POST /repeating
    func create(_ visit: UserVisit) async throws -> Response {
        let fields = try visit.request.form()
        let (form, contents) = (RepeatingForm(fields), try read(visit))
        return try await answering(visit, contents, nil, form) { write in
            let from = Expense.ID(form.from)
            let stamp = fields["form"].flatMap { $0.isEmpty ? nil : $0 }
            let (insertion, recorded) = try await services.storage.writeAndGoOn(of: write.owner) { stores in
                let insertion = try write.insert(
                    from: from, form: stamp, fingerprint: form.fingerprint, in: stores)
                let rule = try stores.repeating.find(insertion.id, owner: write.owner)
                // The expense that it began with was there before.
                let first = try from.flatMap { try stores.repeating.rule(of: $0, owner: write.owner) }
                return (insertion, max(0, (rule?.recorded ?? 0) - (first?.id == insertion.id ? 1 : 0)))
            }
            guard case .formUsed(let id) = insertion else {
                return answer("added", insertion.id, recorded, form, visit)
            }
            return try alreadySaved(id, visit, contents, form)
        }
    }

    /// A form that comes again with other values, as after Back.
    private func alreadySaved(
        _ id: RepeatingExpense.ID, _ visit: UserVisit, _ contents: RepeatingPage.Contents,
        _ form: RepeatingForm
    ) throws -> Response {
        let saved = try visit.read {
            try $0.repeating.find(id, owner: visit.user.id, mayBeDeleted: true)
        }
        let notice = Notice(
            text: saved.map {
                Message(
                    "Already saved as {expense}. Press Add to save this as a second one.",
                    ["expense": visit.wording.name(of: $0)])
            } ?? Message("Already saved. Press Add to save this as a second one."), kind: .info)
        return page(.unprocessableContent, contents, visit, nil, form) { $0.frame.notices.append(notice) }
    }

    /// GET /repeating/{id}/edit
    func edit(_ visit: UserVisit) throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        let contents = try read(visit)
        guard let rule = contents.rules.first(where: { $0.id == id }) else { throw AppError.notFound }
        return page(.ok, contents, visit, rule, RepeatingForm(rule, visit.preferences))
    }

    /// POST /repeating/{id}
    func update(_ visit: UserVisit) async throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        let (form, contents) = (RepeatingForm(try visit.request.form()), try read(visit))
        guard let rule = contents.rules.first(where: { $0.id == id }) else { throw AppError.notFound }
        return try await answering(visit, contents, rule, form) { write in
            let recorded = try await services.storage.writeAndGoOn(of: write.owner) { stores in
                try write.update(id, in: stores)
                return try stores.repeating.find(id, owner: write.owner)?.recorded ?? 0
            }
            return answer("changed", id, max(0, recorded - rule.recorded), form, visit)
        }
    }

    /// To the page that tells what was saved, and how the amount was read.
    private func answer(
        _ kind: String, _ id: RepeatingExpense.ID, _ recorded: Int, _ form: RepeatingForm, _ visit: UserVisit
    ) -> Response {
        let told = ToldAmount(form.expense.amount, visit.preferences)?.urlEncoded ?? ""
        return .seeOther("/repeating?\(kind)=\(id)&recorded=\(recorded)\(told)")
    }

    /// Checks the form, saves it, and turns what is wrong, or has to be asked, into the form again.
    private func answering(
        _ visit: UserVisit, _ contents: RepeatingPage.Contents, _ edited: RepeatingExpense?,
        _ form: RepeatingForm, _ save: (RepeatingWrite) async throws -> Response
    ) async throws -> Response {
        func again(_ problems: FormProblems) -> Response {
            page(.unprocessableContent, contents, visit, edited, form) {
                ($0.fields.problems, $0.problems) = (problems, problems)
            }
        }
        switch form.validated(visit.preferences, among: contents.categories) {
        case .failure(let problems): return again(problems)
        case .success(let entry):
            do {
                return try await save(
                    RepeatingWrite(entry: entry, owner: visit.user.id, today: visit.today, now: visit.now))
            } catch let question as RepeatingWrite.Question {
                return page(.unprocessableContent, contents, visit, edited, form) { $0.ask(question.days) }
            } catch AppError.tooMany(.repeating) {
                return again(["amount": AppError.Limited.repeating.sentence])
            }
        }
    }

    /// POST /repeating/{id}/pause, likewise the others
    func pause(_ visit: UserVisit) async throws -> Response { try await make(.pause, visit) }
    func resume(_ visit: UserVisit) async throws -> Response { try await make(.resume, visit) }
    func skip(_ visit: UserVisit) async throws -> Response { try await make(.skip, visit) }
    func delete(_ visit: UserVisit) async throws -> Response { try await make(.delete, visit) }

    private func make(_ change: RepeatingChange, _ visit: UserVisit) async throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        let (owner, today, now) = (visit.user.id, visit.today, visit.now)
        try await services.storage.writeAndGoOn(of: owner) {
            try change.make(id, owner: owner, today: today, at: now, in: $0)
        }
        return .seeOther("/repeating?\(change.told)=\(id)")
    }

    /// POST /repeating/{id}/restore: takes the last change back; `change` in the address says which one is meant.
    func restore(_ visit: UserVisit) async throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        let (owner, today, now) = (visit.user.id, visit.today, visit.now)
        let change = visit.request.query["change"].flatMap { Int64($0) }
        let isRestored = try await services.storage.writeAndGoOn(of: owner) { stores in
            let isRestored = try stores.repeating.restore(id, change: change, owner: owner, at: now)
            _ = try stores.repeating.recordDue(through: today, of: owner, at: now)
            return isRestored
        }
        return .seeOther(isRestored ? "/repeating?restored=\(id)" : "/repeating?unchanged=\(id)")
    }

    private func read(_ visit: UserVisit) throws -> RepeatingPage.Contents {
        let owner = visit.user.id
        return try visit.read { stores in
            RepeatingPage.Contents(
                rules: try stores.repeating.all(of: owner), categories: try stores.categories.all(of: owner))
        }
    }

    private func page(
        _ status: Status, _ contents: RepeatingPage.Contents, _ visit: UserVisit,
        _ edited: RepeatingExpense?, _ form: RepeatingForm, _ change: (inout RepeatingPage) -> Void = { _ in }
    ) -> Response {
        // A form that comes back is shown alone: it would be below all that repeats.
        let isAlone = edited != nil || status != .ok
        var page = RepeatingPage(
            contents, visit, stamp: services.stamp(visit), edited: edited,
            form,
            isAlone: isAlone)
        change(&page)
        return services.pages.response(
            status, isAlone ? services.pages.repeatingForm : services.pages.repeating, page)
    }
}
