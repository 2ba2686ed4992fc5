/// Months, weekdays and dates in one language's words and order.
package struct CalendarWords: Sendable {
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
        case text(String)
        case weekday, day, month, year
    }

    /// From January, as they stand alone: "November".
    package let months: [String]
    /// From January, short: "Nov".
    package let shortMonths: [String]
    /// From Monday.
    package let weekdays: [String]
    /// From January, as they stand in a date: the genitive in Polish.
    private let monthsInDates: [String]
    private let patterns: [[Part]]
    /// The first day of a month, as it stands in a date: "1er" in French.
    private let firstDay: String

    init(_ text: (Message.Sentence) -> String) {
        func words(_ messages: [Message]) -> [String] {
            messages.map { message in
                switch message.content {
                case .sentence(let sentence): text(sentence)
                case .verbatim(let text): text
                case .list, .date: ""
                }
            }
        }
        months = words(Self.monthsAlone)
        shortMonths = words(Self.shortMonths)
        weekdays = words(Self.weekdays)
        monthsInDates = words(Self.monthsInDates)
        firstDay = words([Self.firstDay])[0]
        patterns = words(Style.allCases.map(\.pattern)).map(Self.parts)
    }

    /// - Parameters:
    ///   - weekday: 0 for Monday; nil for a style without one.
    ///   - month: 1 to 12.
    package func write(
        _ style: Style, weekday: Int = 0, day: Int = 0, month: Int, year: Int, to output: inout Output
    ) {
        for part in patterns[style.rawValue] {
            switch part {
            case .text(let text): output.append(text)
            case .weekday: output.append(weekdays[weekday])
            case .day where day == 1: output.append(firstDay)
            case .day: output.append(day)
            case .month: output.append(name(of: month, in: style))
            case .year: output.append(year)
            }
        }
    }

    private func name(of month: Int, in style: Style) -> String {
        switch style {
        case .month, .monthAlone: months[month - 1]
        case .shortMonth: shortMonths[month - 1]
        case .day, .dayOfThisYear, .weekday, .weekdayOfThisYear, .yesterday, .today, .tomorrow, .monthInDate,
            .weekdayAlone:
            monthsInDates[month - 1]
        }
    }

    private static func parts(_ pattern: String) -> [Part] {
        var parts: [Part] = []
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            switch rest[rest.index(after: open)..<close] {
            case "weekday": parts.append(.weekday)
            case "day": parts.append(.day)
            case "month": parts.append(.month)
            case "year": parts.append(.year)
            case let other: parts.append(.text("{\(other)}"))
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
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
