import Expenses

/// Which days a filter means; all of its conditions hold.
struct DayFilter: Sendable, Hashable {
    /// 1 to 12; without a year it means that month of every year.
    var month: Int?
    var year: Int?
    var from: Day?
    var through: Day?
    var period: Period?

    static let any = DayFilter()

    init(month: Int? = nil, year: Int? = nil, from: Day? = nil, through: Day? = nil, period: Period? = nil) {
        self.month = month
        self.year = year
        self.from = from
        self.through = through
        self.period = period
    }

    init(_ month: YearMonth) {
        self.init(month: month.month, year: month.year)
    }

    /// The month that is meant, where it is exactly one.
    var singleMonth: YearMonth? {
        guard let month, let year, from == nil, through == nil, period == nil else { return nil }
        return YearMonth(year: year, month: month)
    }

    /// The year that is meant, where it is exactly one.
    var singleYear: Int? {
        self == DayFilter(year: year) ? year : nil
    }

    func narrow(_ filter: inout Filter, today: Day) {
        filter.narrow(to: (from ?? .first), (through ?? .last))
        if let period {
            let range = period.range(endingOn: today)
            filter.narrow(to: range.lowerBound, range.upperBound)
        }
        switch (year, month) {
        case (let year?, let month?):
            guard let whole = YearMonth(year: year, month: month) else { break }
            filter.narrow(to: whole.first, whole.last)
        case (let year?, nil):
            guard let first = YearMonth(year: year, month: 1) else { break }
            filter.narrow(to: first.first, first.advanced(by: 11).last)
        case (nil, let month):
            filter.monthOfYear = month
        }
    }

    /// What these days have in common with `days`.
    func narrowed(to days: ClosedRange<Day>, today: Day) -> DayFilter {
        var filter = Filter()
        narrow(&filter, today: today)
        filter.narrow(to: days.lowerBound, days.upperBound)
        let month = filter.from.yearMonth
        if filter.from == month.first && filter.through == month.last { return DayFilter(month) }
        return DayFilter(
            month: filter.monthOfYear, from: filter.from > .first ? filter.from : nil,
            through: filter.through < .last ? filter.through : nil)
    }
}

extension Filter {
    fileprivate mutating func narrow(to first: Day, _ last: Day) {
        from = max(from, first)
        through = min(through, last)
    }
}
