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
        "count": .field { $0.count },
        "total": .field { $0.total },
        "average": .field { $0.average },
    ]
}
