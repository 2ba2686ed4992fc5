import Expenses
import Templating

/// Which months of a year were over a target.
struct TargetYear: TemplateModel {
    /// The category, or "All spending".
    var name: Message
    /// Nil for all categories.
    var color: CategoryColor?
    /// "Over in January, March", "Over in no month"
    var words: Message
    var isOver: Bool

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "color": .field { $0.color },
        "words": .field { $0.words },
        "isOver": .field { $0.isOver },
    ]
}

extension TargetYear {
    /// Of all and of each category that had a target in the year, up to the month that goes on.
    static func all(
        _ targets: Targets, of year: Int, _ summary: Summary, categories: [Category], wording: Wording
    ) -> [TargetYear] {
        var spent: [YearMonth: [Category.ID: Money]] = [:]
        for cell in summary.cells { spent[cell.month, default: [:]][cell.category] = cell.total.amount }
        var over: [Int64: [YearMonth]] = [:]
        for month in SummaryPage.months(of: year) where month <= wording.month {
            for target in targets.inForce(in: month) {
                let amounts = spent[month] ?? [:]
                let amount =
                    target.category.map { amounts[$0] ?? .zero } ?? amounts.values.reduce(Money.zero, +)
                let isOver = amount > target.amount
                over[target.category?.rawValue ?? 0, default: []] += isOver ? [month] : []
            }
        }
        return over.sorted { $0.key < $1.key }.compactMap { key, months in
            let category = categories.first { $0.id.rawValue == key }
            guard key == 0 || category != nil else { return nil }
            return TargetYear(
                name: category.map { Message(verbatim: $0.name) } ?? Message("All spending"),
                color: category?.color,
                words: months.isEmpty
                    ? Message("Over in no month")
                    : Message("Over in {months}", ["months": Message(list: months.map(\.name))]),
                isOver: !months.isEmpty)
        }
    }
}
