import HTTP

extension Route {
    /// The site map: every address there is, and who answers it.
    static func siteMap(_ services: Services, _ health: HealthController) -> [Route] {
        let home = HomeController(services: services)
        let manifest = ManifestController(services: services)
        let offline = OfflineController(services)
        let registration = RegistrationController(services: services)
        let login = LoginController(services: services)
        let refresh = RefreshController(services: services)
        let logout = LogoutController(services: services)
        let language = LanguageController(services: services)
        let expenses = ExpensesController(services: services)
        let download = DownloadController(services)
        let deleted = DeletedExpensesController(services: services)
        let samples = SamplesController(services: services)
        let imports = ImportController(services: services)
        let summary = SummaryController(services: services)
        let categories = CategoriesController(services: services)
        let rules = RulesController(services: services)
        let targets = TargetsController(services: services)
        let tags = TagsController(services: services)
        let selected = SelectedController(services: services)
        let repeating = RepeatingController(services: services)
        let account = AccountController(services: services)
        let twoFactor = TwoFactorController(services)
        let settings = SettingsController(services: services)
        let tokens = TokensController(services)
        let data = DataController(services)
        let api = APIPageController(services: services)
        return [
            Route(.get, "/", .anyone(.atOnce(home.show))),
            Route(.get, "/manifest.webmanifest", .anyone(.atOnce(manifest.show))),
            Route(.get, "/offline", .anyone(.atOnce(offline.show))),
            Route(.post, "/offline", .user(.waiting(offline.save))),
            Route(.get, "/offline/ids", .user(.atOnce(offline.ids))),
            Route(.get, "/healthz", .probe(health.liveness)),
            Route(.get, "/readyz", .probe(health.readiness)),

            Route(.get, "/register", .anyone(.atOnce(registration.show))),
            Route(.post, "/register", .anyone(.waiting(registration.register))),
            Route(.get, "/login", .anyone(.atOnce(login.show))),
            Route(.post, "/login", .anyone(.waiting(login.logIn))),
            Route(.get, "/login/code", .anyone(.atOnce(login.showCode))),
            Route(.post, "/login/code", .anyone(.waiting(login.checkCode))),
            Route(.get, "/refresh", .anyone(.atOnce(refresh.show))),
            Route(.post, "/refresh", .anyone(.waiting(refresh.refresh))),
            Route(.post, PathPattern(LogoutController.path), .anyone(.waiting(logout.logOut))),
            Route(.post, "/language", .anyone(.atOnce(language.choose))),

            Route(.get, "/expenses", .user(.searching(expenses.index))),
            Route(.get, "/expenses.csv", .user(.waiting(download.show))),
            Route(.post, "/expenses", .user(.waiting(expenses.create))),
            Route(.get, "/expenses/new", .user(.atOnce(expenses.new))),
            Route(.get, "/expenses/deleted", .user(.atOnce(deleted.index))),
            Route(.post, "/expenses/samples", .user(.waiting(samples.add))),
            Route(.post, "/expenses/samples/remove", .user(.waiting(samples.remove))),
            Route(.post, "/expenses/selected", .user(.waiting(selected.change))),
            Route(.post, "/expenses/selected/{change}/undo", .user(.waiting(selected.undo))),
            Route(.get, "/expenses/import", .user(.atOnce(imports.new))),
            Route(.post, "/expenses/import", .user(.waiting(imports.upload)), upload: .importForm),
            Route(.get, "/expenses/import/{import}", .user(.waiting(imports.show))),
            Route(.post, "/expenses/import/{import}", .user(.waiting(imports.add))),
            Route(.get, "/expenses/import/{import}/errors.csv", .user(.waiting(imports.errors))),
            Route(.post, "/expenses/import/{import}/undo", .user(.waiting(imports.undo))),
            Route(.get, "/expenses/{id}/edit", .user(.atOnce(expenses.edit))),
            Route(.post, "/expenses/{id}", .user(.waiting(expenses.update))),
            Route(.post, "/expenses/{id}/delete", .user(.waiting(expenses.delete))),
            Route(.post, "/expenses/{id}/restore", .user(.waiting(deleted.restore))),

            Route(.get, "/summary", .user(.atOnce(summary.show))),

            Route(.get, "/categories", .user(.atOnce(categories.index))),
            Route(.get, "/categories.csv", .user(.atOnce(categories.download))),
            Route(.post, "/categories", .user(.waiting(categories.create))),
            Route(.post, "/categories/{id}", .user(.waiting(categories.update))),
            Route(.post, "/categories/{id}/delete", .user(.waiting(categories.delete))),

            Route(.get, "/targets", .user(.atOnce(targets.index))),
            Route(.post, "/targets", .user(.waiting(targets.set))),

            Route(.get, "/rules", .user(.atOnce(rules.index))),
            Route(.post, "/rules", .user(.waiting(rules.create))),
            Route(.post, "/rules/{id}", .user(.waiting(rules.update))),
            Route(.post, "/rules/{id}/delete", .user(.waiting(rules.delete))),

            Route(.get, "/tags", .user(.waiting(tags.index))),
            Route(.post, "/tags/{name}", .user(.waiting(tags.rename))),
            Route(.post, "/tags/{name}/delete", .user(.waiting(tags.takeOff))),

            Route(.get, "/repeating", .user(.atOnce(repeating.index))),
            Route(.post, "/repeating", .user(.waiting(repeating.create))),
            Route(.get, "/repeating/{id}/edit", .user(.atOnce(repeating.edit))),
            Route(.post, "/repeating/{id}", .user(.waiting(repeating.update))),
            Route(.post, "/repeating/{id}/pause", .user(.waiting(repeating.pause))),
            Route(.post, "/repeating/{id}/resume", .user(.waiting(repeating.resume))),
            Route(.post, "/repeating/{id}/skip", .user(.waiting(repeating.skip))),
            Route(.post, "/repeating/{id}/delete", .user(.waiting(repeating.delete))),
            Route(.post, "/repeating/{id}/restore", .user(.waiting(repeating.restore))),

            Route(.get, "/account", .user(.atOnce(account.show))),
            Route(.get, "/account/password", .user(.atOnce(account.showPassword))),
            Route(.post, "/account/password", .user(.waiting(account.changePassword))),
            Route(.post, "/account/sessions/end-others", .user(.waiting(account.endOtherSessions))),
            Route(.post, "/account/sessions/{session}/end", .user(.waiting(account.endSession))),
            Route(.get, "/account/delete", .user(.atOnce(account.showDelete))),
            Route(.post, "/account/delete", .user(.waiting(account.delete))),
            Route(.get, "/account/two-factor", .user(.atOnce(twoFactor.show))),
            Route(.post, "/account/two-factor", .user(.waiting(twoFactor.switchOn))),
            Route(.post, "/account/two-factor/off", .user(.waiting(twoFactor.switchOff))),
            Route(.post, "/account/two-factor/recovery-codes", .user(.waiting(twoFactor.renewCodes))),
            Route(.post, "/account/two-factor/seen", .user(.waiting(twoFactor.dismiss))),
            Route(.get, "/account/settings", .user(.atOnce(settings.show))),
            Route(.post, "/account/settings", .user(.waiting(settings.save))),
            Route(.post, "/account/zone", .user(.waiting(settings.saveZone))),
            Route(.get, "/account/tokens", .user(.atOnce(tokens.index))),
            Route(.post, "/account/tokens", .user(.waiting(tokens.create))),
            Route(.post, "/account/tokens/{id}/revoke", .user(.waiting(tokens.revoke))),
            Route(.get, "/account/data", .user(.atOnce(data.show))),
            Route(.post, "/account/data", .user(.waiting(data.upload)), upload: .accountFile),
            Route(.get, "/account/everything.json", .user(.waiting(data.download))),

            // What is under it stands in the API's own table: see `Operation.all`.
            Route(.get, "/api/v1", .anyone(.atOnce(api.show))),
        ]
    }
}
