import Templating

/// "My expenses": the form to add, the filters, the list, and the totals of all that match.
struct DashboardPage: TemplateModel {
    var frame: Frame
    var entry: EntryFields
    var filters: FilterBar
    /// A new account has nothing to filter.
    var showsFilters: Bool
    var match: Match
    var list: ExpenseList
    var comparison: Comparison?
    var months: MonthChart?
    var categories: CategoryChart?
    var emptiness: Emptiness?
    /// The address of the match as a file; empty where nothing matches.
    var download: String

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "entry": .record { $0.entry },
        "filters": .record { $0.filters },
        "showsFilters": .flag { $0.showsFilters },
        "match": .record { $0.match },
        "list": .record { $0.list },
        "comparison": .optional { $0.comparison },
        "months": .optional { $0.months },
        "categories": .optional { $0.categories },
        "emptiness": .optional { $0.emptiness },
        "download": .text { $0.download },
    ]
}

/// The figures of everything that matches the filters, not of the page alone.
struct Match: TemplateModel {
    /// "128 expenses"
    var count: String
    var total: String
    /// Empty for fewer than two.
    var average: String

    static let fields: TemplateFields<Self> = [
        "count": .text { $0.count },
        "total": .text { $0.total },
        "average": .text { $0.average },
    ]
}

/// Why the list is empty, and what leads to one that is not.
struct Emptiness: TemplateModel {
    var heading: String
    var explanation: String
    var links: [Link]
    /// Fills a new account with expenses to look at; nil for one that has some.
    var samples: UndoForm?

    static let fields: TemplateFields<Self> = [
        "samples": .optional { $0.samples },
        "heading": .text { $0.heading },
        "explanation": .text { $0.explanation },
        "links": .list { $0.links },
    ]
}
