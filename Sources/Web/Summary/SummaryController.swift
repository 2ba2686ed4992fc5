import Expenses
import HTTP
import Storage
import Templating

/// A year at a glance.
struct SummaryController: Sendable {
    let services: Services

    /// GET /summary
    func show(_ visit: UserVisit) throws -> Response {
        var fields = FormData()
        fields.append("year", visit.request.query["year"] ?? "")
        var ignored: [Message] = []
        let year = FilterQuery(fields, ignored: &ignored).days.year ?? visit.month.year
        let owner = visit.user.id
        let months = visit.preferences.months
        let days = YearComparison.days(of: year, months, today: visit.today)
        let (categories, summary, known, comparison, targets) = try visit.read { stores in
            (
                try stores.categories.all(of: owner),
                try stores.totals.summary(of: owner, matching: SummaryController.filter(year, months)),
                try stores.totals.months(of: owner),
                try days.map { days in
                    YearComparison(
                        days: days,
                        total: try stores.totals.total(of: owner, matching: Filter(days.own, of: months)),
                        before: try stores.totals.total(of: owner, matching: Filter(days.before, of: months)))
                },
                Targets(try stores.targets.all(of: owner))
            )
        }
        let notices = ignored.isEmpty ? [] : [Notice(text: FilterQuery.notice(ignored), kind: .info)]
        let page = SummaryPage(
            year, summary, comparison, categories: categories, known: known, targets: targets,
            frame: visit.frame(
                Message("Summary of {year}", ["year": year]), section: .summary, notices: notices),
            wording: visit.wording)
        return services.pages.response(.ok, services.pages.summary, page)
    }

    /// The months of the year and of the one before.
    private static func filter(_ year: Int, _ months: MonthCalendar) -> Filter {
        let first = months.days(ofYear: max(year - 1, 1900))?.lowerBound ?? .first
        let last = months.days(ofYear: year)?.upperBound ?? .last
        return Filter(first...last, of: months)
    }
}

extension Filter {
    init(_ days: ClosedRange<Day>, of months: MonthCalendar) {
        self.init(from: days.lowerBound, through: days.upperBound, months: months)
    }
}
