import Expenses
import Templating

/// Categories by amount: a table whose rows hold a bar.
struct CategoryChart: TemplateModel {
    /// How many expenses it is made of.
    var count: ShownCount
    /// The days that the differences are to: "1–25 October"; nil where there are none.
    var beforeName: Message?
    /// Whether the differences leave out what is dated after today.
    var endsToday = false
    var rows: [CategoryBar]
    /// Those after the largest; shown when asked for.
    var others: [CategoryBar]

    static let fields: TemplateFields<Self> = [
        "count": .field { $0.count },
        "isCompared": .field { $0.beforeName != nil },
        "beforeName": .field { $0.beforeName },
        "endsToday": .field { $0.endsToday },
        "rows": .field { $0.rows },
        "others": .field { $0.others },
    ]
}

struct CategoryBar: TemplateModel {
    var category: Category
    var amount: ShownMoney
    var count: ShownCount
    /// Of all that was spent.
    var share: Percentage
    /// In percent of all that was spent.
    var length: SVGLength
    /// How much more it is than before; nil where that is not compared.
    var difference: ShownMoney?
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.category.name },
        "color": .field { $0.category.color },
        "amount": .field { $0.amount },
        "count": .field { $0.count },
        "share": .field { $0.share },
        "length": .field { $0.length },
        "difference": .field { $0.difference },
        "isMore": .field { ($0.difference?.amount ?? .zero) > .zero },
        "address": .field { $0.address },
    ]
}

extension CategoryChart {
    /// How many categories are shown at once.
    private static let shown = 10

    /// The largest first; nil where there is nothing to show. Each leads to its rows on the same days.
    /// - Parameter soFar: what is compared, where that is only a part of the summary.
    init?(
        _ summary: Summary, comparedWith before: EarlierDays? = nil, soFar: Summary? = nil,
        beforeName: Message? = nil,
        categories: [Category], _ days: DayFilter, _ links: FilterLinks, wording: Wording
    ) {
        guard !summary.byCategory.isEmpty else { return nil }
        let bars = categories.compactMap { category in
            summary.total(of: category.id).map { (category, $0) }
        }.sorted { ($1.1.amount, $0.0.id.rawValue) < ($0.1.amount, $1.0.id.rawValue) }
        // A bar's whole length stands for all that was spent, so that a quarter of it looks like a quarter. Refunds that
        // outweigh a category's spending are no part of it: the shares of the others would pass 100%.
        let spent = bars.reduce(Money.zero) { $0 + max($1.1.amount, .zero) }
        let compared = soFar ?? summary
        let rows = bars.map { category, total in
            CategoryBar(
                category: category, amount: wording.money(total.amount), count: wording.expenses(total.count),
                share: Percentage(total.amount, of: spent),
                length: SVGLength(
                    spent > .zero
                        ? Double(max(total.amount.minorUnits, 0)) / Double(spent.minorUnits) * 100 : 0),
                difference: before?.amount(of: category.id).map {
                    wording.money((compared.total(of: category.id)?.amount ?? .zero) - $0)
                },
                address: links.address(days, category: category.id))
        }
        count = wording.expenses(summary.total.count)
        endsToday = soFar.map { $0.total.count < summary.total.count } ?? false
        self.beforeName = rows.contains { $0.difference != nil } ? beforeName : nil
        self.rows = Array(rows.prefix(CategoryChart.shown))
        others = Array(rows.dropFirst(CategoryChart.shown))
    }
}
