import Storage
import Templating

/// The expenses of one day on one page.
struct DayGroup: TemplateModel {
    /// "Today", "Sunday, 22 November"
    var title: DayTitle
    /// The sum of the whole day's match, also of what stands on the next page.
    var total: ShownMoney
    /// The day's rows alone.
    var address: FilterAddress
    var rows: ArraySlice<ExpenseRow>

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "date": .field { $0.title.day },
        "total": .field { $0.total },
        "address": .field { $0.address },
        "rows": .field { $0.rows },
    ]
}
