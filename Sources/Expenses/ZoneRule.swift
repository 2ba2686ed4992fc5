/// A rule that repeats every year, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2024 §8.3, RFC 9636 §3.3.1).
struct ZoneRule: Sendable {
    /// Seconds east of Greenwich.
    let standardOffset: Int
    private let saving: Saving?

    private struct Saving {
        /// Seconds east of Greenwich.
        var offset: Int
        var start: Change
        var end: Change
    }

    /// When the clock changes, every year.
    fileprivate struct Change {
        enum Date {
            /// 1 to 365; 29 February is never counted.
            case dayWithoutLeap(Int)
            /// 0 to 365.
            case dayOfYear(Int)
            /// Week 5 is the last; weekday 0 is Sunday.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        var date: Date
        /// Seconds after the midnight that begins the date, by the clock before the change.
        var time: Int
    }

    /// Nil where the text is no such rule.
    init?(_ text: String) {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard reader.name(), let west = reader.time(hours: 24) else { return nil }
        standardOffset = -west
        guard !reader.rest.isEmpty else {
            saving = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standardOffset + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.time(hours: 24) else { return nil }
            offset = -west
        }
        guard let start = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
        saving = Saving(offset: offset, start: start, end: end)
    }

    /// Seconds east of Greenwich.
    func offset(at instant: Int64) -> Int {
        guard let saving else { return standardOffset }
        let days = (instant + Int64(standardOffset)) / 86_400
        let year = CivilDate(daysSinceEpoch: Int(days)).year
        // The last change before the instant decides. A change may fall up to a week outside its year, hence the
        // neighbours; of two at the same instant the start counts, which makes summer time that never ends.
        var latest: (instant: Int64, offset: Int)?
        for year in year - 1...year + 1 {
            let changes = [
                (saving.end.instant(in: year, offset: saving.offset), standardOffset),
                (saving.start.instant(in: year, offset: standardOffset), saving.offset),
            ]
            for change in changes where change.0 <= instant {
                if let known = latest {
                    let isLater = change.0 > known.instant
                    let isStart = change.0 == known.instant && change.1 == saving.offset
                    guard isLater || isStart else { continue }
                }
                latest = change
            }
        }
        return latest?.offset ?? standardOffset
    }
}

extension ZoneRule.Change {
    /// Unix seconds of the change in that year; `offset` is what applies before it.
    fileprivate func instant(in year: Int, offset: Int) -> Int64 {
        Int64(day(in: year)) * 86_400 + Int64(time - offset)
    }

    /// Days since 1970-01-01.
    private func day(in year: Int) -> Int {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
        switch date {
        case .dayWithoutLeap(let day):
            return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
        case .dayOfYear(let day):
            return newYear + day
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1).daysSinceEpoch
            let firstWeekday = (CivilDate.daysSinceMonday(daysSinceEpoch: first) + 1) % 7
            let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            return first + (day < CivilDate.length(ofMonth: month, year: year) ? day : day - 7)
        }
    }
}

extension ZoneRule {
    /// Takes the rule's parts off its front.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// Three letters or more, or anything between `<` and `>`.
        mutating func name() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[(end + 1)...]
                return true
            }
            let letters = rest.prefix { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
            rest = rest[letters.endIndex...]
            return letters.count >= 3
        }

        /// Digits whose value is within the range.
        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix(while: isDigit)
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest[digits.endIndex...]
            let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            return range.contains(value) ? value : nil
        }

        /// `[+-]hh[:mm[:ss]]`, in seconds.
        mutating func time(hours: Int) -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard var seconds = number(0...hours).map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where take(":") {
                guard let value = number(0...59) else { return nil }
                seconds += value * unit
            }
            return isNegative ? -seconds : seconds
        }

        /// `,date[/time]`; the time is 2 o'clock unless it is given, from -167 to 167 hours.
        mutating func change() -> Change? {
            guard take(","), let date = date() else { return nil }
            guard take("/") else { return Change(date: date, time: 7200) }
            return time(hours: 167).map { Change(date: date, time: $0) }
        }

        private mutating func date() -> Change.Date? {
            if take("J") { return number(1...365).map { .dayWithoutLeap($0) } }
            guard take("M") else { return number(0...365).map { .dayOfYear($0) } }
            guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                let weekday = number(0...6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
    }
}
