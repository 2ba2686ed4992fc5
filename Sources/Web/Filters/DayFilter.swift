import Expenses

/// Which days a filter means; all of its conditions hold.
///
/// Sixteen bytes, since every link of a page holds one.
struct DayFilter: Sendable, Hashable {
    // Zero stands for a condition that is not there.
    /// The first and the last day as `Day.number`.
    private(set) var fromNumber: Int32
    private(set) var throughNumber: Int32
    private var yearNumber: Int16
    private var monthNumber: Int8
    var period: Period?

    /// 1 to 12; without a year it means that month of every year.
    var month: Int? {
        get { monthNumber == 0 ? nil : Int(monthNumber) }
        set { monthNumber = Int8(newValue ?? 0) }
    }

    var year: Int? {
        get { yearNumber == 0 ? nil : Int(yearNumber) }
        set { yearNumber = Int16(newValue ?? 0) }
    }

    var from: Day? {
        get { Day(number: Int(fromNumber)) }
        set { fromNumber = Int32(newValue?.number ?? 0) }
    }

    var through: Day? {
        get { Day(number: Int(throughNumber)) }
        set { throughNumber = Int32(newValue?.number ?? 0) }
    }

    static let any = DayFilter()

    init(month: Int? = nil, year: Int? = nil, from: Day? = nil, through: Day? = nil, period: Period? = nil) {
        monthNumber = Int8(month ?? 0)
        yearNumber = Int16(year ?? 0)
        fromNumber = Int32(from?.number ?? 0)
        throughNumber = Int32(through?.number ?? 0)
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

    /// Months and years are those of the filter's `months`.
    func narrow(_ filter: inout Filter, today: Day) {
        let months = filter.months
        filter.narrow(to: (from ?? .first), (through ?? .last))
        if let period {
            let range = period.range(endingOn: today)
            filter.narrow(to: range.lowerBound, range.upperBound)
        }
        switch (year, month) {
        case (let year?, let month?):
            guard let whole = YearMonth(year: year, month: month) else { break }
            filter.narrow(to: months.first(of: whole), months.last(of: whole))
        case (let year?, nil):
            guard let days = months.days(ofYear: year) else { break }
            filter.narrow(to: days.lowerBound, days.upperBound)
        case (nil, let month):
            filter.monthOfYear = month
        }
    }

    /// What these days have in common with `days`.
    func narrowed(to days: ClosedRange<Day>, today: Day, months: MonthCalendar) -> DayFilter {
        var filter = Filter(months: months)
        narrow(&filter, today: today)
        filter.narrow(to: days.lowerBound, days.upperBound)
        let month = months.month(of: filter.from)
        if filter.from == months.first(of: month) && filter.through == months.last(of: month) {
            return DayFilter(month)
        }
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
