import Templating

/// Months side by side as columns of an SVG, and the same figures for a table.
struct MonthChart: TemplateModel {
    var title: String
    /// What the columns show, in a sentence.
    var description: String
    var width: String
    var columns: [MonthColumn]
    /// The average's height, and its sentence; empty where there is nothing to average.
    var averageY: String
    var average: String
    /// Where zero is.
    var baseline: String
    var rows: [MonthRow]

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "description": .text { $0.description },
        "width": .text { $0.width },
        "columns": .list { $0.columns },
        "averageY": .text { $0.averageY },
        "average": .text { $0.average },
        "baseline": .text { $0.baseline },
        "rows": .list { $0.rows },
    ]
}

/// One column; all lengths are in the units of the picture.
struct MonthColumn: TemplateModel {
    var address: String
    /// "October 2026: $320.10, 12 expenses"
    var spoken: String
    /// The stretch of the axis that belongs to the month.
    var slotX: String
    var slotWidth: String
    var x: String
    var y: String
    var width: String
    var height: String
    var middle: String
    var label: String
    /// The year, under the first column and under every January.
    var year: String
    var isCurrent: Bool
    /// The same month of the year before, as an outline; empty where there is none.
    var beforeY = ""
    var beforeHeight = ""

    static let fields: TemplateFields<Self> = [
        "address": .text { $0.address },
        "spoken": .text { $0.spoken },
        "slotX": .text { $0.slotX },
        "slotWidth": .text { $0.slotWidth },
        "x": .text { $0.x },
        "y": .text { $0.y },
        "width": .text { $0.width },
        "height": .text { $0.height },
        "middle": .text { $0.middle },
        "label": .text { $0.label },
        "year": .text { $0.year },
        "isCurrent": .flag { $0.isCurrent },
        "beforeY": .text { $0.beforeY },
        "beforeHeight": .text { $0.beforeHeight },
    ]
}

/// A line of the table beside the chart.
struct MonthRow: TemplateModel {
    var name: String
    var count: String
    var amount: String
    var address: String
    var isCurrent: Bool

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "count": .text { $0.count },
        "amount": .text { $0.amount },
        "address": .text { $0.address },
        "isCurrent": .flag { $0.isCurrent },
    ]
}
