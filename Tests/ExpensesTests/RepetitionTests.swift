import Expenses
import Testing

@Suite struct RepetitionTests {
    private static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    private static func days(
        _ first: String, _ every: Int, _ unit: Repetition.Unit, until: String? = nil, _ count: Int
    ) -> [String] {
        let repetition = Repetition(
            first: day(first), every: every, unit: unit, until: until.map(day))
        return (0..<count).compactMap { repetition.day($0)?.description }
    }

    @Test func `31 January monthly is the last day of February, and the 31st again in March`() {
        #expect(
            Self.days("2027-01-31", 1, .month, 5) == [
                "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31",
            ])
        #expect(Self.days("2028-01-31", 1, .month, 3) == ["2028-01-31", "2028-02-29", "2028-03-31"])
        #expect(Self.days("2026-08-31", 3, .month, 3) == ["2026-08-31", "2026-11-30", "2027-02-28"])
    }

    @Test func `29 February yearly is 28 February in common years`() {
        #expect(
            Self.days("2096-02-29", 1, .year, 9) == [
                "2096-02-29", "2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28",
                "2102-02-28", "2103-02-28", "2104-02-29",
            ])
    }

    @Test func `weeks and days go over months and years`() {
        #expect(Self.days("2026-12-28", 2, .week, 3) == ["2026-12-28", "2027-01-11", "2027-01-25"])
        #expect(
            Self.days("2028-02-27", 1, .day, 4) == ["2028-02-27", "2028-02-28", "2028-02-29", "2028-03-01"])
    }

    @Test func `the last day is included, and nothing follows it or the year 2999`() {
        #expect(Self.days("2026-11-01", 1, .month, until: "2027-01-01", 9).count == 3)
        #expect(Self.days("2026-11-01", 1, .month, until: "2026-12-31", 9).count == 2)
        #expect(Self.days("2999-11-30", 1, .month, 9) == ["2999-11-30", "2999-12-30"])
        #expect(Self.days("2999-12-31", 99, .year, 9) == ["2999-12-31"])
        #expect(Self.days("1900-01-01", 99, .year, 99).last == "2989-01-01")
        let daily = Repetition(first: .first, unit: .day)
        #expect(daily.day(daily.count(through: .last) - 1) == .last)
        #expect(daily.day(daily.count(through: .last)) == nil)
        #expect(daily.day(.max) == nil)
        #expect(daily.day(-1) == nil)
    }

    /// Counts on the calendar day by day, and month by month: knows no division.
    private struct Oracle {
        private var year: Int
        private var month: Int
        private let first: Day

        init(_ first: Day) { (year, month, self.first) = (first.year, first.month, first) }

        mutating func next(_ every: Int, _ unit: Repetition.Unit) {
            for _ in 0..<every * (unit == .year ? 12 : 1) {
                month += 1
                if month > 12 { (year, month) = (year + 1, 1) }
            }
        }

        /// The day of the first one, or the nearest one before it that the month has.
        var day: Day? {
            (0...3).lazy.compactMap { [self] in Day(year: year, month: month, day: first.dayOfMonth - $0) }
                .first
        }
    }

    private static let calendar: [Day] = {
        var days: [Day] = []
        for year in 2092...2112 {
            for month in 1...12 {
                for day in 1...31 { days += [Day(year: year, month: month, day: day)].compactMap(\.self) }
            }
        }
        return days
    }()

    @Test func `all first days of a leap cycle are counted as on a calendar`() {
        let calendar = Self.calendar
        for start in 0..<1461 + 365 {
            for (unit, step) in [(Repetition.Unit.day, 1), (.week, 7)] {
                for every in [1, 2, 3, 10, 99] {
                    let repetition = Repetition(first: calendar[start], every: every, unit: unit)
                    for number in [0, 1, 2, 7] {
                        guard repetition.day(number) == calendar[start + number * every * step] else {
                            Issue.record("\(repetition): \(number)")
                            return
                        }
                    }
                }
            }
            for (unit, most) in [(Repetition.Unit.month, 30), (.year, 9)] {
                for every in [1, 2, 5, 12, 13, 99] {
                    let repetition = Repetition(first: calendar[start], every: every, unit: unit)
                    var oracle = Oracle(calendar[start])
                    for number in 0...most {
                        guard repetition.day(number) == oracle.day else {
                            Issue.record("\(repetition): \(number)")
                            return
                        }
                        oracle.next(every, unit)
                    }
                }
            }
        }
    }

    @Test func `the number after a day is that of the first day that is later`() {
        let calendar = Self.calendar
        for start in stride(from: 0, to: 800, by: 3) {
            for (unit, every) in [
                (Repetition.Unit.day, 1), (.day, 3), (.week, 1), (.week, 5), (.month, 1), (.month, 7),
                (.year, 1),
            ] {
                let repetition = Repetition(first: calendar[start], every: every, unit: unit)
                var expected = 0
                for day in calendar[max(0, start - 3)...].prefix(420) {
                    while let next = repetition.day(expected), next <= day { expected += 1 }
                    guard repetition.number(after: day) == expected else {
                        Issue.record("\(repetition) after \(day)")
                        return
                    }
                }
            }
        }
    }

    @Test func `what has been asked for in another program comes out here as well`() throws {
        // Made with dateutil.relativedelta.
        for line in Self.known.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            let every = try #require(Int(parts[1]))
            let unit = try #require(Repetition.Unit(rawValue: parts[2]))
            let number = try #require(Int(parts[3]))
            #expect(
                Repetition(first: Self.day(parts[0]), every: every, unit: unit).day(number)?.description
                    == parts[4], "\(line)")
        }
    }

    private static let known = """
        2024-02-29 42 day 3 2024-07-04
        2024-02-29 51 day 1 2024-04-20
        2024-02-29 10 week 9 2025-11-20
        2024-02-29 13 week 6 2025-08-28
        2024-02-29 75 month 1 2030-05-29
        2024-02-29 65 month 4 2045-10-29
        2024-02-29 2 year 1 2026-02-28
        2024-02-29 14 year 4 2080-02-29
        2027-01-31 9 day 4 2027-03-08
        2027-01-31 12 day 9 2027-05-19
        2027-01-31 55 week 1 2028-02-20
        2027-01-31 73 week 2 2029-11-18
        2027-01-31 29 month 1 2029-06-30
        2027-01-31 74 month 7 2070-03-31
        2027-01-31 2 year 2 2031-01-31
        2027-01-31 2 year 2 2031-01-31
        2026-12-31 38 day 7 2027-09-23
        2026-12-31 19 day 9 2027-06-20
        2026-12-31 16 week 5 2028-07-13
        2026-12-31 72 week 3 2031-02-20
        2026-12-31 14 month 4 2031-08-31
        2026-12-31 48 month 2 2034-12-31
        2026-12-31 18 year 1 2044-12-31
        2026-12-31 19 year 1 2045-12-31
        2026-08-30 80 day 4 2027-07-16
        2026-08-30 64 day 9 2028-03-28
        2026-08-30 55 week 6 2032-12-26
        2026-08-30 60 week 8 2035-11-11
        2026-08-30 47 month 5 2046-03-30
        2026-08-30 32 month 3 2034-08-30
        2026-08-30 23 year 2 2072-08-30
        2026-08-30 3 year 3 2035-08-30
        2096-02-29 68 day 8 2097-08-26
        2096-02-29 44 day 8 2097-02-15
        2096-02-29 37 week 2 2097-07-31
        2096-02-29 16 week 9 2098-12-03
        2096-02-29 54 month 3 2109-08-29
        2096-02-29 97 month 6 2144-08-29
        2096-02-29 5 year 4 2116-02-29
        2096-02-29 14 year 1 2110-02-28
        2026-05-15 86 day 2 2026-11-03
        2026-05-15 98 day 9 2028-10-13
        2026-05-15 74 week 6 2034-11-17
        2026-05-15 44 week 6 2031-06-06
        2026-05-15 77 month 8 2077-09-15
        2026-05-15 75 month 8 2076-05-15
        2026-05-15 3 year 1 2029-05-15
        2026-05-15 9 year 4 2062-05-15
        1900-01-01 90 day 2 1900-06-30
        1900-01-01 8 day 5 1900-02-10
        1900-01-01 83 week 8 1912-09-23
        1900-01-01 37 week 7 1904-12-19
        1900-01-01 86 month 6 1943-01-01
        1900-01-01 3 month 8 1902-01-01
        1900-01-01 12 year 2 1924-01-01
        1900-01-01 20 year 1 1920-01-01
        2899-07-29 64 day 1 2899-10-01
        2899-07-29 28 day 5 2899-12-16
        2899-07-29 17 week 4 2900-11-17
        2899-07-29 51 week 7 2906-06-02
        2899-07-29 64 month 2 2910-03-29
        2899-07-29 22 month 8 2914-03-29
        2899-07-29 13 year 3 2938-07-29
        2899-07-29 5 year 4 2919-07-29
        """
}

