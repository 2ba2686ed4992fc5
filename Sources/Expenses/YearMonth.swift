/// One month of one year, between January 1900 and December 2999. Which days it has, a `MonthCalendar` tells.
package struct YearMonth: Hashable, Comparable, Sendable {
    /// The month as the decimal number yyyymm, which sorts as months do.
    package let number: Int

    package var year: Int { number / 100 }
    /// 1 to 12.
    package var month: Int { number % 100 }

    /// Nil outside the range of months and years.
    package init?(year: Int, month: Int) {
        guard (1900...2999).contains(year), (1...12).contains(month) else { return nil }
        number = year * 100 + month
    }

    /// Reads `YYYY-MM`, as `<input type="month">` sends it; anything else is nil.
    package init?(_ text: some StringProtocol) {
        guard let day = Day(text + "-01") else { return nil }
        number = day.number / 100
    }

    /// Reads a number yyyymm that is known to be a month, as a `Day` or the database holds it.
    package init(number: Int) {
        precondition(
            (1900...2999).contains(number / 100) && (1...12).contains(number % 100),
            "\(number) is not a month")
        self.number = number
    }

    package static let earliest = YearMonth(number: 1900_01)
    package static let latest = YearMonth(number: 2999_12)

    package static func < (left: YearMonth, right: YearMonth) -> Bool { left.number < right.number }

    /// The month `count` months later (earlier when negative), kept within the range of years.
    package func advanced(by count: Int) -> YearMonth {
        let months = 1900 * 12...2999 * 12 + 11
        let (target, overflow) = (year * 12 + (month - 1)).addingReportingOverflow(count)
        let clamped =
            overflow
            ? (count < 0 ? months.lowerBound : months.upperBound)
            : min(max(target, months.lowerBound), months.upperBound)
        return YearMonth(number: clamped / 12 * 100 + clamped % 12 + 1)
    }
}

extension YearMonth: CustomStringConvertible {
    /// `YYYY-MM`.
    package var description: String { "\(year)-\(padded(month))" }
}
