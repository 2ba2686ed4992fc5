import Storage
import Templating

/// The figures of everything that matches the filters, not of the page alone.
struct FilterTotals: TemplateModel {
    /// "128 expenses"
    var count: ShownCount
    var total: ShownMoney
    /// Nil for fewer than two.
    var average: ShownMoney?

    static let fields: TemplateFields<Self> = [
        "count": .value { $0.count },
        "total": .value { $0.total },
        "average": .value { $0.average },
    ]
}
