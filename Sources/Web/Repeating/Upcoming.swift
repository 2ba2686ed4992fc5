import Expenses
import Templating

/// What is to come this month by itself. It is in no total.
struct Upcoming: TemplateModel {
    /// "To come in November"
    var title: Message
    var total: ShownMoney
    var rows: [Row]
    /// "3 more"; empty where all are shown.
    var more: Message

    struct Row: TemplateModel {
        var rule: RepeatingExpense.ID
        var date: DayTitle
        var amount: ShownMoney
        var category: String
        var color: CategoryColor
        var description: Excerpt

        static let fields: TemplateFields<Self> = [
            "id": .field { $0.rule },
            "date": .field { $0.date },
            "amount": .field { $0.amount },
            "isRefund": .field { $0.amount.amount.isRefund },
            "category": .field { $0.category },
            "color": .field { $0.color },
            "description": .field { $0.description },
        ]
    }

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "total": .field { $0.total },
        "rows": .field { $0.rows },
        "more": .field { $0.more },
    ]

    private static let maxRows = 5

    /// Nil where nothing is to come.
    init?(_ rules: [RepeatingExpense], categories: [Category], wording: Wording) {
        let last = wording.months.last(of: wording.month)
        var days: [(day: Day, rule: RepeatingExpense)] = []
        for rule in rules {
            days += rule.days(after: wording.today, through: last).map { ($0, rule) }
        }
        guard !days.isEmpty else { return nil }
        days.sort { ($0.day, $0.rule.id.rawValue) < ($1.day, $1.rule.id.rawValue) }
        title = Message("To come in {month}", ["month": wording.month.name])
        total = wording.money(days.reduce(Money.zero) { $0 + $1.rule.amount })
        rows = days.prefix(Upcoming.maxRows).map { day, rule in
            let category = categories.first { $0.id == rule.category }
            return Row(
                rule: rule.id, date: wording.day(day), amount: wording.money(rule.amount),
                category: category?.name ?? "", color: category?.color ?? .gray,
                description: Excerpt(text: rule.description))
        }
        let left = days.count - rows.count
        more =
            left > 0
            ? Message("{count} more", plural: "{count} more", count: left, ["count": left]) : .empty
    }
}

extension FilterQuery {
    /// Whether what is to come this month belongs beside the list.
    func showsUpcoming(in month: YearMonth) -> Bool {
        after == nil && (days == .any || singleMonth == month)
    }

    /// Whether an expense of it would match, as far as the day does not decide.
    func mayHold(_ rule: RepeatingExpense, today: Day) -> Bool {
        (repeating == nil || repeating == rule.id)
            && on(.any).filter(today: today, months: .civil).holds(rule.expense(on: today))
    }
}
