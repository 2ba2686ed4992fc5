import Expenses

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
