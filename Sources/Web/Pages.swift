import HTTP
import Templating

/// Every page's template, compiled against its model at start, so that a mistake in one stops the start.
struct Pages: Sendable {
    let home: Template<HomePage>
    let error: Template<ErrorPage>
    let register: Template<RegisterPage>
    let registrationClosed: Template<RegistrationClosedPage>
    let login: Template<LoginPage>
    let refresh: Template<RefreshPage>
    let pendingOffer: Template<PendingOfferPage>
    let dashboard: Template<DashboardPage>
    let expenseForm: Template<EntryPage>
    let deletedExpenses: Template<DeletedExpensesPage>
    let account: Template<AccountPage>
    let password: Template<PasswordPage>
    let deleteAccount: Template<DeleteAccountPage>
    let summary: Template<SummaryPage>
    let categories: Template<CategoriesPage>
    let settings: Template<SettingsPage>
    let tokens: Template<TokensPage>
    let data: Template<DataPage>
    let api: Template<APIPage>
    let upload: Template<UploadPage>
    let importPreview: Template<ImportPreviewPage>
    let importDone: Template<ImportDonePage>

    init(_ library: TemplateLibrary) throws(TemplateError) {
        home = try library.template("home/index")
        error = try library.template("frame/error")
        register = try library.template("sign-in/register")
        registrationClosed = try library.template("sign-in/registration-closed")
        login = try library.template("sign-in/login")
        refresh = try library.template("sign-in/refresh")
        pendingOffer = try library.template("sign-in/pending")
        dashboard = try library.template("expenses/index")
        expenseForm = try library.template("expenses/form")
        deletedExpenses = try library.template("expenses/deleted")
        account = try library.template("account/index")
        password = try library.template("account/password")
        deleteAccount = try library.template("account/delete")
        summary = try library.template("summary/index")
        categories = try library.template("categories/index")
        settings = try library.template("account/settings")
        tokens = try library.template("account/tokens")
        data = try library.template("account/data")
        api = try library.template("api/index")
        upload = try library.template("import/upload")
        importPreview = try library.template("import/preview")
        importDone = try library.template("import/done")
    }

    func response<Page: TemplateModel>(_ status: Status, _ template: Template<Page>, _ page: Page) -> Response
    {
        .html(status, template.render(page))
    }
}
