/// Which days the months of an account have: they may all begin on another day than the first, such as payday.
///
/// A month that begins on the 16th or later is named after the calendar's month in which it ends, which has most of its
/// days. The first month there is, January 1900, begins with the first day there is; December 2999 ends with the last.
package struct MonthCalendar: Hashable, Sendable {
    /// The days of the calendar's months on which these may begin: each month of the calendar has them.
    package static let starts = 1...28
    /// The months of the calendar.
    package static let civil = MonthCalendar(unchecked: 1)

    /// The day of the calendar's months on which these begin, one of `starts`.
    package let start: Int

    /// Nil for a day that not every month has.
    package init?(start: Int) {
        guard MonthCalendar.starts.contains(start) else { return nil }
        self.init(unchecked: start)
    }

    private init(unchecked start: Int) { self.start = start }

    /// The lowest day of `starts` with which a month is named after the calendar's month in which it ends.
    package static let firstNamedAfterEnd = 16

    private var isNamedAfterEnd: Bool { start >= MonthCalendar.firstNamedAfterEnd }

    package func month(of day: Day) -> YearMonth {
        let month = YearMonth(number: day.number / 100)
        guard start > 1, (day.dayOfMonth < start) != isNamedAfterEnd else { return month }
        // At either end of all days there is no month to go to.
        return month.advanced(by: isNamedAfterEnd ? 1 : -1)
    }

    package func first(of month: YearMonth) -> Day {
        guard start > 1 else { return day(1, of: month) }
        guard month > .earliest else { return .first }
        return day(start, of: isNamedAfterEnd ? month.advanced(by: -1) : month)
    }

    package func last(of month: YearMonth) -> Day {
        guard start > 1 else {
            return day(CivilDate.length(ofMonth: month.month, year: month.year), of: month)
        }
        guard month < .latest else { return .last }
        return day(start - 1, of: isNamedAfterEnd ? month : month.advanced(by: 1))
    }

    package func days(of month: YearMonth) -> ClosedRange<Day> { first(of: month)...last(of: month) }

    /// The days of the twelve months that are named so. Nil outside the range of years.
    package func days(ofYear year: Int) -> ClosedRange<Day>? {
        guard let january = YearMonth(year: year, month: 1) else { return nil }
        return first(of: january)...last(of: january.advanced(by: 11))
    }

    private func day(_ day: Int, of month: YearMonth) -> Day {
        guard let day = Day(year: month.year, month: month.month, day: day) else {
            preconditionFailure("every month of the range has the days asked for here")
        }
        return day
    }
}
