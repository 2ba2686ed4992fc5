/// A calendar day of the Gregorian calendar, from 1900-01-01 to 2999-12-31: never an instant, so no zone can move it.
package struct Day: Hashable, Comparable, Sendable {
    /// The day as the decimal number yyyymmdd, which sorts as days do.
    package let number: Int

    package var year: Int { number / 10_000 }
    /// 1 to 12.
    package var month: Int { number / 100 % 100 }
    /// 1 to 31.
    package var dayOfMonth: Int { number % 100 }

    package static let first = Day(unchecked: 1900, 1, 1)
    package static let last = Day(unchecked: 2999, 12, 31)

    /// Nil where the calendar, or the range of years, has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1900...2999).contains(year), (1...12).contains(month),
            (1...CivilDate.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// Reads a number yyyymmdd; nil where there is no such day.
    package init?(number: Int) {
        guard number > 0 else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Reads `YYYY-MM-DD` (ISO 8601 extended, as `<input type="date">` sends it); anything else is nil.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        var digits: [Int] = []
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            digits.append(Int(byte - UInt8(ascii: "0")))
        }
        func value(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        self.init(year: value(0..<4), month: value(4..<6), day: value(6..<8))
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        number = year * 10_000 + month * 100 + day
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// Days since 1970-01-01.
    package var daysSinceEpoch: Int { CivilDate(year: year, month: month, day: dayOfMonth).daysSinceEpoch }

    /// The day that many days after 1970-01-01; nil outside the range of years.
    package init?(daysSinceEpoch days: Int) {
        guard (-1_000_000...1_000_000).contains(days) else { return nil }
        let date = CivilDate(daysSinceEpoch: days)
        self.init(year: date.year, month: date.month, day: date.day)
    }

    /// The day `count` days later (earlier when negative), kept within the range of years.
    package func advanced(by count: Int) -> Day {
        let (target, overflow) = daysSinceEpoch.addingReportingOverflow(count)
        guard !overflow else { return count < 0 ? .first : .last }
        return Day(daysSinceEpoch: target) ?? (count < 0 ? .first : .last)
    }

    package var weekday: Weekday {
        Weekday.allCases[CivilDate.daysSinceMonday(daysSinceEpoch: daysSinceEpoch)]
    }
}

extension Day: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String { "\(year)-\(padded(month))-\(padded(dayOfMonth))" }
}

/// Two digits, with a leading zero.
func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
