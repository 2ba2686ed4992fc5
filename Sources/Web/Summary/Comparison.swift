import Expenses
import Templating

/// A span of time against the one before, in words.
struct Comparison: TemplateModel {
    /// "November 2026 so far"
    var title: String
    var amount: AmountLink
    /// "October"
    var beforeName: String
    /// "in" a month or a year, "on" some of its days.
    var preposition: String
    var before: AmountLink
    /// Whether there was anything before to compare with.
    var isCompared: Bool
    /// What the amount is made of, the most first; empty where the page says that elsewhere.
    var parts: [CategoryPart] = []
    /// What the amount leaves out: expenses of days to come; nil where there is none.
    var later: AmountLink?
    /// How many categories more there are.
    var moreParts: Int?
    private var difference: ShownMoney
    private var percent: Int64?

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "amount": .record { $0.amount },
        "beforeName": .text { $0.beforeName },
        "preposition": .text { $0.preposition },
        "before": .record { $0.before },
        "isCompared": .flag { $0.isCompared },
        "parts": .list { $0.parts },
        "later": .optional { $0.later },
        "moreParts": .value { $0.moreParts },
        "isSame": .flag { $0.difference.amount == .zero },
        "isLess": .flag { $0.amount.amount.amount < $0.before.amount.amount },
        "difference": .value { $0.difference },
        "percent": .value { $0.percent.map(Int.init) },
    ]

    init(
        title: String, _ amount: AmountLink, beforeName: String, isBeforeWhole: Bool, _ before: AmountLink,
        isCompared: Bool, wording: Wording
    ) {
        self.title = title
        self.amount = amount
        self.beforeName = beforeName
        preposition = isBeforeWhole ? "in" : "on"
        self.before = before
        self.isCompared = isCompared
        let difference = (amount.amount.amount - before.amount.amount).magnitude
        self.difference = wording.money(difference)
        percent = Percentage.percent(difference, of: before.amount.amount).flatMap { $0 > 0 ? $0 : nil }
    }
}

extension Comparison {
    /// A month's amount beside the days before it.
    /// - Parameter own: the days that the amount is of.
    init(_ amount: Money, on own: DayFilter, with before: EarlierDays, _ links: FilterLinks, wording: Wording)
    {
        let (month, days) = (before.month, before.days)
        let previous = days.lowerBound.yearMonth
        let isWhole = days.upperBound == previous.last
        let name = previous.year == month.year ? previous.monthName : previous.title
        let part = days.upperBound.dayOfMonth == 1 ? "1" : "1–\(days.upperBound.dayOfMonth)"
        self.init(
            title: month == wording.today.yearMonth ? "\(month.title) so far" : month.title,
            AmountLink(amount: wording.money(amount), address: links.address(own)),
            beforeName: isWhole ? name : "\(part) \(name)", isBeforeWhole: isWhole,
            AmountLink(
                amount: wording.money(before.total.amount),
                address: links.address(
                    isWhole ? DayFilter(previous) : DayFilter(from: days.lowerBound, through: days.upperBound)
                )),
            isCompared: before.total.count > 0, wording: wording)
    }
}
