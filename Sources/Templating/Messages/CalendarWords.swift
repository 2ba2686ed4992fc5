/// Months, weekdays and dates in one language's words and order.
///
/// A class, so that writing a date counts one reference.
package final class CalendarWords: Sendable {
    /// How a date is written.
    package enum Style: Int, CaseIterable, Sendable {
        /// "November 2026"
        case month
        /// "23 November 2026"
        case day
        /// "23 November"
        case dayOfThisYear
        /// "Monday 23 November 2026"
        case weekday
        /// "Monday 23 November"
        case weekdayOfThisYear
        case yesterday, today, tomorrow
        /// "November"
        case monthAlone
        /// "November", as in a date.
        case monthInDate
        /// "Nov"
        case shortMonth
        /// "Monday"
        case weekdayAlone

        fileprivate var pattern: Message {
            switch self {
            case .month: Message("{month} {year}", context: "a month, as November 2026")
            case .day: Message("{day} {month} {year}", context: "a date, as 23 November 2026")
            case .dayOfThisYear: Message("{day} {month}", context: "a date, as 23 November")
            case .weekday:
                Message("{weekday} {day} {month} {year}", context: "a date, as Monday 23 November 2026")
            case .weekdayOfThisYear:
                Message("{weekday} {day} {month}", context: "a date, as Monday 23 November")
            case .yesterday:
                Message("Yesterday, {weekday} {day} {month}", context: "as Yesterday, Monday 23 November")
            case .today: Message("Today, {weekday} {day} {month}", context: "as Today, Monday 23 November")
            case .tomorrow:
                Message("Tomorrow, {weekday} {day} {month}", context: "as Tomorrow, Monday 23 November")
            case .monthAlone, .monthInDate, .shortMonth: Message(verbatim: "{month}")
            case .weekdayAlone: Message(verbatim: "{weekday}")
            }
        }
    }

    private enum Part: Sendable {
        case text(Range<Int>)
        case weekday, day, month, year
    }

    /// All texts one after the other; names and parts are ranges of it.
    private let text: [UInt8]
    /// From January, as they stand alone: "November".
    private let months: [Range<Int>]
    /// From January, short: "Nov".
    private let shortMonths: [Range<Int>]
    /// From Monday.
    private let weekdays: [Range<Int>]
    /// From January, as they stand in a date: the genitive in Polish.
    private let monthsInDates: [Range<Int>]
    /// The first day of a month, as it stands in a date: "1er" in French.
    private let firstDay: Range<Int>
    private let parts: [Part]
    /// Those of each style.
    private let patterns: [Range<Int>]

    init(_ text: (Message.Sentence) -> String) {
        var collected = Collected()
        func add(_ messages: [Message]) -> [Range<Int>] {
            messages.map { collected.add(Self.word($0, text)) }
        }
        months = add(Self.monthsAlone)
        shortMonths = add(Self.shortMonths)
        weekdays = add(Self.weekdays)
        monthsInDates = add(Self.monthsInDates)
        firstDay = collected.add(Self.word(Self.firstDay, text))
        patterns = Style.allCases.map { collected.add(pattern: Self.word($0.pattern, text)) }
        parts = collected.parts
        self.text = collected.text
    }

    private static func word(_ message: Message, _ text: (Message.Sentence) -> String) -> String {
        switch message.content {
        case .sentence(let sentence): text(sentence)
        case .verbatim(let text): text
        case .list, .date: ""
        }
    }

    private struct Collected {
        var text: [UInt8] = []
        var parts: [Part] = []

        mutating func add(_ word: some StringProtocol) -> Range<Int> {
            let start = text.count
            text += word.utf8
            return start..<text.count
        }

        mutating func add(pattern: String) -> Range<Int> {
            let start = parts.count
            var rest = Substring(pattern)
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                if open > rest.startIndex { parts.append(.text(add(rest[..<open]))) }
                switch rest[rest.index(after: open)..<close] {
                case "weekday": parts.append(.weekday)
                case "day": parts.append(.day)
                case "month": parts.append(.month)
                case "year": parts.append(.year)
                case let other: parts.append(.text(add("{\(other)}")))
                }
                rest = rest[rest.index(after: close)...]
            }
            if !rest.isEmpty { parts.append(.text(add(rest))) }
            return start..<parts.count
        }
    }

    /// - Parameters:
    ///   - weekday: 0 for Monday; nil for a style without one.
    ///   - month: 1 to 12.
    package func write(
        _ style: Style, weekday: Int = 0, day: Int = 0, month: Int, year: Int, to output: inout Output
    ) {
        let bytes = self.text
        let text = bytes.span
        for index in patterns[style.rawValue] {
            switch parts[index] {
            case .text(let range): output.append(text.extracting(range))
            case .weekday: output.append(text.extracting(weekdays[weekday]))
            case .day where day == 1: output.append(text.extracting(firstDay))
            case .day: output.append(day)
            case .month: output.append(text.extracting(name(of: month, in: style)))
            case .year: output.append(year)
            }
        }
    }

    private func name(of month: Int, in style: Style) -> Range<Int> {
        switch style {
        case .month, .monthAlone: months[month - 1]
        case .shortMonth: shortMonths[month - 1]
        case .day, .dayOfThisYear, .weekday, .weekdayOfThisYear, .yesterday, .today, .tomorrow, .monthInDate,
            .weekdayAlone:
            monthsInDates[month - 1]
        }
    }

    private static let firstDay = Message("1", context: "the day in a date, as 1 November")

    private static let monthsAlone = [
        Message("January", context: "month alone"), Message("February", context: "month alone"),
        Message("March", context: "month alone"), Message("April", context: "month alone"),
        Message("May", context: "month alone"), Message("June", context: "month alone"),
        Message("July", context: "month alone"), Message("August", context: "month alone"),
        Message("September", context: "month alone"), Message("October", context: "month alone"),
        Message("November", context: "month alone"), Message("December", context: "month alone"),
    ]

    private static let monthsInDates = [
        Message("January", context: "month in a date"), Message("February", context: "month in a date"),
        Message("March", context: "month in a date"), Message("April", context: "month in a date"),
        Message("May", context: "month in a date"), Message("June", context: "month in a date"),
        Message("July", context: "month in a date"), Message("August", context: "month in a date"),
        Message("September", context: "month in a date"), Message("October", context: "month in a date"),
        Message("November", context: "month in a date"), Message("December", context: "month in a date"),
    ]

    private static let shortMonths = [
        Message("Jan", context: "short month"), Message("Feb", context: "short month"),
        Message("Mar", context: "short month"), Message("Apr", context: "short month"),
        Message("May", context: "short month"), Message("Jun", context: "short month"),
        Message("Jul", context: "short month"), Message("Aug", context: "short month"),
        Message("Sep", context: "short month"), Message("Oct", context: "short month"),
        Message("Nov", context: "short month"), Message("Dec", context: "short month"),
    ]

    private static let weekdays = [
        Message("Monday", context: "weekday"), Message("Tuesday", context: "weekday"),
        Message("Wednesday", context: "weekday"), Message("Thursday", context: "weekday"),
        Message("Friday", context: "weekday"), Message("Saturday", context: "weekday"),
        Message("Sunday", context: "weekday"),
    ]
}
