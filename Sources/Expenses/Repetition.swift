/// The days on which something comes again: a first one, and from it on every so many days, weeks, months or years.
package struct Repetition: Hashable, Sendable {
    package enum Unit: String, CaseIterable, Sendable {
        case day, week, month, year
    }

    package var first: Day
    /// Units from one day to the next, one of `distances`.
    package var every: Int
    package var unit: Unit
    /// The last day that may be one of them; nil where there is no end but that of the range of years.
    package var until: Day?

    package static let distances = 1...99

    package init(first: Day, every: Int = 1, unit: Unit, until: Day? = nil) {
        self.first = first
        self.every = every
        self.unit = unit
        self.until = until
    }

    /// The day of that number, from 0. It is counted from the first one, never from the one before: 31 January monthly is
    /// 28 or 29 February, then 31 March. Nil after the end.
    package func day(_ number: Int) -> Day? {
        guard number >= 0, number <= Repetition.mostDays, let day = unlimitedDay(number),
            until.map({ day <= $0 }) ?? true
        else { return nil }
        return day
    }

    /// More days than the range of years has.
    private static let mostDays = 500_000

    /// The number of the first day after that one; there need not be such a day.
    package func number(after day: Day) -> Int {
        guard day >= first else { return 0 }
        switch unit {
        case .day, .week:
            return (day.daysSinceEpoch - first.daysSinceEpoch) / distance + 1
        case .month, .year:
            let number = (day.monthsSinceYearZero - first.monthsSinceYearZero) / distance
            // In the same month it may come later than that day.
            return unlimitedDay(number).map { $0 <= day } == false ? number : number + 1
        }
    }

    /// How many of the days are no later than that one.
    package func count(through day: Day) -> Int { number(after: min(day, until ?? day)) }

    /// Without an end.
    private func unlimitedDay(_ number: Int) -> Day? {
        switch unit {
        case .day, .week: return Day(daysSinceEpoch: first.daysSinceEpoch + number * distance)
        case .month, .year:
            let months = first.monthsSinceYearZero + number * distance
            let (year, month) = (months / 12, months % 12 + 1)
            return Day(
                year: year, month: month,
                day: min(first.dayOfMonth, CivilDate.length(ofMonth: month, year: year)))
        }
    }

    /// In days, or in months.
    private var distance: Int {
        switch unit {
        case .day, .month: every
        case .week: 7 * every
        case .year: 12 * every
        }
    }
}

extension Repetition {
    /// What has these days, each later than the one before: so many weeks, months or years lie between them. Nil for less than
    /// three days, and for any others.
    package init?(through days: [Day]) {
        guard days.count >= 3 else { return nil }
        let months = days[1].monthsSinceYearZero - days[0].monthsSinceYearZero
        let between = days[1].daysSinceEpoch - days[0].daysSinceEpoch
        let candidates: [(Unit, Int)] = [
            (.year, months.isMultiple(of: 12) ? months / 12 : 0), (.month, months),
            (.week, between.isMultiple(of: 7) ? between / 7 : 0),
        ]
        for (unit, every) in candidates where Repetition.distances.contains(every) {
            let repetition = Repetition(first: days[0], every: every, unit: unit)
            if days.indices.allSatisfy({ repetition.day($0) == days[$0] }) {
                self = repetition
                return
            }
        }
        return nil
    }
}

extension Day {
    fileprivate var monthsSinceYearZero: Int { year * 12 + month - 1 }
}
