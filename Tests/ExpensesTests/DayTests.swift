import Expenses
import Testing

struct DayTests {
    @Test(arguments: ["1900-01-01", "2000-02-29", "2024-02-29", "2026-11-22", "2999-12-31"])
    func `a day is written as it is read`(text: String) {
        #expect(Day(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29", "1900-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
        "2026-01-00", "2026-01-32", "1899-12-31", "3000-01-01", "2026-1-01", "26-01-01", "2026/01/01",
        "2026-01-01T00:00", " 2026-01-01", "2026-01-01 ", "-2026-01-01", "+026-01-01", "2026-0a-01",
        "２０２６-01-01", "2026-01-0\u{661}", "99999999999999999999-01-01",
    ])
    func `what is no day of the calendar is refused`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [0, -1, 20_260_229, 20_261_301, 18_991_231, 30_000_101, Int.max, Int.min])
    func `a number that is no day is refused`(number: Int) {
        #expect(Day(number: number) == nil)
    }

    @Test func `counting days goes through every day of the range, in order and back`() throws {
        let first = Day.first.daysSinceEpoch
        #expect(first == -25_567)
        #expect(Day.last.daysSinceEpoch == 376_199)
        var expected = (year: 1900, month: 1, day: 1)
        for count in first...Day.last.daysSinceEpoch {
            let day = try #require(Day(daysSinceEpoch: count))
            guard
                day.year == expected.year, day.month == expected.month, day.dayOfMonth == expected.day,
                day.daysSinceEpoch == count, Day(number: day.number) == day
            else {
                Issue.record("day \(count) is \(day), not \(expected)")
                return
            }
            expected.day += 1
            if Day(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected.year == 3000)
    }

    @Test(arguments: [-25_568, 376_200, Int.max, Int.min, -10_000_000])
    func `a count outside the range is no day`(count: Int) {
        #expect(Day(daysSinceEpoch: count) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", Weekday.thursday), ("1900-01-01", .monday), ("2000-02-29", .tuesday),
        ("2026-11-23", .monday), ("1969-07-20", .sunday), ("2999-12-31", .tuesday),
        ("2024-12-25", .wednesday),
        ("1969-12-31", .wednesday), ("2021-01-01", .friday), ("2022-01-01", .saturday),
    ])
    func `weekdays are right`(text: String, weekday: Weekday) throws {
        #expect(try #require(Day(text)).weekday == weekday)
    }

    @Test(arguments: [
        ("2026-12-31", 1, "2027-01-01"), ("2024-02-28", 1, "2024-02-29"), ("2026-03-01", -1, "2026-02-28"),
        ("2026-11-23", 365, "2027-11-23"), ("2999-12-31", 1, "2999-12-31"), ("1900-01-01", -1, "1900-01-01"),
        ("2026-01-01", Int.max, "2999-12-31"), ("2026-01-01", Int.min, "1900-01-01"),
        ("2026-01-01", 0, "2026-01-01"),
    ])
    func `advancing by days stays within the range`(text: String, count: Int, result: String) throws {
        #expect(try #require(Day(text)).advanced(by: count).description == result)
    }

    @Test func `days sort as the calendar does`() throws {
        let days = try ["2026-02-01", "2025-12-31", "2026-01-31"].map { try #require(Day($0)) }
        #expect(days.sorted().map(\.description) == ["2025-12-31", "2026-01-31", "2026-02-01"])
    }
}
