import Expenses

/// A year beside the one before: all of it, or, while it goes on, what has passed of it beside the same days.
struct YearComparison {
    struct Days {
        let own: ClosedRange<Day>
        let before: ClosedRange<Day>
        /// Whether the year goes on.
        let isRunning: Bool
    }

    let days: Days
    let total: Total
    let before: Total

    /// Nil for a year to come, which says nothing beside one that has been, and for the first one there is.
    static func days(of year: Int, _ months: MonthCalendar, today: Day) -> Days? {
        guard year > 1900, year <= months.month(of: today).year, let own = months.days(ofYear: year),
            let before = months.days(ofYear: year - 1)
        else { return nil }
        guard today < own.upperBound else { return Days(own: own, before: before, isRunning: false) }
        let month = months.month(of: today)
        let passed = today.daysSinceEpoch - months.first(of: month).daysSinceEpoch
        let same = months.days(of: month.advanced(by: -12))
        // 29 February has no such day in the year before: the last one there is stands for it.
        let end = min(same.lowerBound.advanced(by: passed), same.upperBound)
        return Days(own: own.lowerBound...today, before: before.lowerBound...end, isRunning: true)
    }
}
