import Expenses
import Storage
import Templating

/// "My expenses": the form to add, the filters, the list, and the totals of all that match.
struct DashboardPage: FramedPage {
    var frame: Frame
    var entry: EntryFields
    var filters: FilterBar
    /// A new account has nothing to filter.
    var showsFilters: Bool
    var match: FilterTotals
    var list: ExpenseList
    /// What repeats and is to come this month; nil where nothing is.
    var upcoming: Upcoming?
    var comparison: Comparison?
    var months: MonthChart?
    var categories: CategoryChart?
    var emptiness: EmptyState?
    /// The match as a file; nil where nothing matches.
    var download: FilterAddress?

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "entry": .record { $0.entry },
        "filters": .record { $0.filters },
        "showsFilters": .flag { $0.showsFilters },
        "match": .record { $0.match },
        "list": .record { $0.list },
        "upcoming": .optional { $0.upcoming },
        "comparison": .optional { $0.comparison },
        "months": .optional { $0.months },
        "categories": .optional { $0.categories },
        "hasCharts": .flag { $0.comparison != nil || $0.categories != nil || $0.months != nil },
        "emptiness": .optional { $0.emptiness },
        "download": .value { $0.download },
    ]
}

extension DashboardPage {
    init(
        _ contents: DashboardContents, _ query: FilterQuery, frame: Frame, form: String,
        entryDay: Day, isFocused: Bool, wording: Wording
    ) {
        let total = contents.summary.total
        let links = FilterLinks(on: query)
        self.frame = frame
        list = ExpenseList(
            contents.page, query, links, categories: contents.categories, recordedBy: contents.recordedBy,
            form: form, wording: wording)
        upcoming = Upcoming(contents.upcoming, categories: contents.categories, wording: wording)
        entry = EntryFields(
            action: "/expenses", form: form, returnTo: list.returnTo,
            typed: ExpenseForm(date: entryDay.description), guess: contents.guess, isFocused: isFocused,
            categories: contents.categories.map { CategoryChoice(category: $0) },
            suggestions: contents.suggestions, currency: wording.preferences.currency.symbol)
        filters = FilterBar(
            query, links, categories: contents.categories, repeating: contents.repeating,
            known: contents.months, wording: wording)
        showsFilters = contents.months != nil || !query.isEmpty
        match = FilterTotals(
            count: wording.expenses(total.count), total: wording.money(total.amount),
            average: total.count > 1
                ? wording.money(total.amount.divided(by: total.count)) : nil)
        comparison = DashboardPage.comparison(contents, query, links, wording)
        if let upcoming, let amount = comparison?.amount.amount.amount {
            comparison?.expected = Message(
                "{amount} is expected by the end of {month}.",
                [
                    "amount": wording.money(amount + upcoming.total.amount),
                    "month": wording.today.yearMonth.name,
                ])
        }
        months = MonthChart(contents.summary, query, links, wording: wording)
        categories = CategoryChart(
            contents.summary, comparedWith: contents.before, beforeName: comparison?.beforeName,
            categories: contents.categories, query.days, links, wording: wording)
        emptiness =
            contents.page.expenses.isEmpty
            ? EmptyState(query, links, known: contents.months, form: form, wording: wording) : nil
        if total.count > 0 {
            download = links.address(query.days)
            download?.path = .download
        }
    }

    /// The month that is shown, or this one where days are not narrowed at all; nil where there is nothing to say.
    private static func comparison(
        _ contents: DashboardContents, _ query: FilterQuery, _ links: FilterLinks, _ wording: Wording
    ) -> Comparison? {
        guard let before = contents.before else { return nil }
        let total = contents.summary.total(of: before.month) ?? .zero
        guard total.count + before.total.count > 0 || !contents.upcoming.isEmpty else { return nil }
        var comparison = Comparison(total.amount, with: before, links, wording: wording)
        guard query.days == .any else { return comparison }
        let parts = contents.summary.categories(in: before.month)
        guard parts.count > 1 else { return comparison }
        comparison.parts = parts.prefix(maxParts).compactMap { part in
            contents.categories.first { $0.id == part.category }.map { category in
                CategoryPart(
                    category: category, amount: wording.money(part.total.amount),
                    address: links.address(DayFilter(before.month), category: category.id))
            }
        }
        let more = parts.count - maxParts
        if more > 0 {
            comparison.moreParts = Message(
                "{count} more", plural: "{count} more", count: more, ["count": more])
        }
        return comparison
    }

    /// How many categories stand below this month's amount.
    private static let maxParts = 7
}