@Suite struct RepeatingExpenseTests {
    private func rule(_ first: String, _ unit: Repetition.Unit = .month, every: Int = 1) -> RepeatingExpense {
        RepeatingExpense(
            amount: Money(minorUnits: 1299), category: Category.ID(1), description: "Netflix",
            repetition: Repetition(first: day(first), every: every, unit: unit))
    }

    private func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    @Test func `more than one day in the past is asked about, and recorded or skipped as is said`() {
        var rule = rule("2026-08-04")
        let question = rule.begin(nil, today: day("2026-11-23"))
        #expect(question?.count == 4)
        #expect(question?.first == day("2026-08-04"))
        #expect(question?.last == day("2026-11-04"))
        #expect(rule.begin(.record, today: day("2026-11-23")) == nil)
        #expect(rule.nextDay == day("2026-08-04"))
        #expect(rule.begin(.skip, today: day("2026-11-23")) == nil)
        #expect(rule.nextDay == day("2026-12-04"))
        #expect(rule.begin(.skip, today: day("2026-11-04")) == nil)
        #expect(rule.nextDay == day("2026-11-04"))
    }

    @Test func `one day in the past is recorded without a question`() {
        var rule = rule("2026-11-04")
        #expect(rule.begin(nil, today: day("2026-11-23")) == nil)
        #expect(rule.nextDay == day("2026-11-04"))
    }

