import Expenses
import HTTP
import Platform
import Storage
import Templating

/// The user's own rules for imports, and for expenses that are typed without a category.
struct RulesController: Sendable {
    let services: Services
    /// Expenses that a trial shows.
    private static let maxExamples = 5

    /// GET /rules; `edit` names the one to change, other fields fill the form to add one.
    func index(_ visit: UserVisit) throws -> Response {
        let query = visit.request.query
        let contents = try read(visit)
        guard let text = query["edit"] else {
            return page(.ok, contents, visit, nil, RuleForm(query), notices: RulesController.notices(query))
        }
        guard let place = contents.rules.firstIndex(where: { $0.id.description == text }) else {
            throw AppError.notFound
        }
        let rule = contents.rules[place]
        return page(.ok, contents, visit, rule.id, RuleForm(rule, at: place + 1))
    }

    /// POST /rules: with `try`, shows what the rule would change, and saves nothing.
    func create(_ visit: UserVisit) async throws -> Response { try await save(nil, visit) }

    /// POST /rules/{id}, likewise
    func update(_ visit: UserVisit) async throws -> Response { try await save(try visit.id(), visit) }

    private func save(_ id: Rule.ID?, _ visit: UserVisit) async throws -> Response {
        let fields = try visit.request.form()
        let (form, contents, owner) = (RuleForm(fields), try read(visit), visit.user.id)
        if let id, !contents.rules.contains(where: { $0.id == id }) { throw AppError.notFound }
        let rule: Rule
        switch form.validated(as: id ?? Rule.ID(0), among: contents.categories) {
        case .success(let valid): rule = valid
        case .failure(let problems):
            return page(.unprocessableContent, contents, visit, id, form, problems: problems)
        }
        if fields["try"] != nil {
            return page(.ok, contents, visit, id, form, trial: try await trial(of: rule, contents, visit))
        }
        let position = Int(form.position)
        do {
            try await services.storage.write(of: owner) { stores in
                if id == nil {
                    _ = try stores.rules.insert(rule, at: position, owner: owner)
                } else {
                    try stores.rules.update(rule, at: position, owner: owner)
                }
            }
        } catch AppError.tooMany(.rules) {
            return page(
                .unprocessableContent, contents, visit, id, form,
                problems: ["text": AppError.Limited.rules.sentence])
        }
        return .seeOther(id == nil ? "/rules?added=1" : "/rules?changed=1")
    }

    /// POST /rules/{id}/delete
    func delete(_ visit: UserVisit) async throws -> Response {
        let (id, owner): (Rule.ID, User.ID) = (try visit.id(), visit.user.id)
        try await services.storage.write(of: owner) { try $0.rules.remove(id, owner: owner) }
        return .seeOther("/rules?deleted=1")
    }

    /// Looks through all descriptions, so not on an event loop.
    private func trial(
        of rule: Rule, _ contents: RulesPage.Contents, _ visit: UserVisit
    ) async throws -> RuleTrial {
        let (storage, owner) = (services.storage, visit.user.id)
        let rules = Rules([rule])
        let found = try await services.workers.run(for: "user \(owner)") {
            try storage.read {
                try $0.rules.matches(of: owner, besides: rule.category, shown: RulesController.maxExamples) {
                    rules.first(for: $0) != nil
                }
            }
        }
        let names = contents.categories.names
        return RuleTrial(
            text: found.count == 0
                ? Message("It would have changed none of your expenses.")
                : Message(
                    "It would have changed {count} expense of yours:",
                    plural: "It would have changed {count} expenses of yours:", count: found.count,
                    ["count": visit.wording.number(found.count)]),
            examples: found.examples.map {
                RuleTrial.Example(
                    date: ShownDate(day: $0.day), description: $0.description,
                    category: names[$0.category] ?? "")
            }, hasMore: found.count > found.examples.count)
    }

    private func read(_ visit: UserVisit) throws -> RulesPage.Contents {
        let owner = visit.user.id
        return try visit.read { stores in
            RulesPage.Contents(
                rules: try stores.rules.all(of: owner), categories: try stores.categories.all(of: owner))
        }
    }

    private func page(
        _ status: Status, _ contents: RulesPage.Contents, _ visit: UserVisit, _ edited: Rule.ID?,
        _ form: RuleForm, problems: FormProblems = [:], trial: RuleTrial? = nil,
        notices: [Notice] = []
    ) -> Response {
        var page = RulesPage(
            contents, visit, stamp: services.stamp(visit), edited: edited,
            form)
        page.frame.notices += notices
        (page.fields.problems, page.problems) = (problems, problems)
        page.trial = trial
        return services.pages.response(status, services.pages.rules, page)
    }

    private static func notices(_ query: FormData) -> [Notice] {
        if query["added"] != nil { return [Notice(text: Message("Added the rule."))] }
        if query["changed"] != nil { return [Notice(text: Message("Saved the rule."))] }
        return query["deleted"] != nil ? [Notice(text: Message("Deleted the rule."))] : []
    }
}
