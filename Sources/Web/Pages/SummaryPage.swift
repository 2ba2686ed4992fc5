import Templating

/// One year: its months side by side, against the year before, and each category by month.
struct SummaryPage: TemplateModel {
    var frame: Frame
    var year: String
    var steps: Steps
    var comparison: Comparison?
    var months: MonthChart
    var categories: CategoryChart?
    var table: YearTable?
    var emptiness: Emptiness?

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "year": .text { $0.year },
        "steps": .record { $0.steps },
        "comparison": .optional { $0.comparison },
        "months": .record { $0.months },
        "categories": .optional { $0.categories },
        "table": .optional { $0.table },
        "emptiness": .optional { $0.emptiness },
    ]
}

/// Category × month.
struct YearTable: TemplateModel {
    var currency: String
    /// The months' names; each leads to its rows.
    var months: [Link]
    var rows: [YearTableRow]
    var totals: YearTableRow
    /// The year before; nil where it had no expenses.
    var before: YearTableRow?

    static let fields: TemplateFields<Self> = [
        "currency": .text { $0.currency },
        "months": .list { $0.months },
        "rows": .list { $0.rows },
        "totals": .record { $0.totals },
        "before": .optional { $0.before },
    ]
}

struct YearTableRow: TemplateModel {
    var name: String
    var color: String
    /// One for each month; without a label where there is nothing.
    var cells: [Link]
    var total: Link

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "color": .text { $0.color },
        "cells": .list { $0.cells },
        "total": .record { $0.total },
    ]
}
