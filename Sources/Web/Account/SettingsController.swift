import Expenses
import HTTP
import Storage
import Templating

/// How the user wants money and days shown and read.
struct SettingsController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /account/settings
    func show(_ visit: UserVisit) throws -> Response {
        var page = page(SettingsForm(visit.preferences), visit)
        if visit.request.query["saved"] != nil {
            page.frame.notices += [Notice(text: Message("Settings saved."))]
        }
        return services.pages.response(.ok, services.pages.settings, page)
    }

    /// POST /account/settings. Stored figures are never rescaled: a currency with other decimals has to be agreed to.
    func save(_ visit: UserVisit) async throws -> Response {
        let settings = SettingsForm(try visit.request.form(), changing: visit.preferences)
        var page = page(settings, visit)
        switch settings.validated(among: services.languages.all) {
        case .success(let preferences):
            let isRescaled = preferences.currency.decimals != visit.preferences.currency.decimals
            if isRescaled, !settings.acceptsDecimals, let sample = try sample(of: visit) {
                page.decimals = DecimalsQuestion(sample, from: visit.preferences, to: preferences)
                page.problems = [
                    FieldProblem(
                        field: "accept_decimals",
                        message:
                            Message("Tick the box to confirm.")
                    )
                ]
                return services.pages.response(.unprocessableContent, services.pages.settings, page)
            }
            let owner = visit.user.id
            try await services.storage.write(of: owner) { try $0.users.update(preferences, of: owner) }
            return .seeOther("/account/settings?saved=1")
        case .failure(let problems):
            page.fieldProblems = problems
            page.problems = problems.list
            return services.pages.response(.unprocessableContent, services.pages.settings, page)
        }
    }

    /// An amount of the user's, live or in the bin; nil where there is none that could be misread.
    private func sample(of visit: UserVisit) throws -> Money? {
        let owner = visit.user.id
        return try visit.read { stores in
            let page = try stores.list.page(of: owner, matching: Filter(), after: nil, limit: 1)
            if let expense = page.expenses.first { return expense.amount }
            let since = visit.now - DeletedExpense.restorable
            return try stores.bin.page(of: owner, since: since, limit: 1).expenses.first?.expense
                .amount
        }
    }

    private func page(_ settings: SettingsForm, _ visit: UserVisit) -> SettingsPage {
        SettingsPage(
            settings, languages: services.languages.all,
            frame: visit.frame(Message("Settings"), section: .account),
            form: services.seal.stamp(for: visit.user.id))
    }
}
