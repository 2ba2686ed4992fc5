import Expenses
import HTTP
import Storage

/// A year at a glance.
struct SummaryController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /summary
    func show(_ visit: UserVisit) throws -> Response {
        var fields = FormData()
        fields.append("year", visit.request.query["year"] ?? "")
        var ignored: [String] = []
        let year = FilterQuery(fields, ignored: &ignored).days.year ?? visit.today.year
        let owner = visit.user.id
        let days = YearComparison.days(of: year, today: visit.today)
        let (categories, summary, known, comparison) = try visit.read { stores in
            (
                try stores.categories.all(of: owner),
                try stores.totals.summary(of: owner, matching: SummaryController.filter(year)),
                try stores.totals.months(of: owner),
                try days.map { days in
                    YearComparison(
                        days: days,
                        total: try stores.totals.total(of: owner, matching: Filter(days.own)),
                        before: try stores.totals.total(of: owner, matching: Filter(days.before)))
                }
            )
        }
        let notices = ignored.isEmpty ? [] : [Notice(text: FilterQuery.notice(ignored), kind: .info)]
        let page = SummaryPage(
            year, summary, comparison, categories: categories, known: known,
            frame: visit.frame("Summary of \(year)", section: .summary, notices: notices),
            wording: Wording(preferences: visit.preferences, today: visit.today))
        return services.pages.response(.ok, services.pages.summary, page)
    }

    /// The months of the year and of the one before.
    private static func filter(_ year: Int) -> Filter {
        let first = YearMonth(year: max(year - 1, 1900), month: 1)?.first ?? .first
        let last = YearMonth(year: year, month: 12)?.last ?? .last
        return Filter(from: first, through: last)
    }
}

extension Filter {
    fileprivate init(_ days: ClosedRange<Day>) { self.init(from: days.lowerBound, through: days.upperBound) }
}

/// A year beside the one before: all of it, or, while it goes on, what has passed of it beside the same days.
struct YearComparison {
    struct Days {
        let own: ClosedRange<Day>
        let before: ClosedRange<Day>
        /// Whether the year goes on.
        let isRunning: Bool
    }

    let days: Days
    let total: Total
    let before: Total

    /// Nil for a year to come, which says nothing beside one that has been, and for the first one there is.
    static func days(of year: Int, today: Day) -> Days? {
        guard year > 1900, year <= today.year, let first = YearMonth(year: year, month: 1) else { return nil }
        let end = min(first.advanced(by: 11).last, today)
        let month = end.yearMonth.advanced(by: -12)
        // 29 February has no such day in the year before: the last one there is stands for it.
        let endBefore = min(month.first.advanced(by: end.dayOfMonth - 1), month.last)
        let isRunning = end < first.advanced(by: 11).last
        return Days(
            own: first.first...end,
            before: first.advanced(by: -12).first...(isRunning ? endBefore : month.last), isRunning: isRunning
        )
    }
}
