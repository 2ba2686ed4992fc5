import Platform

/// HTTP's dates (RFC 9110 §5.6.7), always in UTC, to the second.
package enum HTTPDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, for the years 1 to 9999.
    package static func format(_ unixSeconds: Int64) -> String {
        let days = floorDivide(unixSeconds, 86_400)
        let second = unixSeconds - days * 86_400
        let date = civil(fromDays: days)
        let weekday = weekdays[Int((days % 7 + 11) % 7)]
        return "\(weekday), \(padded(date.day)) \(months[Int(date.month) - 1]) \(padded(date.year, to: 4)) "
            + "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60)) GMT"
    }

    /// Seconds since 1970. Reads the preferred form and the two obsolete ones, and nothing else: nil for a
    /// date that does not exist. A two-digit year more than 50 years ahead of now means the past century.
    package static func parse(_ text: String, now: Int64 = Clock.unixSeconds) -> Int64? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        switch parts.count {
        case 6 where parts[5] == "GMT" && parts[0].last == ",":  // Sun, 06 Nov 1994 08:49:37 GMT
            guard parts[1].utf8.count == 2, parts[3].utf8.count == 4, let year = number(parts[3]) else {
                return nil
            }
            return seconds(weekday: parts[0].dropLast(), weekdays, day: parts[1], parts[2], year, parts[4])
        case 4 where parts[3] == "GMT" && parts[0].last == ",":  // Sunday, 06-Nov-94 08:49:37 GMT
            let date = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard date.count == 3, date[0].utf8.count == 2, date[2].utf8.count == 2,
                let short = number(date[2])
            else { return nil }
            let thisYear = civil(fromDays: floorDivide(now, 86_400)).year
            var year = thisYear / 100 * 100 + short
            if year > thisYear + 50 { year -= 100 }
            return seconds(weekday: parts[0].dropLast(), longWeekdays, day: date[0], date[1], year, parts[2])
        case 5:  // Sun Nov  6 08:49:37 1994
            guard parts[4].utf8.count == 4, let year = number(parts[4]) else { return nil }
            return seconds(weekday: parts[0][...], weekdays, day: parts[2], parts[1], year, parts[3])
        default:
            return nil
        }
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longWeekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func seconds(
        weekday: Substring, _ names: [String], day: String, _ month: String, _ year: Int64, _ time: String
    ) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard names.contains(String(weekday)), let month = months.firstIndex(of: month),
            (1...2).contains(day.utf8.count), let day = number(day), day >= 1,
            clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }),
            let hour = number(clock[0]), hour < 24, let minute = number(clock[1]), minute < 60,
            let second = number(clock[2]), second <= 60  // a leap second is allowed
        else { return nil }
        let days = days(year: year, month: Int64(month) + 1, day: day)
        let back = civil(fromDays: days)
        guard back.day == day, back.year == year else { return nil }
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// Digits only: no sign, no space.
    private static func number(_ text: String) -> Int64? {
        text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil
    }

    private static func padded(_ number: Int64, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
        a / b - (a % b < 0 ? 1 : 0)
    }

    /// The proleptic Gregorian date, counted in eras of 400 years that start on 1 March, so that the leap day
    /// ends its year.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