    @Test func `a new repetition of what has been recorded begins after today`() {
        var rule = rule("2026-09-01")
        while rule.takeDay(through: day("2026-11-23")) != nil {}
        #expect(rule.recorded == 3)
        let moved = Repetition(first: day("2026-09-05"), unit: .month)
        #expect(rule.follow(moved, nil, today: day("2026-11-23")) == nil)
        #expect(rule.nextDay == day("2026-12-05"))
        #expect(rule.recordedThrough == day("2026-11-01"))
        var ended = moved
        ended.until = day("2026-12-01")
        #expect(rule.follow(ended, nil, today: day("2026-11-23")) == nil)
        #expect(rule.hasEnded)
    }

    @Test func `a pause is not made up, and a skipped day is left out alone`() {
        var rule = rule("2026-11-04")
        rule.isPaused = true
        #expect(rule.nextDay == nil)
        #expect(rule.takeDay(through: day("2999-12-31")) == nil)
        rule.resume(today: day("2027-02-05"))
        #expect(rule.nextDay == day("2027-03-04"))
        let skipped = rule.skip()
        #expect(skipped)
        #expect(rule.nextDay == day("2027-04-04"))
    }

    @Test(arguments: [
        (1, Repetition.Unit.month, 1299), (3, .month, 433), (1, .year, 108), (1, .week, 5648),
        (1, .day, 39538),
        (2, .week, 2824),
    ])
    func `what it comes to in a month`(every: Int, unit: Repetition.Unit, monthly: Int64) {
        #expect(rule("2026-11-04", unit, every: every).monthly.minorUnits == monthly)
    }
}
