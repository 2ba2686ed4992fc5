import HTTP
import Platform
import Templating

/// Every page's template, compiled against its model at start, so that a mistake in one stops the start.
package struct Pages: Sendable {
    let languages: Languages
    let home: TranslatedTemplate<HomePage>
    let offline: TranslatedTemplate<OfflinePage>
    let error: TranslatedTemplate<ErrorPage>
    let register: TranslatedTemplate<RegisterPage>
    let registrationClosed: TranslatedTemplate<RegistrationClosedPage>
    let login: TranslatedTemplate<LoginPage>
    let code: TranslatedTemplate<CodePage>
    let refresh: TranslatedTemplate<RefreshPage>
    let pendingOffer: TranslatedTemplate<PendingOfferPage>
    let dashboard: TranslatedTemplate<DashboardPage>
    let expenseForm: TranslatedTemplate<EntryPage>
    let deletedExpenses: TranslatedTemplate<DeletedExpensesPage>
    let account: TranslatedTemplate<AccountPage>
    let password: TranslatedTemplate<PasswordPage>
    let twoFactor: TranslatedTemplate<TwoFactorPage>
    let deleteAccount: TranslatedTemplate<DeleteAccountPage>
    let summary: TranslatedTemplate<SummaryPage>
    let categories: TranslatedTemplate<CategoriesPage>
    let rules: TranslatedTemplate<RulesPage>
    let targets: TranslatedTemplate<TargetsPage>
    let tags: TranslatedTemplate<TagsPage>
    let selectedConfirmation: TranslatedTemplate<SelectedConfirmationPage>
    let repeating: TranslatedTemplate<RepeatingPage>
    let repeatingForm: TranslatedTemplate<RepeatingPage>
    let settings: TranslatedTemplate<SettingsPage>
    let tokens: TranslatedTemplate<TokensPage>
    let data: TranslatedTemplate<DataPage>
    let api: TranslatedTemplate<APIPage>
    let upload: TranslatedTemplate<UploadPage>
    let importPreview: TranslatedTemplate<ImportPreviewPage>
    let importAdding: TranslatedTemplate<ImportAddingPage>
    let importDone: TranslatedTemplate<ImportDonePage>

    /// Compiling them is most of what a start costs, so two threads share it. Throws a `TemplateError`.
    ///
    /// - Parameter root: holds Templates/.
    package init(root: String, basePath: BasePath = BasePath()) throws {
        let folder = root + "/Templates"
        let languages = try Languages(
            folder: folder + "/Languages", TemplateLibrary(directory: folder, basePath: basePath.text))
        self.languages = languages
        let (ofMany, ofExpenses) = try inParallel {
            (
                try TranslatedTemplate<HomePage>("home/index", of: languages),
                try TranslatedTemplate<OfflinePage>("offline/index", of: languages),
                try TranslatedTemplate<ErrorPage>("frame/error", of: languages),
                try TranslatedTemplate<RegisterPage>("sign-in/register", of: languages),
                try TranslatedTemplate<RegistrationClosedPage>("sign-in/registration-closed", of: languages),
                try TranslatedTemplate<LoginPage>("sign-in/login", of: languages),
                try TranslatedTemplate<CodePage>("sign-in/code", of: languages),
                try TranslatedTemplate<RefreshPage>("sign-in/refresh", of: languages),
                try TranslatedTemplate<PendingOfferPage>("sign-in/pending", of: languages),
                try TranslatedTemplate<AccountPage>("account/index", of: languages),
                try TranslatedTemplate<PasswordPage>("account/password", of: languages),
                try TranslatedTemplate<TwoFactorPage>("account/two-factor", of: languages),
                try TranslatedTemplate<DeleteAccountPage>("account/delete", of: languages),
                try TranslatedTemplate<SettingsPage>("account/settings", of: languages),
                try TranslatedTemplate<TokensPage>("account/tokens", of: languages),
                try TranslatedTemplate<DataPage>("account/data", of: languages),
                try TranslatedTemplate<SummaryPage>("summary/index", of: languages),
                try TranslatedTemplate<CategoriesPage>("categories/index", of: languages),
                try TranslatedTemplate<RulesPage>("rules/index", of: languages),
                try TranslatedTemplate<TargetsPage>("targets/index", of: languages)
            )
        } _: {
            (
                try TranslatedTemplate<DashboardPage>("expenses/index", of: languages),
                try TranslatedTemplate<EntryPage>("expenses/form", of: languages),
                try TranslatedTemplate<DeletedExpensesPage>("expenses/deleted", of: languages),
                try TranslatedTemplate<TagsPage>("tags/index", of: languages),
                try TranslatedTemplate<SelectedConfirmationPage>("expenses/selected", of: languages),
                try TranslatedTemplate<RepeatingPage>("repeating/index", of: languages),
                try TranslatedTemplate<RepeatingPage>("repeating/edit", of: languages),
                try TranslatedTemplate<APIPage>("api/index", of: languages),
                try TranslatedTemplate<UploadPage>("import/upload", of: languages),
                try TranslatedTemplate<ImportPreviewPage>("import/preview", of: languages),
                try TranslatedTemplate<ImportAddingPage>("import/adding", of: languages),
                try TranslatedTemplate<ImportDonePage>("import/done", of: languages)
            )
        }
        (
            home, offline, error, register, registrationClosed, login, code, refresh, pendingOffer, account,
            password, twoFactor, deleteAccount, settings, tokens, data, summary, categories, rules, targets
        ) = ofMany
        (
            dashboard, expenseForm, deletedExpenses, tags, selectedConfirmation, repeating, repeatingForm,
            api, upload, importPreview, importAdding, importDone
        ) = ofExpenses
    }

    func response<Page: FramedPage>(
        _ status: Status, _ template: TranslatedTemplate<Page>, _ page: Page
    ) -> Response {
        var response = Response.html(status, template.render(page, in: page.frame.language))
        response.headers["Content-Language"] = page.frame.language.code
        return response
    }
}
