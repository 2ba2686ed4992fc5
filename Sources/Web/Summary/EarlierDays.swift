import Expenses

/// The days that a month is fairly compared with: those of the month before, of the month that goes on only as many as
/// have passed.
struct EarlierDays {
    /// The month that is compared.
    var month: YearMonth
    var days: ClosedRange<Day>
    /// Under the same categories and text.
    var total: Total
    /// The same by category, where the categories of this month alone are shown; else nil.
    var byCategory: [Summary.OfCategory]?

    /// What a category's amount is compared with; nil where there is nothing to compare.
    func amount(of category: Category.ID) -> Money? {
        guard let byCategory, total.count > 0 else { return nil }
        return byCategory.first { $0.category == category }?.total.amount ?? .zero
    }

    static func range(before month: YearMonth, of months: MonthCalendar, today: Day) -> ClosedRange<Day> {
        let previous = months.days(of: month.advanced(by: -1))
        guard month == months.month(of: today) else { return previous }
        let passed = today.daysSinceEpoch - months.first(of: month).daysSinceEpoch
        return previous.lowerBound...min(previous.lowerBound.advanced(by: passed), previous.upperBound)
    }
}
