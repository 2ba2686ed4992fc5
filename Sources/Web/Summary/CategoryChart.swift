import Expenses
import Templating

/// Categories by amount: a table whose rows hold a bar.
struct CategoryChart: TemplateModel {
    /// "128 expenses"
    var of: String
    var rows: [CategoryBar]
    /// Those after the largest; shown when asked for.
    var others: [CategoryBar]

    static let fields: TemplateFields<Self> = [
        "of": .text { $0.of },
        "rows": .list { $0.rows },
        "others": .list { $0.others },
    ]
}

struct CategoryBar: TemplateModel {
    var name: String
    var color: String
    var amount: String
    /// "42 %"; empty for what is no part of the total.
    var share: String
    /// 0 to 1000.
    var length: String
    var address: String
    /// "Groceries: $320.10, 42 %, 12 expenses"
    var spoken: String

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "color": .text { $0.color },
        "amount": .text { $0.amount },
        "share": .text { $0.share },
        "length": .text { $0.length },
        "address": .text { $0.address },
        "spoken": .text { $0.spoken },
    ]
}

extension CategoryChart {
    /// How many categories are shown at once.
    private static let shown = 10

    /// The largest first; nil where there is nothing to show.
    init?(_ summary: Summary, categories: [Category], wording: Wording, address: (Category.ID) -> String) {
        guard !summary.byCategory.isEmpty else { return nil }
        let known = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) })
        let totals = summary.byCategory.sorted {
            ($1.value.amount, $0.key.rawValue) < ($0.value.amount, $1.key.rawValue)
        }
        let largest = totals.first?.value.amount.minorUnits ?? 0
        let bars = totals.compactMap { id, total in
            known[id].map { category in
                CategoryBar(
                    category, total, largest: largest, whole: summary.total.amount, wording: wording,
                    address: address(id))
            }
        }
        of = wording.expenses(summary.total.count)
        rows = Array(bars.prefix(CategoryChart.shown))
        others = Array(bars.dropFirst(CategoryChart.shown))
    }
}

extension CategoryBar {
    fileprivate init(
        _ category: Category, _ total: Total, largest: Int64, whole: Money, wording: Wording, address: String
    ) {
        name = category.name
        color = category.color.rawValue
        amount = wording.money(total.amount)
        let count = wording.expenses(total.count)
        share = Wording.share(total.amount, of: whole)
        let part = largest > 0 ? Double(max(total.amount.minorUnits, 0)) / Double(largest) : 0
        length = units(part * 1000)
        self.address = address
        spoken = [name + ": " + amount, share, count].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
