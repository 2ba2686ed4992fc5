import Expenses
import Storage

/// What the dashboard shows, as one read of the database gave it.
struct DashboardContents {
    var categories: [Category]
    var page: ExpensePage
    var summary: Summary
    /// The month before the single one that is shown, under the same categories and text.
    var before: Summary?
    /// The months that hold any expense of the user's.
    var months: ClosedRange<YearMonth>?
    var suggestions: [String]
    /// Whether sample expenses are among the user's.
    var hasSamples: Bool
    /// What has just been saved, changed, deleted or restored.
    var news: Expense?

    /// How many expenses are on a page.
    static let pageLength = 50
    static let suggestionCount = 20

    init(
        of user: User, _ query: inout FilterQuery, news: ExpenseNews?, today: Day, now: Int64,
        ignored: inout [String], from stores: Stores
    ) throws {
        categories = try stores.categories.all(of: user.id)
        query.keep(categories, ignored: &ignored)
        let filter = query.filter(today: today)
        page = try stores.expenses.page(
            of: user.id, matching: filter, after: query.after, limit: DashboardContents.pageLength)
        summary =
            try filter == Filter()
            ? stores.expenses.totals(of: user.id) : stores.expenses.summary(of: user.id, matching: filter)
        if let month = query.singleMonth, month > Day.first.yearMonth {
            before = try stores.expenses.summary(
                of: user.id, matching: query.moved(to: month.advanced(by: -1)).filter(today: today))
        }
        months = try stores.expenses.months(of: user.id)
        suggestions = try stores.expenses.descriptions(
            of: user.id, limit: DashboardContents.suggestionCount)
        hasSamples = try months != nil && stores.expenses.hasSamples(of: user.id)
        guard let news else { return }
        switch news.kind {
        case .saved, .updated, .restored:
            self.news = try stores.expenses.find(news.id, owner: user.id)
        case .deleted:
            self.news = try stores.expenses.findDeleted(news.id, owner: user.id)
        }
    }
}
