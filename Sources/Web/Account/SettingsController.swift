import Expenses
import HTTP
import Storage
import Templating

/// How the user wants money and days shown and read.
struct SettingsController: Sendable {
    let services: Services

    /// GET /account/settings
    func show(_ visit: UserVisit) throws -> Response {
        var page = page(SettingsForm(try SettingsController.chosen(visit)), visit)
        if visit.request.query["saved"] != nil {
            page.frame.notices += [Notice(text: Message("Settings saved."))]
        }
        return services.pages.response(.ok, services.pages.settings, page)
    }

    /// POST /account/settings. For a currency with other decimals the user says what becomes of stored amounts.
    func save(_ visit: UserVisit) async throws -> Response {
        let settings = SettingsForm(
            try visit.request.form(), changing: try SettingsController.chosen(visit))
        var page = page(settings, visit)
        switch settings.validated(among: services.visitorsLanguage.languages.all) {
        case .success(let preferences):
            let (owner, old, new) = (visit.user.id, visit.preferences.currency, preferences.currency)
            let sample = old.decimals == new.decimals ? nil : try sample(of: visit)
            let isKeeping = sample != nil && settings.decimals == .keep
            if let sample, settings.decimals != .reread {
                let canKeep = try visit.read {
                    try $0.amounts.canKeepFigures(of: owner, from: old, to: new)
                }
                guard isKeeping, canKeep else {
                    page.ask(
                        DecimalsQuestion(
                            sample, from: visit.preferences, to: preferences, canKeep: canKeep))
                    return services.pages.response(.unprocessableContent, services.pages.settings, page)
                }
            }
            try await update(owner) { stores in
                if isKeeping { try stores.amounts.keepFigures(of: owner, from: old, to: new) }
                try stores.users.update(preferences, of: owner)
            }
            return .seeOther("/account/settings?saved=1")
        case .failure(let problems):
            page.problems = problems
            return services.pages.response(.unprocessableContent, services.pages.settings, page)
        }
    }

    /// POST /account/zone: the time zone alone, as `ZoneOffer` names it in the address.
    func saveZone(_ visit: UserVisit) async throws -> Response {
        let (owner, zone) = (visit.user.id, visit.request.query["zone"] ?? "")
        guard Zone(identifier: zone) != nil else {
            var page = page(SettingsForm(try SettingsController.chosen(visit)), visit)
            page.problems["zone"] = Message("Choose one of the time zones.")
            return services.pages.response(.unprocessableContent, services.pages.settings, page)
        }
        try await services.storage.write(of: owner) { try $0.users.update(zone: zone, of: owner) }
        return .seeOther("/account/settings?saved=1")
    }

    /// The user's preferences, with the months that are being counted in the place of those that are shown meanwhile.
    private static func chosen(_ visit: UserVisit) throws -> Preferences {
        var preferences = visit.preferences
        guard visit.session.hasLongWrites else { return preferences }
        if let months = try visit.read({ try $0.months.coming(of: visit.user.id) }) {
            preferences.months = months
        }
        return preferences
    }

    /// A small account is counted by other months before the answer; a larger one goes on.
    private func update(_ owner: User.ID, _ body: @escaping @Sendable (Stores) throws -> Void) async throws {
        if try services.storage.read({ try $0.months.areCountedAtOnce(of: owner) }) {
            try await services.storage.writeToTheEnd(of: owner, body)
        } else {
            try await services.storage.writeAndGoOn(of: owner, body)
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
            frame: visit.frame(Message("Settings"), section: .account),
            form: services.stamp(visit), settings: settings,
            languages: services.visitorsLanguage.languages.all)
    }
}
