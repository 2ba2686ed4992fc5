import Expenses
import Templating

/// Figures and days as every page writes them.
struct Wording: Sendable {
    let preferences: Preferences
    let today: Day
    private let yesterday: Day
    private let tomorrow: Day
    private let format: MoneyFormat

    init(preferences: Preferences, today: Day) {
        self.preferences = preferences
        self.today = today
        yesterday = today.advanced(by: -1)
        tomorrow = today.advanced(by: 1)
        format = MoneyFormat(preferences)
    }

    var months: MonthCalendar { preferences.months }

    /// The month that goes on.
    var month: YearMonth { months.month(of: today) }

    /// "November 2026", or what is said of it instead; with its days, "November 2026 (25 October – 24 November)", where
    /// these are not the calendar's.
    func title(of month: YearMonth, _ words: Message? = nil) -> Message {
        let words = words ?? month.words
        guard months != .civil else { return words }
        let days = months.days(of: month)
        return Wording.title(
            words, from: days.lowerBound.wordsOfThisYear, to: days.upperBound.wordsOfThisYear)
    }

    /// "2026", likewise.
    func title(ofYear year: Int, _ words: Message? = nil) -> Message {
        let words = words ?? Message(verbatim: String(year))
        guard months != .civil, let days = months.days(ofYear: year) else { return words }
        return Wording.title(words, from: date(days.lowerBound).message, to: date(days.upperBound).message)
    }

    private static func title(_ words: Message, from first: Message, to last: Message) -> Message {
        Message(
            "{span} ({first} – {last})", context: "as November 2026 (25 October – 24 November)",
            ["span": words, "first": first, "last": last])
    }

    func money(_ amount: Money) -> ShownMoney { ShownMoney(amount: amount, format: format) }

    func rough(_ amount: Money) -> RoughMoney { RoughMoney(amount: amount, format: format) }

    func figures(_ amount: Money) -> ShownFigures { ShownFigures(amount: amount, format: format) }

    /// "1 expense", "12,345 expenses"
    func expenses(_ count: Int) -> ShownCount { ShownCount(count: count, format: format, isOfExpenses: true) }

    func number(_ count: Int) -> ShownCount { ShownCount(count: count, format: format) }

    /// "Today, Monday 23 November"
    func day(_ day: Day) -> DayTitle {
        let nearness: DayTitle.Nearness =
            switch day.number {
            case today.number: .today
            case yesterday.number: .yesterday
            case tomorrow.number: .tomorrow
            default: .none
            }
        return DayTitle(day: day, nearness: nearness, showsYear: day.year != today.year)
    }

    func date(_ day: Day) -> ShownDate { ShownDate(day: day) }

    /// "$12.40, Lunch", or the amount alone where there is no description; a long one is cut.
    func expense(_ expense: Expense) -> String {
        let amount = "\(money(expense.amount))"
        return expense.description.isEmpty ? amount : "\(amount), \(Wording.shortened(expense.description))"
    }

    static func shortened(_ text: String, to length: Int = 60) -> String {
        // Characters are never more than bytes, which cost nothing to count.
        text.utf8.count <= length || text.count <= length ? text : text.prefix(length - 1) + "…"
    }
}
