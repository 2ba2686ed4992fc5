import Expenses

/// Figures and days in words, the same on every page.
struct Wording: Sendable {
    let preferences: Preferences
    let today: Day

    func money(_ amount: Money) -> String { amount.formatted(preferences) }

    /// "1 expense", "12,345 expenses"
    func expenses(_ count: Int) -> String {
        count == 1 ? "1 expense" : "\(number(count)) expenses"
    }

    /// A count with its thousands grouped as in amounts.
    func number(_ count: Int) -> String { preferences.numberFormat.figures(count) }

    /// "Today, Monday 23 November"; with the year where it is not this one.
    func day(_ day: Day) -> String {
        let year = day.year == today.year ? "" : " \(day.year)"
        let title = "\(day.weekday.name) \(day.dayOfMonth) \(day.yearMonth.monthName)\(year)"
        switch day {
        case today: return "Today, \(title)"
        case today.advanced(by: -1): return "Yesterday, \(title)"
        case today.advanced(by: 1): return "Tomorrow, \(title)"
        default: return title
        }
    }

    /// "23 November 2026"
    func date(_ day: Day) -> String { "\(day.dayOfMonth) \(day.yearMonth.title)" }

    /// "Lunch $12.40", or the category's name where there is no description; a long one is cut.
    func expense(_ expense: Expense, _ categories: [Category]) -> String {
        let category = categories.first { $0.id == expense.category }?.name ?? ""
        let name = expense.description.isEmpty ? category : expense.description
        return "\(Wording.shortened(name)) \(money(expense.amount))"
    }

    static func shortened(_ text: String, to length: Int = 60) -> String {
        // Characters are never more than bytes, which cost nothing to count.
        text.utf8.count <= length || text.count <= length ? text : text.prefix(length - 1) + "…"
    }

    /// The part of a positive whole in percent, rounded: "42%", "<1%"; empty where it is no part of it.
    static func share(_ part: Money, of whole: Money) -> String {
        guard part.minorUnits > 0, let percent = percent(part, of: whole) else { return "" }
        return percent == 0 ? "<1%" : "\(percent)%"
    }

    /// Rounded half up; nil where the whole is not positive, or so small beside the part that the figure says nothing.
    static func percent(_ part: Money, of whole: Money) -> Int64? {
        let (part, whole) = (part.minorUnits, whole.minorUnits)
        guard part >= 0, whole > 0, part / whole < 1000 else { return nil }
        let product = (part % whole).multipliedFullWidth(by: 100)
        let (quotient, remainder) = whole.dividingFullWidth(product)
        return part / whole * 100 + quotient + (remainder >= whole - remainder ? 1 : 0)
    }
}
