import Expenses
import Testing

struct PeriodTests {
    @Test(arguments: [
        ("week", "2026-11-17"), ("month", "2026-10-25"), ("3months", "2026-08-26"), ("year", "2025-11-24"),
    ])
    func `a period ends today and counts it`(name: String, start: String) throws {
        let today = try #require(Day("2026-11-23"))
        let period = try #require(Period(rawValue: name))
        let range = period.range(endingOn: today)
        #expect(range.lowerBound.description == start)
        #expect(range.upperBound == today)
        #expect(today.daysSinceEpoch - range.lowerBound.daysSinceEpoch == period.days - 1)
    }

    @Test func `a period at the beginning of time is cut short`() {
        #expect(Period.year.range(endingOn: .first) == Day.first...Day.first)
    }
}
