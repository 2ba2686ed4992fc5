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
    static func days(of year: Int, today: Day) -> Days? {
        guard year > 1900, year <= today.year, let first = YearMonth(year: year, month: 1) else { return nil }
        let end = min(first.advanced(by: 11).last, today)
        let month = end.yearMonth.advanced(by: -12)
        // 29 February has no such day in the year before: the last one there is stands for it.
        let endBefore = min(month.first.advanced(by: end.dayOfMonth - 1), month.last)
        let isRunning = end < first.advanced(by: 11).last
        return Days(
            own: first.first...end,
            before: first.advanced(by: -12).first...(isRunning ? endBefore : month.last), isRunning: isRunning
        )
    }
}
