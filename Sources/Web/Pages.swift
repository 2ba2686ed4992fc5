import HTTP
import Templating

/// Every page's template, compiled against its model when it is first shown, or by `check`.
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

    /// Compiles them, one after the other.
    private let checks: [@Sendable () throws -> Void]

    /// Throws a `TemplateError` where a file cannot be read.
    ///
    /// - Parameter root: holds Templates/.
    package init(root: String, basePath: BasePath = BasePath()) throws {
        let folder = root + "/Templates"
        let languages = try Languages(
            folder: folder + "/Languages", TemplateLibrary(directory: folder, basePath: basePath.text))
        self.languages = languages
        var checks: [@Sendable () throws -> Void] = []
        func page<Page>(_ name: String) -> TranslatedTemplate<Page> {
            let page = TranslatedTemplate<Page>(name, of: languages)
            checks.append { try page.check() }
            return page
        }
        home = page("home/index")
        offline = page("offline/index")
        error = page("frame/error")
        register = page("sign-in/register")
        registrationClosed = page("sign-in/registration-closed")
        login = page("sign-in/login")
        code = page("sign-in/code")
        refresh = page("sign-in/refresh")
        pendingOffer = page("sign-in/pending")
        dashboard = page("expenses/index")
        expenseForm = page("expenses/form")
        deletedExpenses = page("expenses/deleted")
        account = page("account/index")
        password = page("account/password")
        twoFactor = page("account/two-factor")
        deleteAccount = page("account/delete")
        summary = page("summary/index")
        categories = page("categories/index")
        rules = page("rules/index")
        targets = page("targets/index")
        tags = page("tags/index")
        selectedConfirmation = page("expenses/selected")
        repeating = page("repeating/index")
        repeatingForm = page("repeating/edit")
        settings = page("account/settings")
        tokens = page("account/tokens")
        data = page("account/data")
        api = page("api/index")
        upload = page("import/upload")
        importPreview = page("import/preview")
        importAdding = page("import/adding")
        importDone = page("import/done")
        self.checks = checks
    }

    /// Compiles every page, which is most of what a start costs. Throws a `TemplateError` for the first with a mistake.
    package func check() throws { for check in checks { try check() } }

    func response<Page: FramedPage>(
        _ status: Status, _ template: TranslatedTemplate<Page>, _ page: Page
    ) -> Response {
        do {
            var response = Response.html(status, try template.render(page, in: page.frame.language))
            response.headers["Content-Language"] = page.frame.language.code
            return response
        } catch {
            // The start is still checking the pages, and ends the program for the same error, which it prints.
            var response = Response.text(.serviceUnavailable, Status.serviceUnavailable.reason + "\n")
            response.headers["Retry-After"] = "2"
            return response
        }
    }
}
