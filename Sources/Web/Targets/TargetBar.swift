import Expenses
import Templating

/// A target as a bar, with words that say it all.
struct TargetBar: TemplateModel {
    /// The category, or "All spending".
    var name: Message
    /// Nil for all categories.
    var color: CategoryColor?
    /// "$60.00 of $100.00"
    var share: Message
    /// "$40.00 left, $3.30 a day until 30 November"
    var words: Message
    var isOver: Bool
    /// In percent, at most 100.
    var length: SVGLength
    /// The rows behind it.
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "color": .field { $0.color },
        "share": .field { $0.share },
        "words": .field { $0.words },
        "isOver": .field { $0.isOver },
        "length": .field { $0.length },
        "address": .field { $0.address },
    ]
}

extension TargetBar {
    /// Those that hold in a month, of categories that there are.
    static func all(
        _ targets: Targets, in month: YearMonth, total: Money, byCategory: [Summary.OfCategory],
        categories: [Category], _ links: FilterLinks, wording: Wording
    ) -> [TargetBar] {
        targets.inForce(in: month).compactMap { target in
            let category = target.category.flatMap { id in categories.first { $0.id == id } }
            guard target.category == nil || category != nil else { return nil }
            let spent =
                category.map { category in
                    byCategory.first { $0.category == category.id }?.total.amount ?? .zero
                } ?? total
            return TargetBar(
                TargetProgress(target, spent: spent, in: month, of: wording.months, today: wording.today),
                category,
                in: month, links, wording)
        }
    }

    private init(
        _ progress: TargetProgress, _ category: Category?, in month: YearMonth, _ links: FilterLinks,
        _ wording: Wording
    ) {
        let amount = progress.target.amount
        name = category.map { Message(verbatim: $0.name) } ?? Message("All spending")
        color = category?.color
        share = Message(
            "{spent} of {amount}", ["spent": wording.money(progress.spent), "amount": wording.money(amount)])
        words = TargetBar.words(progress, in: month, wording)
        isOver = progress.left < .zero
        let spent = Double(max(progress.spent.minorUnits, 0))
        length = SVGLength(min(spent / Double(amount.minorUnits) * 100, 100))
        address = links.address(DayFilter(month), category: category?.id)
    }

    private static func words(_ progress: TargetProgress, in month: YearMonth, _ wording: Wording) -> Message
    {
        if progress.left < .zero {
            return Message("{amount} over", ["amount": wording.money(progress.left.magnitude)])
        }
        guard progress.left > .zero else { return Message("Nothing left") }
        let left = wording.money(progress.left)
        guard let aDay = progress.aDay else { return Message("{amount} left", ["amount": left]) }
        return Message(
            "{amount} left, {aDay} a day until {date}",
            [
                "amount": left, "aDay": wording.money(aDay),
                "date": wording.months.last(of: month).wordsOfThisYear,
            ])
    }
}
