import Expenses
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

/// One month of a chart before it is drawn.
struct MonthFigure {
    var month: YearMonth
    var total: Total
    var address: String
    var isCurrent: Bool
    /// The same month a year earlier, where the chart compares years.
    var before: Money?
}

extension MonthChart {
    /// Where columns may stand: labels have the 36 units below.
    private static let height = 140.0
    private static let headroom = 8.0

    /// - Parameter rest: lines of the table beyond the columns: what is earlier or later than they show.
    init(
        title: String, description: String, width: Int, figures: [MonthFigure], average: Money?,
        averageSentence: String = "", rest: [MonthRow] = [], wording: Wording
    ) {
        let scale = Scale(figures, average: average)
        let slot = Double(width) / Double(max(figures.count, 1))
        let columnWidth = min(slot * 0.68, 44)
        columns = figures.enumerated().map { index, figure in
            let x = slot * Double(index)
            let bar = scale.span(of: figure.total.amount)
            let before = figure.before.map(scale.span)
            return MonthColumn(
                address: figure.address, spoken: MonthChart.spoken(figure, wording),
                slotX: units(x), slotWidth: units(slot), x: units(x + (slot - columnWidth) / 2),
                y: units(bar.top), width: units(columnWidth), height: units(bar.height),
                middle: units(x + slot / 2), label: figure.month.shortMonthName,
                year: MonthChart.showsYear(index, of: figures) ? String(figure.month.year) : "",
                isCurrent: figure.isCurrent,
                beforeY: before.map { units($0.top) } ?? "",
                beforeHeight: before.map { $0.height > 0 ? units($0.height) : "" } ?? "")
        }
        self.title = title
        self.description = description
        self.width = String(width)
        baseline = units(scale.zero)
        averageY = average.map { units(scale.span(of: $0).top) } ?? ""
        self.average = averageSentence
        rows =
            figures.reversed().map { figure in
                MonthRow(
                    name: figure.month.title, count: wording.number(figure.total.count),
                    amount: wording.money(figure.total.amount), address: figure.address,
                    isCurrent: figure.isCurrent)
            } + rest
    }

    /// Under every January, and under the first month where none follows at once.
    private static func showsYear(_ index: Int, of figures: [MonthFigure]) -> Bool {
        let month = figures[index].month.month
        guard index > 0 else { return figures.dropFirst().first?.month.month != 1 }
        return month == 1 || figures[index - 1].month.month == month
    }

    private static func spoken(_ figure: MonthFigure, _ wording: Wording) -> String {
        let count = wording.expenses(figure.total.count)
        let text = "\(figure.month.title): \(wording.money(figure.total.amount)), \(count)"
        guard let before = figure.before else { return text }
        return "\(text); \(figure.month.year - 1): \(wording.money(before))"
    }

    /// Maps amounts to heights; refunds that outweigh a month's spending hang below zero.
    private struct Scale {
        let zero: Double
        private let unitsPerMinorUnit: Double

        init(_ figures: [MonthFigure], average: Money?) {
            let amounts = figures.flatMap { [$0.total.amount, $0.before ?? .zero] } + [average ?? .zero]
            let highest = Double(amounts.map(\.minorUnits).max() ?? 0)
            let lowest = Double(min(amounts.map(\.minorUnits).min() ?? 0, 0))
            let range = max(highest, 0) - lowest
            unitsPerMinorUnit = range > 0 ? (MonthChart.height - MonthChart.headroom) / range : 0
            zero = MonthChart.height + lowest * unitsPerMinorUnit
        }

        /// A column that stands for anything at all is seen.
        func span(of amount: Money) -> (top: Double, height: Double) {
            guard amount.minorUnits != 0 else { return (zero, 0) }
            let height = max(abs(Double(amount.minorUnits)) * unitsPerMinorUnit, 1)
            return (amount.isRefund ? zero : zero - height, height)
        }
    }
}

/// A length of a picture with one decimal at most.
func units(_ length: Double) -> String {
    let tenths = Int((length * 10).rounded())
    let text = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(text)\(whole)" : "\(text)\(whole).\(rest)"
}

