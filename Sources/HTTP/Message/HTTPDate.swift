import Platform

/// HTTP's dates (RFC 9110 §5.6.7), always in UTC, to the second.
package enum HTTPDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, for the years 1 to 9999.
    package static func format(_ unixSeconds: Int64) -> String {
        let time = CivilTime(unixSeconds)
        return
            "\(weekdays[time.weekday]), \(padded(time.day)) \(months[time.month]) \(padded(time.year, to: 4)) "
            + "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second)) GMT"
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
            let thisYear = Int64(CivilTime(now).year)
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
        guard let midnight = CivilTime.midnight(year: Int(year), month: month, day: Int(day)) else {
            return nil
        }
        return midnight + hour * 3600 + minute * 60 + second
    }

    /// Digits only: no sign, no space.
    private static func number(_ text: String) -> Int64? {
        text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil
    }

    private static func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
