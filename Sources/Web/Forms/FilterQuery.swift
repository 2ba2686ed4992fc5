import Expenses
import HTTP

/// The dashboard's filters as its address holds them; all of them hold at once.
struct FilterQuery: Sendable, Equatable {
    var categories: [Category.ID] = []
    /// 1 to 12; without a year it means that month of every year.
    var month: Int?
    var year: Int?
    var from: Day?
    var through: Day?
    var period: Period?
    var text = ""
    /// Where the page before ended; nil on the first page.
    var after: Cursor?

    /// The month that is shown, where the filter names exactly one.
    var singleMonth: YearMonth? {
        guard let month, let year, from == nil, through == nil, period == nil else { return nil }
        return YearMonth(year: year, month: month)
    }

    /// Whether any condition narrows the days.
    var narrowsDays: Bool {
        month != nil || year != nil || from != nil || through != nil || period != nil
    }

    var isEmpty: Bool { self == FilterQuery(after: after) }

    func filter(today: Day) -> Filter {
        var filter = Filter(
            categories: categories, from: from ?? .first, through: through ?? .last, text: text)
        if let period { filter.narrow(to: period.range(endingOn: today)) }
        switch (year, month) {
        case (let year?, let month?):
            guard let whole = YearMonth(year: year, month: month) else { break }
            filter.narrow(to: whole.first...whole.last)
        case (let year?, nil):
            guard let first = YearMonth(year: year, month: 1) else { break }
            filter.narrow(to: first.first...first.advanced(by: 11).last)
        case (nil, let month):
            filter.monthOfYear = month
        }
        return filter
    }
}

extension FilterQuery {
    /// The same categories and text, on any day.
    var onAnyDay: FilterQuery { FilterQuery(categories: categories, text: text) }

    /// The same filter on another set of categories, from its first page.
    func showing(_ categories: [Category.ID]) -> FilterQuery {
        var query = self
        query.categories = categories
        query.after = nil
        return query
    }

    /// The same categories and text in one whole month.
    func moved(to month: YearMonth) -> FilterQuery {
        var query = onAnyDay
        query.year = month.year
        query.month = month.month
        return query
    }

    /// The part of this filter's match that lies within `days`.
    func narrowed(to days: ClosedRange<Day>, today: Day) -> FilterQuery {
        var filter = filter(today: today)
        filter.narrow(to: days)
        var query = onAnyDay
        let month = filter.from.yearMonth
        if filter.from == month.first && filter.through == month.last {
            query.year = month.year
            query.month = month.month
            return query
        }
        query.month = filter.monthOfYear
        if filter.from > .first { query.from = filter.from }
        if filter.through < .last { query.through = filter.through }
        return query
    }
}

extension Filter {
    fileprivate mutating func narrow(to days: ClosedRange<Day>) {
        from = max(from, days.lowerBound)
        through = min(through, days.upperBound)
    }
}
