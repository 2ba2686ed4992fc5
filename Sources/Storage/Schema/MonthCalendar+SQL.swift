import Expenses

extension MonthCalendar {
    /// The month of a day, both as the database has them. Throws `StorageError.unreadable` for what is no day.
    func month(ofDay number: Int) throws -> Int {
        guard start > 1 else { return number / 100 }
        guard let day = Day(number: number) else { throw StorageError.unreadable(column: "day") }
        return month(of: day).number
    }

    /// The month of a day as a number yyyymm, as SQL: what `month(of:)` says, and at no cost for the calendar's months.
    func month(of day: String) -> String {
        start == 1 ? "\(day) / 100" : MonthCalendar.month(of: day, start: String(start))
    }

    /// The same where the day on which months begin is an expression.
    static func month(of day: String, start: String) -> String {
        let (earliest, latest) = (YearMonth.earliest.number, YearMonth.latest.number)
        // The month before, or after, is another year's at the turn of the year.
        return """
            (\(day) / 100 + CASE \
            WHEN \(start) < \(firstNamedAfterEnd) AND \(day) % 100 < \(start) AND \(day) / 100 > \(earliest) \
            THEN CASE \(day) / 100 % 100 WHEN 1 THEN -89 ELSE -1 END \
            WHEN \(start) >= \(firstNamedAfterEnd) AND \(day) % 100 >= \(start) AND \(day) / 100 < \(latest) \
            THEN CASE \(day) / 100 % 100 WHEN 12 THEN 89 ELSE 1 END \
            ELSE 0 END)
            """
    }
}
