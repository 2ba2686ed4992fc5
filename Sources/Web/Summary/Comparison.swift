import Expenses
import Templating

/// A span of time against the one before, in words.
struct Comparison: TemplateModel {
    /// "November 2026 so far"
    var title: Message
    var amount: AmountLink
    /// "October", "1–25 October"
    var beforeName: Message
    /// "in October", "on 1–25 October"
    var beforeWords: Message
    var before: AmountLink
    /// Whether there was anything before to compare with.
    var isCompared: Bool
    /// What the amount is made of, the most first; empty where the page says that elsewhere.
    var parts: [CategoryPart] = []
    /// What is meant to be spent; empty where nothing is.
    var targets: [TargetBar] = []
    /// The month whose targets can be set; nil for other spans.
    var targetsMonth: YearMonth?
    /// What the amount leaves out: expenses of days to come; nil where there is none.
    var later: AmountLink?
    /// "$412.00 is expected by the end of November."; empty where nothing is to come.
    var expected = Message.empty
    /// "3 more": categories that are left out.
    var moreParts = Message.empty
    /// "$14.20 (12%)"
    private var difference: Message
    private var isSame: Bool

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "amount": .field { $0.amount },
        "beforeName": .field { $0.beforeName },
        "beforeWords": .field { $0.beforeWords },
        "before": .field { $0.before },
        "isCompared": .field { $0.isCompared },
        "targets": .field { $0.targets },
        "targetsMonth": .field { $0.targetsMonth?.description ?? "" },
        "expected": .field { $0.expected },
        "parts": .field { $0.parts },
        "later": .field { $0.later },
        "moreParts": .field { $0.moreParts },
        "isSame": .field { $0.isSame },
        "isLess": .field { $0.amount.amount.amount < $0.before.amount.amount },
        "difference": .field { $0.difference },
    ]

    init(
        title: Message, _ amount: AmountLink, beforeName: Message, beforeWords: Message, _ before: AmountLink,
        isCompared: Bool, wording: Wording
    ) {
        self.title = title
        self.amount = amount
        self.beforeName = beforeName
        self.beforeWords = beforeWords
        self.before = before
        self.isCompared = isCompared
        let difference = (amount.amount.amount - before.amount.amount).magnitude
        isSame = difference == .zero
        let percent = Percentage.percent(difference, of: before.amount.amount).flatMap { $0 > 0 ? $0 : nil }
        self.difference =
            percent.map {
                Message(
                    "{amount} ({percent}%)", ["amount": wording.money(difference), "percent": Int($0)])
            } ?? wording.money(difference).message
    }
}

extension Comparison {
    /// A month's amount beside the days before it.
    /// - Parameter own: the days that the amount is of.
    init(_ amount: Money, on own: DayFilter, with before: EarlierDays, _ links: FilterLinks, wording: Wording)
    {
        let (month, days) = (before.month, before.days)
        let previous = wording.months.month(of: days.lowerBound)
        let isWhole = days.upperBound == wording.months.last(of: previous)
        let name =
            isWhole
            ? previous.year == month.year ? previous.name : previous.words
            : Comparison.words(days)
        self.init(
            title: wording.title(
                of: month,
                month == wording.month ? Message("{month} so far", ["month": month.words]) : nil),
            AmountLink(amount: wording.money(amount), address: links.address(own)),
            beforeName: name,
            beforeWords: isWhole
                ? Message("in {month}", ["month": name]) : Message("on {days}", ["days": name]),
            AmountLink(
                amount: wording.money(before.total.amount),
                address: links.address(
                    isWhole ? DayFilter(previous) : DayFilter(from: days.lowerBound, through: days.upperBound)
                )),
            isCompared: before.total.count > 0, wording: wording)
    }

    /// "1–25 October", "25 September – 12 October", "1 October"
    private static func words(_ days: ClosedRange<Day>) -> Message {
        let (first, last) = (days.lowerBound, days.upperBound)
        let month = Message(date: .monthInDate, month: first.month)
        switch (first.dayOfMonth, last.dayOfMonth) {
        case (1, 1): return Message("1 {month}", context: "the first day of a month", ["month": month])
        case (1, let last):
            return Message("1–{last} {month}", context: "days of a month", ["last": last, "month": month])
        case (let day, let end) where first.month == last.month && day < end:
            return Message(
                "{first}–{last} {month}", context: "days of a month",
                ["first": day, "last": end, "month": month])
        default:
            return first == last
                ? Message("{date}", context: "a day, as 12 October", ["date": first.wordsOfThisYear])
                : Message(
                    "{first} – {last}", context: "days, as 25 September – 12 October",
                    ["first": first.wordsOfThisYear, "last": last.wordsOfThisYear])
        }
    }
}
