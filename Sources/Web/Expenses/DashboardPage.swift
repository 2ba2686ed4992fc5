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
    /// The list with boxes; nil without them.
    var selection: SelectionList?
    var problems: FormProblems = [:]
    /// The list with boxes, or, from there, the one without.
    var otherList: FilterAddress
    /// What repeats and is to come this month; nil where nothing is.
    var upcoming: Upcoming?
    var comparison: Comparison?
    var months: MonthChart?
    var categories: CategoryChart?
    var emptiness: EmptyState?
    /// The match as a file; nil where nothing matches.
    var download: FilterAddress?
    /// How many of the match are on this page; nil where all are.
    var shown: ShownCount?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "entry": .field { $0.entry },
        "filters": .field { $0.filters },
        "showsFilters": .field { $0.showsFilters },
        "match": .field { $0.match },
        "list": .field { $0.list },
        "selection": .field { $0.selection },
        "problems": .field { $0.problems.list },
        "otherList": .field { $0.otherList },
        "upcoming": .field { $0.upcoming },
        "comparison": .field { $0.comparison },
        "months": .field { $0.months },
        "categories": .field { $0.categories },
        "hasCharts": .field { $0.comparison != nil || $0.categories != nil || $0.months != nil },
        "emptiness": .field { $0.emptiness },
        "download": .field { $0.download },
        "shown": .field { $0.shown },
    ]
}

extension DashboardPage {
    init(
        _ contents: DashboardContents, _ query: FilterQuery, isSelecting: Bool = false, frame: Frame,
        form: String, entryDay: Day, isFocused: Bool, wording: Wording
    ) {
        let total = contents.summary.total
        let links = FilterLinks(query, isSelecting: isSelecting)
        otherList = FilterLinks(query, isSelecting: !isSelecting).address(query.days, after: query.after)
        self.frame = frame
        list = ExpenseList(
            contents.page, query, links, categories: contents.categories, recordedBy: contents.recordedBy,
            form: form, wording: wording)
        upcoming = Upcoming(contents.upcoming, categories: contents.categories, wording: wording)
        entry = EntryFields(
            action: "/expenses", form: form, returnTo: list.returnTo,
            typed: ExpenseForm(date: entryDay.description), guess: contents.guess, isFocused: isFocused,
            categories: [Choice](contents.categories),
            suggestions: contents.suggestions, currency: wording.preferences.currency.symbol)
        filters = FilterBar(
            query, links, contents.names, known: contents.months, wording: wording)
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
                    "month": wording.month.name,
                ])
        }
        months = MonthChart(contents.summary, query, links, wording: wording)
        categories = CategoryChart(
            contents.summary, comparedWith: contents.before, soFar: contents.soFar,
            beforeName: comparison?.beforeName,
            categories: contents.categories, query.days, links, wording: wording)
        emptiness =
            contents.page.expenses.isEmpty
            ? EmptyState(
                query, links, known: contents.months, missingWord: contents.missingWord, form: form,
                wording: wording) : nil
        let shown = contents.page.expenses.count
        if shown < total.count { self.shown = wording.number(shown) }
        if total.count > 0 {
            download = links.address(query.days)
            download?.path = .download
        }
    }

    /// Gives each expense a box.
    mutating func select(
        _ form: SelectionForm, _ problems: FormProblems, _ contents: DashboardContents,
        _ query: FilterQuery, _ wording: Wording
    ) {
        selection = SelectionList(
            form, problems, of: list, query, count: contents.summary.total.count,
            categories: contents.categories, wording: wording)
        self.problems = problems
    }

    /// The month that is shown, or this one where days are not narrowed at all; nil where there is nothing to say.
    private static func comparison(
        _ contents: DashboardContents, _ query: FilterQuery, _ links: FilterLinks, _ wording: Wording
    ) -> Comparison? {
        guard let before = contents.before else { return nil }
        let whole = contents.summary.total(of: before.month) ?? .zero
        // Against a target stands all that is dated in the month.
        let bars =
            contents.targets.map {
                TargetBar.all(
                    $0, in: before.month, total: whole.amount,
                    byCategory: query.days == .any
                        ? contents.summary.categories(in: before.month) : contents.summary.byCategory,
                    categories: contents.categories, links, wording: wording)
            } ?? []
        guard whole.count + before.total.count > 0 || !bars.isEmpty || !contents.upcoming.isEmpty else {
            return nil
        }
        let own = contents.soFar ?? contents.summary
        let total = own.total(of: before.month) ?? .zero
        var days = DayFilter(before.month)
        if whole.count > total.count {
            days = DayFilter(from: wording.months.first(of: before.month), through: wording.today)
        }
        var comparison = Comparison(total.amount, on: days, with: before, links, wording: wording)
        comparison.targets = bars
        comparison.targetsMonth = before.month
        if whole.count > total.count {
            let later = DayFilter(
                from: wording.today.advanced(by: 1), through: wording.months.last(of: before.month))
            comparison.later = AmountLink(
                amount: wording.money(whole.amount - total.amount), address: links.address(later))
        }
        guard query.days == .any else { return comparison }
        // What has a bar of its own is not said again.
        let barred = contents.targets?.inForce(in: before.month).compactMap(\.category) ?? []
        let parts = own.categories(in: before.month).filter { !barred.contains($0.category) }
        guard parts.count > (bars.isEmpty ? 1 : 0) else { return comparison }
        comparison.parts = parts.prefix(maxParts).compactMap { part in
            contents.categories.first { $0.id == part.category }.map { category in
                CategoryPart(
                    category: category, amount: wording.money(part.total.amount),
                    address: links.address(days, category: category.id))
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
