import Expenses
import Templating

/// A span of time against the one before, in words.
struct Comparison: TemplateModel {
    /// "November 2026 so far"
    var title: String
    var amount: Link
    /// "$45.00 (12 %) less than in"; empty where there was nothing before.
    var difference: String
    /// "October ($365.10)"
    var before: Link

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "amount": .record { $0.amount },
        "difference": .text { $0.difference },
        "before": .record { $0.before },
    ]
}

extension Comparison {
    /// A month beside the one before it.
    init(
        _ month: YearMonth, _ amount: Money, before: Money, wording: Wording,
        address: (YearMonth) -> String
    ) {
        let previous = month.advanced(by: -1)
        let name = previous.year == month.year ? previous.monthName : previous.title
        title = month == wording.today.yearMonth ? "\(month.title) so far" : month.title
        self.amount = Link(label: wording.money(amount), address: address(month))
        difference = Comparison.difference(amount, before, wording)
        self.before = Link(label: "\(name) (\(wording.money(before)))", address: address(previous))
    }

    /// "$45.00 (12%) less than in"
    static func difference(_ amount: Money, _ before: Money, _ wording: Wording) -> String {
        guard amount != before else { return "Exactly as much as in" }
        let difference = (amount - before).magnitude
        let percent = Wording.percent(difference, of: before).map { $0 > 0 ? " (\($0)%)" : "" } ?? ""
        return "\(wording.money(difference))\(percent) \(amount < before ? "less" : "more") than in"
    }
}
