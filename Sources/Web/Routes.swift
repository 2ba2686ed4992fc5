import HTTP

extension Route {
    /// The site map: every address there is, and who answers it.
    static func siteMap(_ services: Services, _ health: HealthController) -> [Route] {
        let home = HomeController(services)
        let manifest = ManifestController(services)
        let offline = OfflineController(services)
        let registration = RegistrationController(services)
        let login = LoginController(services)
        let refresh = RefreshController(services)
        let logout = LogoutController(services)
        let language = LanguageController(services)
        let expenses = ExpensesController(services)
        let download = DownloadController(services)
        let deleted = DeletedExpensesController(services)
        let samples = SamplesController(services)
        let imports = ImportController(services)
        let summary = SummaryController(services)
        let categories = CategoriesController(services)
        let rules = RulesController(services)
        let targets = TargetsController(services)
        let tags = TagsController(services)
        let selected = SelectedController(services)
        let repeating = RepeatingController(services)
        let account = AccountController(services)
        let twoFactor = TwoFactorController(services)
        let settings = SettingsController(services)
        let tokens = TokensController(services)
        let data = DataController(services)
        let api = APIPageController(services)
        return [
            Route(.get, "/", .anyone(home.show)),
            Route(.get, "/manifest.webmanifest", .anyone(manifest.show)),
            Route(.get, "/offline", .anyone(offline.show)),
            Route(.post, "/offline", .user(offline.save)),
            Route(.get, "/offline/ids", .user(offline.ids)),
            Route(.get, "/healthz", .probe(health.liveness)),
            Route(.get, "/readyz", .probe(health.readiness)),

            Route(.get, "/register", .anyone(registration.show)),
            Route(.post, "/register", .anyone(registration.register)),
            Route(.get, "/login", .anyone(login.show)),
            Route(.post, "/login", .anyone(login.logIn)),
            Route(.get, "/login/code", .anyone(login.showCode)),
            Route(.post, "/login/code", .anyone(login.checkCode)),
            Route(.get, "/refresh", .anyone(refresh.show)),
            Route(.post, "/refresh", .anyone(refresh.refresh)),
            Route(.post, PathPattern(LogoutController.path), .anyone(logout.logOut)),
            Route(.post, "/language", .anyone(language.choose)),

            Route(.get, "/expenses", .searcher(expenses.index)),
            Route(.get, "/expenses.csv", .user(download.show)),
            Route(.post, "/expenses", .user(expenses.create)),
            Route(.get, "/expenses/new", .user(expenses.new)),
            Route(.get, "/expenses/deleted", .user(deleted.index)),
            Route(.post, "/expenses/samples", .user(samples.add)),
            Route(.post, "/expenses/samples/remove", .user(samples.remove)),
            Route(.post, "/expenses/selected", .user(selected.change)),
            Route(.post, "/expenses/selected/{change}/undo", .user(selected.undo)),
            Route(.get, "/expenses/import", .user(imports.new)),
            Route(.post, "/expenses/import", .user(imports.upload), upload: .importForm),
            Route(.get, "/expenses/import/{import}", .user(imports.show)),
            Route(.post, "/expenses/import/{import}", .user(imports.add)),
            Route(.get, "/expenses/import/{import}/errors.csv", .user(imports.errors)),
            Route(.post, "/expenses/import/{import}/undo", .user(imports.undo)),
            Route(.get, "/expenses/{id}/edit", .user(expenses.edit)),
            Route(.post, "/expenses/{id}", .user(expenses.update)),
            Route(.post, "/expenses/{id}/delete", .user(expenses.delete)),
            Route(.post, "/expenses/{id}/restore", .user(deleted.restore)),

            Route(.get, "/summary", .user(summary.show)),

            Route(.get, "/categories", .user(categories.index)),
            Route(.get, "/categories.csv", .user(categories.download)),
            Route(.post, "/categories", .user(categories.create)),
            Route(.post, "/categories/{id}", .user(categories.update)),
            Route(.post, "/categories/{id}/delete", .user(categories.delete)),

            Route(.get, "/targets", .user(targets.index)),
            Route(.post, "/targets", .user(targets.set)),

            Route(.get, "/rules", .user(rules.index)),
            Route(.post, "/rules", .user(rules.create)),
            Route(.post, "/rules/{id}", .user(rules.update)),
            Route(.post, "/rules/{id}/delete", .user(rules.delete)),

            Route(.get, "/tags", .user(tags.index)),
            Route(.post, "/tags/{name}", .user(tags.rename)),
            Route(.post, "/tags/{name}/delete", .user(tags.takeOff)),

            Route(.get, "/repeating", .user(repeating.index)),
            Route(.post, "/repeating", .user(repeating.create)),
            Route(.get, "/repeating/{id}/edit", .user(repeating.edit)),
            Route(.post, "/repeating/{id}", .user(repeating.update)),
            Route(.post, "/repeating/{id}/pause", .user(repeating.pause)),
            Route(.post, "/repeating/{id}/resume", .user(repeating.resume)),
            Route(.post, "/repeating/{id}/skip", .user(repeating.skip)),
            Route(.post, "/repeating/{id}/delete", .user(repeating.delete)),
            Route(.post, "/repeating/{id}/restore", .user(repeating.restore)),

            Route(.get, "/account", .user(account.show)),
            Route(.get, "/account/password", .user(account.showPassword)),
            Route(.post, "/account/password", .user(account.changePassword)),
            Route(.post, "/account/sessions/end-others", .user(account.endOtherSessions)),
            Route(.post, "/account/sessions/{session}/end", .user(account.endSession)),
            Route(.get, "/account/delete", .user(account.showDelete)),
            Route(.post, "/account/delete", .user(account.delete)),
            Route(.get, "/account/two-factor", .user(twoFactor.show)),
            Route(.post, "/account/two-factor", .user(twoFactor.switchOn)),
            Route(.post, "/account/two-factor/seen", .user(twoFactor.dismiss)),
            Route(.post, "/account/two-factor/off", .user(twoFactor.switchOff)),
            Route(.post, "/account/two-factor/recovery-codes", .user(twoFactor.renewCodes)),
            Route(.get, "/account/settings", .user(settings.show)),
            Route(.post, "/account/settings", .user(settings.save)),
            Route(.post, "/account/zone", .user(settings.saveZone)),
            Route(.get, "/account/tokens", .user(tokens.index)),
            Route(.post, "/account/tokens", .user(tokens.create)),
            Route(.post, "/account/tokens/{id}/revoke", .user(tokens.revoke)),
            Route(.get, "/account/data", .user(data.show)),
            Route(.post, "/account/data", .user(data.upload), upload: .accountFile),
            Route(.get, "/account/everything.json", .user(data.download)),

            // What is under it stands in the API's own table: see `Operation.all`.
            Route(.get, "/api/v1", .anyone(api.show)),
        ]
    }
}
