import Expenses
import Testing

@Suite struct MonthCalendarTests {
    private static let calendars = MonthCalendar.starts.compactMap { MonthCalendar(start: $0) }
    /// With both ends of all days, and with leap years of both kinds.
    private static let years = [1900...1901, 1904...1904, 1999...2001, 2024...2028, 2100...2100, 2998...2999]

    private static func month(_ text: String) -> YearMonth {
        guard let month = YearMonth(text) else { preconditionFailure("\(text) is no month") }
        return month
    }

    private static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    @Test(arguments: [0, 29, 31, -1, Int.max])
    func `a month cannot begin on a day that not every month has`(start: Int) {
        #expect(MonthCalendar(start: start) == nil)
    }

    @Test(arguments: calendars)
    func `each day belongs to the month whose days hold it, and to no other`(months: MonthCalendar) throws {
        for year in Self.years.joined() {
            var day = try #require(Day(year: year, month: 1, day: 1))
            let last = try #require(Day(year: year, month: 12, day: 31))
            while true {
                let month = months.month(of: day)
                let isInside = months.first(of: month) <= day && day <= months.last(of: month)
                if !isInside { Issue.record("\(day) is not in \(month) with \(months)") }
                if day == last { break }
                day = day.advanced(by: 1)
            }
        }
    }

    @Test(arguments: calendars)
    func `months follow each other without a gap, from the first day to the last`(months: MonthCalendar)
        throws
    {
        #expect(months.first(of: .earliest) == .first)
        #expect(months.last(of: .latest) == .last)
        for year in Self.years.joined() {
            for number in 1...12 {
                let month = try #require(YearMonth(year: year, month: number))
                guard month < .latest else { break }
                let next = month.advanced(by: 1)
                #expect(months.last(of: month).advanced(by: 1) == months.first(of: next))
                #expect(
                    month > .earliest || months.start == 1
                        || months.first(of: next).dayOfMonth == months.start)
            }
            let days = try #require(months.days(ofYear: year))
            #expect(months.month(of: days.lowerBound) == YearMonth(year: year, month: 1))
            #expect(months.month(of: days.upperBound) == YearMonth(year: year, month: 12))
        }
    }

    @Test(arguments: [
        (1, "2026-11", "2026-11-01", "2026-11-30"), (1, "2024-02", "2024-02-01", "2024-02-29"),
        (2, "2026-02", "2026-02-02", "2026-03-01"), (15, "2026-11", "2026-11-15", "2026-12-14"),
        (16, "2026-11", "2026-10-16", "2026-11-15"), (25, "2027-01", "2026-12-25", "2027-01-24"),
        (28, "2026-03", "2026-02-28", "2026-03-27"), (25, "1900-01", "1900-01-01", "1900-01-24"),
        (10, "1900-01", "1900-01-01", "1900-02-09"), (25, "2999-12", "2999-11-25", "2999-12-31"),
        (10, "2999-12", "2999-12-10", "2999-12-31"),
    ])
    func `a month that begins on the 16th or later has the name of the one in which it ends`(
        start: Int, month: String, first: String, last: String
    ) throws {
        let months = try #require(MonthCalendar(start: start))
        #expect(months.days(of: Self.month(month)) == Self.day(first)...Self.day(last))
        #expect(months.month(of: Self.day(first)) == Self.month(month))
        #expect(months.month(of: Self.day(last)) == Self.month(month))
    }

    @Test func `a year has the days of the twelve months that are named so`() throws {
        let months = try #require(MonthCalendar(start: 25))
        #expect(months.days(ofYear: 2026) == Self.day("2025-12-25")...Self.day("2026-12-24"))
        #expect(MonthCalendar.civil.days(ofYear: 2026) == Self.day("2026-01-01")...Self.day("2026-12-31"))
        #expect(months.days(ofYear: 3000) == nil && months.days(ofYear: 1899) == nil)
    }
}
