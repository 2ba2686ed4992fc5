import HTTP
import Platform
import Templating

/// Every page's template, compiled against its model at start, so that a mistake in one stops the start.
struct Pages: Sendable {
    let home: Template<HomePage>
    let error: Template<ErrorPage>
    let register: Template<RegisterPage>
    let registrationClosed: Template<RegistrationClosedPage>
    let login: Template<LoginPage>
    let code: Template<CodePage>
    let refresh: Template<RefreshPage>
    let pendingOffer: Template<PendingOfferPage>
    let dashboard: Template<DashboardPage>
    let expenseForm: Template<EntryPage>
    let deletedExpenses: Template<DeletedExpensesPage>
    let account: Template<AccountPage>
    let password: Template<PasswordPage>
    let twoFactor: Template<TwoFactorPage>
    let deleteAccount: Template<DeleteAccountPage>
    let summary: Template<SummaryPage>
    let categories: Template<CategoriesPage>
    let rules: Template<RulesPage>
    let settings: Template<SettingsPage>
    let tokens: Template<TokensPage>
    let data: Template<DataPage>
    let api: Template<APIPage>
    let upload: Template<UploadPage>
    let importPreview: Template<ImportPreviewPage>
    let importAdding: Template<ImportAddingPage>
    let importDone: Template<ImportDonePage>

    /// Compiling them is most of what a start costs, so two threads share it. Throws a `TemplateError`.
    init(_ library: TemplateLibrary) throws {
        let (ofMany, ofExpenses) = try inParallel {
            (
                try library.template("home/index", for: HomePage.self),
                try library.template("frame/error", for: ErrorPage.self),
                try library.template("sign-in/register", for: RegisterPage.self),
                try library.template("sign-in/registration-closed", for: RegistrationClosedPage.self),
                try library.template("sign-in/login", for: LoginPage.self),
                try library.template("sign-in/code", for: CodePage.self),
                try library.template("sign-in/refresh", for: RefreshPage.self),
                try library.template("sign-in/pending", for: PendingOfferPage.self),
                try library.template("account/index", for: AccountPage.self),
                try library.template("account/password", for: PasswordPage.self),
                try library.template("account/two-factor", for: TwoFactorPage.self),
                try library.template("account/delete", for: DeleteAccountPage.self),
                try library.template("account/settings", for: SettingsPage.self),
                try library.template("account/tokens", for: TokensPage.self),
                try library.template("account/data", for: DataPage.self)
            )
        } _: {
            (
                try library.template("expenses/index", for: DashboardPage.self),
                try library.template("expenses/form", for: EntryPage.self),
                try library.template("expenses/deleted", for: DeletedExpensesPage.self),
                try library.template("summary/index", for: SummaryPage.self),
                try library.template("categories/index", for: CategoriesPage.self),
                try library.template("rules/index", for: RulesPage.self),
                try library.template("api/index", for: APIPage.self),
                try library.template("import/upload", for: UploadPage.self),
                try library.template("import/preview", for: ImportPreviewPage.self),
                try library.template("import/adding", for: ImportAddingPage.self),
                try library.template("import/done", for: ImportDonePage.self)
            )
        }
        (
            home, error, register, registrationClosed, login, code, refresh, pendingOffer, account, password,
            twoFactor, deleteAccount, settings, tokens, data
        ) = ofMany
        (
            dashboard, expenseForm, deletedExpenses, summary, categories, rules, api, upload, importPreview,
            importAdding, importDone
        ) = ofExpenses
    }

    func response<Page: TemplateModel>(_ status: Status, _ template: Template<Page>, _ page: Page) -> Response
    {
        .html(status, template.render(page))
    }
}
