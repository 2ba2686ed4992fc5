import Expenses
import Storage
import Templating

/// What the dashboard shows, as one read of the database gave it.
struct DashboardContents {
    var categories: [Category]
    var page: ExpensePage
    var summary: Summary
    /// What a month is compared with; nil where no one month is shown.
    var before: EarlierDays?
    /// What the month that goes on has until today, where some of its expenses may be of later days.
    var soFar: Summary?
    /// The months that hold any expense of the user's.
    var months: ClosedRange<YearMonth>?
    var suggestions: [String]
    /// How the tags that are asked for were typed last.
    var tagNames: [String]
    /// The category of a new expense that leaves it open.
    var guess: String
    /// What is meant to be spent, where a month is shown as a whole.
    var targets: Targets?
    /// Whether sample expenses are among the user's.
    var hasSamples: Bool
    /// Where nothing matches: a word of the text that no description has.
    var missingWord: String?
    /// The one that repeats whose expenses alone are shown.
    var repeating: RepeatingExpense?
    /// Those that have something to come this month, where the page shows it.
    var upcoming: [RepeatingExpense] = []
    /// Which one that repeats has recorded an expense of the page.
    var recordedBy: [Expense.ID: RepeatingExpense.ID] = [:]
    /// Where what has just been saved has come several times.
    var offer: RepeatingOffer?
    /// What has just been saved, changed, deleted or restored.
    var changedExpense: Expense?

    /// How many expenses are on a page.
    static let pageLength = 50

    init(
        of user: User, _ query: FilterQuery, change: ExpenseChange?, today: Day, from stores: Stores
    ) throws {
        stores.announce {
            try DashboardContents.announce(of: user, query, change: change, today: today, from: $0)
        }
        categories = try stores.categories.all(of: user.id)
        repeating = try query.repeating.flatMap { try stores.repeating.find($0, owner: user.id) }
        let months = user.preferences.months
        let current = months.month(of: today)
        let filter = query.filter(today: today, months: months)
        let overview = try stores.overview.find(of: user.id)
        page = try stores.list.page(
            of: user.id, matching: filter, after: query.after, limit: DashboardContents.pageLength)
        if filter.isEmpty {
            summary = try stores.totals.all(
                of: user.id, asOf: current, since: overview.months?.lowerBound)
        } else {
            summary = try DashboardContents.summary(of: user, filter, from: stores)
        }
        if let (month, days, filter) = DashboardContents.earlier(query, today: today, months) {
            if query.days == .any {
                let total = try stores.totals.total(of: user.id, matching: filter)
                before = EarlierDays(month: month, days: days, total: total)
            } else {
                let earlier = try stores.totals.summary(of: user.id, matching: filter)
                before = EarlierDays(
                    month: month, days: days, total: earlier.total, byCategory: earlier.byCategory)
            }
        }
        if overview.hasTargets, before != nil, query.categories.isEmpty, query.text.isEmpty,
            query.tags.isEmpty
        {
            targets = Targets(try stores.targets.all(of: user.id))
        }
        if before?.month == current, (page.expenses.first?.day ?? today) > today || query.after != nil {
            var passed = query
            passed.days = DayFilter(from: months.first(of: current), through: today)
            soFar = try stores.totals.summary(
                of: user.id, matching: passed.filter(today: today, months: months))
        }
        if page.expenses.isEmpty, query.after == nil, overview.months != nil, !query.text.isEmpty {
            missingWord = try stores.descriptions.missingWord(of: user.id, in: query.text)
        }
        self.months = overview.months
        suggestions = overview.descriptions
        tagNames = try query.tags.map { try stores.tags.name(of: $0, owner: user.id) }
        guess = DashboardContents.guess(overview, categories)
        hasSamples = overview.months != nil && overview.hasSamples
        if overview.hasRepeating {
            recordedBy = try stores.repeating.rules(of: page.expenses.map(\.id), owner: user.id)
            if query.showsUpcoming(in: current) {
                upcoming = try stores.repeating.all(of: user.id).filter { query.mayHold($0) }
            }
        }
        changedExpense = try change.flatMap { try DashboardContents.expense($0, of: user, from: stores) }
        if change?.kind == .saved, let changedExpense {
            offer = try RepeatingOffer(
                after: changedExpense,
                rules: overview.hasRepeating ? stores.repeating.all(of: user.id) : [], owner: user.id,
                in: stores)
        }
    }

    private static func summary(of user: User, _ filter: Filter, from stores: Stores) throws -> Summary {
        filter.isOfDays
            ? try stores.totals.summaryByDay(of: user.id, matching: filter)
            : try stores.totals.summary(of: user.id, matching: filter)
    }

    /// Reads what the page reads, as far as that does not depend on what is found.
    private static func announce(
        of user: User, _ query: FilterQuery, change: ExpenseChange?, today: Day, from stores: Stores
    ) throws {
        let months = user.preferences.months
        let filter = query.filter(today: today, months: months)
        _ = try stores.categories.all(of: user.id)
        _ = try? stores.overview.find(of: user.id)
        _ = try stores.list.page(of: user.id, matching: filter, after: query.after, limit: pageLength)
        if filter.isEmpty {
            _ = try stores.totals.all(of: user.id, asOf: months.month(of: today))
        } else {
            _ = try summary(of: user, filter, from: stores)
        }
        if let (_, _, filter) = earlier(query, today: today, months) {
            _ =
                query.days == .any
                ? try stores.totals.total(of: user.id, matching: filter)
                : try stores.totals.summary(of: user.id, matching: filter).total
        }
        _ = try change.map { try expense($0, of: user, from: stores) }
    }

    /// What a month is compared with; nil where no one month is shown.
    private static func earlier(
        _ query: FilterQuery, today: Day, _ months: MonthCalendar
    ) -> (month: YearMonth, days: ClosedRange<Day>, filter: Filter)? {
        guard let month = query.days == .any ? months.month(of: today) : query.singleMonth,
            month > .earliest
        else { return nil }
        let days = EarlierDays.range(before: month, of: months, today: today)
        var earlier = FilterQuery(
            categories: query.categories, text: query.text, tags: query.tags, repeating: query.repeating)
        earlier.days = DayFilter(from: days.lowerBound, through: days.upperBound)
        return (month, days, earlier.filter(today: today, months: months))
    }

    private static func expense(
        _ change: ExpenseChange, of user: User, from stores: Stores
    ) throws -> Expense? {
        switch change.kind {
        case .saved, .updated, .restored: try stores.expenses.find(change.id, owner: user.id)
        case .deleted: try stores.bin.find(change.id, owner: user.id)
        }
    }

    /// The name of the category that a new expense gets when neither it nor its description says one.
    static func guess(_ overview: Overview, _ categories: [Category]) -> String {
        (categories.first { $0.id == overview.lastCategory } ?? categories.first)?.name ?? ""
    }
}