extension MonthChart {
    /// The most columns that stand side by side.
    private static let mostColumns = 12

    /// The months of the match: the newest twelve as columns, what lies before and after them in the table.
    /// Nil where nothing matches.
    init?(_ summary: Summary, _ query: FilterQuery, wording: Wording) {
        let totals = summary.byMonth
        guard let earliest = totals.keys.min(), let latest = totals.keys.max() else { return nil }
        let filter = query.filter(today: wording.today)
        let shown = MonthChart.months(filter, earliest, latest, current: wording.today.yearMonth)
        guard let first = shown.first, let last = shown.last else { return nil }
        func address(_ days: ClosedRange<Day>) -> String {
            query.narrowed(to: days, today: wording.today).address
        }
        func rest(_ name: String, _ days: ClosedRange<Day>?) -> [MonthRow] {
            guard let days else { return [] }
            let months = days.lowerBound.yearMonth...days.upperBound.yearMonth
            let total = totals.reduce(Total.zero) { months.contains($1.key) ? $0 + $1.value : $0 }
            guard total.count > 0 else { return [] }
            return [
                MonthRow(
                    name: name, count: wording.number(total.count), amount: wording.money(total.amount),
                    address: address(days), isCurrent: false)
            ]
        }
        let figures = shown.map { month in
            MonthFigure(
                month: month, total: totals[month] ?? .zero, address: address(month.first...month.last),
                isCurrent: month == wording.today.yearMonth)
        }
        let average = MonthChart.average(figures, since: earliest)
        let before = first.first > .first ? Day.first...first.first.advanced(by: -1) : nil
        let after = last.last < .last ? last.last.advanced(by: 1)...Day.last : nil
        self.init(
            title: "Spending by month", description: MonthChart.description(figures, wording), width: 320,
            figures: figures, average: average,
            averageSentence: average.map { "Dashed: \(wording.money($0)) a month on average." } ?? "",
            rest: rest("Later", after) + rest("Earlier", before), wording: wording)
    }

    /// Up to twelve months of the filter's range that end with this one, or with the last that makes sense.
    private static func months(
        _ filter: Filter, _ earliest: YearMonth, _ latest: YearMonth, current: YearMonth
    ) -> [YearMonth] {
        let lower = filter.from == .first ? nil : filter.from.yearMonth
        let upper = filter.through == .last ? nil : filter.through.yearMonth
        let bounded = lower != nil && upper != nil
        var end = max(upper ?? current, lower ?? .distantPast)
        if bounded, let lower, let upper, lower.advanced(by: mostColumns - 1) >= upper {
            end = upper
        } else if end > current {
            end = max(current, lower ?? .distantPast)
        }
        if earliest > end || (upper == nil && latest < end.advanced(by: 1 - mostColumns)) { end = latest }
        var months: [YearMonth] = []
        var month = end
        let start = lower ?? (filter.monthOfYear == nil ? .distantPast : min(earliest, end))
        while months.count < mostColumns, month >= start {
            if filter.monthOfYear == nil || filter.monthOfYear == month.month { months.append(month) }
            guard month > .distantPast else { break }
            month = month.advanced(by: -1)
        }
        return months.reversed()
    }

    /// Of the months from the first with an expense on; nil for fewer than two.
    private static func average(_ figures: [MonthFigure], since earliest: YearMonth) -> Money? {
        let counted = figures.filter { $0.month >= earliest }
        guard counted.count > 1 else { return nil }
        let sum = counted.reduce(Money.zero) { $0 + $1.total.amount }
        let average = sum.divided(by: counted.count)
        return average.minorUnits > 0 ? average : nil
    }

    static func description(_ figures: [MonthFigure], _ wording: Wording) -> String {
        guard let first = figures.first?.month, let last = figures.last?.month,
            let highest = figures.max(by: { $0.total.amount < $1.total.amount })
        else { return "" }
        let span = first == last ? "One column: \(first.title)" : "\(first.title) to \(last.title)"
        return "\(span). The most was \(wording.money(highest.total.amount)), in \(highest.month.title)."
    }
}

extension YearMonth {
    fileprivate static let distantPast = Day.first.yearMonth
}
