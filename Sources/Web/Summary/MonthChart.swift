import Expenses
import Templating

/// Months side by side as columns of an SVG, and the same figures for a table.
struct MonthChart: TemplateModel {
    var first: YearMonth
    var last: YearMonth
    /// The month with the most, and how much it was.
    var most: AmountInMonth
    var width: Int
    /// Of each column, without the space beside it.
    var columnWidth: SVGLength
    var columns: [MonthColumn]
    /// Nil where there is nothing to average.
    var average: ShownMoney?
    var averageY: SVGLength
    /// Where zero is.
    var baseline: SVGLength
    /// The year whose months are drawn as outlines beside these; nil where there are none.
    var yearBefore: Int?
    var rows: [MonthRow]

    static let fields: TemplateFields<Self> = [
        "first": .value { $0.first },
        "last": .value { $0.last },
        "isOneMonth": .flag { $0.first == $0.last },
        "most": .record { $0.most },
        "width": .value { $0.width },
        "columnWidth": .value { $0.columnWidth },
        "columns": .list { $0.columns },
        "average": .value { $0.average },
        "averageY": .value { $0.averageY },
        "baseline": .value { $0.baseline },
        "yearBefore": .value { $0.yearBefore },
        "rows": .list { $0.rows },
    ]
}

/// "$320.10", "October 2026"
struct AmountInMonth: TemplateModel {
    var amount: ShownMoney
    var month: YearMonth

    static let fields: TemplateFields<Self> = [
        "amount": .value { $0.amount },
        "month": .value { $0.month },
    ]
}

/// One column; all lengths are in the units of the picture, across from the column's middle.
struct MonthColumn: TemplateModel {
    var address: FilterAddress
    var month: YearMonth
    var amount: ShownMoney
    var count: ShownCount
    var middle: SVGLength
    var baseline: SVGLength
    /// The end that is not on the baseline.
    var end: SVGLength
    /// What stands above the column; nil where there is none.
    var label: RoughMoney?
    var labelY: SVGLength
    var showsYear: Bool
    var isCurrent: Bool
    /// The same month of the year before, as an outline; nil where there is none.
    var before: MonthOutline?

    static let fields: TemplateFields<Self> = [
        "address": .value { $0.address },
        "month": .value { $0.month },
        "amount": .value { $0.amount },
        "count": .value { $0.count },
        "middle": .value { $0.middle },
        "baseline": .value { $0.baseline },
        "end": .value { $0.end },
        "about": .value { $0.label },
        "aboutY": .value { $0.labelY },
        "label": .value { Message(date: .shortMonth, month: $0.month.month) },
        "year": .value { $0.month.year },
        "showsYear": .flag { $0.showsYear },
        "isCurrent": .flag { $0.isCurrent },
        "before": .optional { $0.before },
    ]
}

struct MonthOutline: TemplateModel {
    var year: Int
    var amount: ShownMoney
    var left: SVGLength
    var right: SVGLength
    var baseline: SVGLength
    var end: SVGLength

    static let fields: TemplateFields<Self> = [
        "year": .value { $0.year },
        "amount": .value { $0.amount },
        "left": .value { $0.left },
        "right": .value { $0.right },
        "baseline": .value { $0.baseline },
        "end": .value { $0.end },
    ]
}

/// A line of the table beside the chart: a month, or what is earlier or later than those shown.
struct MonthRow: TemplateModel {
    /// "Earlier"; empty for a month.
    var name = Message.empty
    var month: YearMonth?
    var count: ShownCount
    var amount: ShownMoney
    var address: FilterAddress
    var isCurrent = false

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "month": .value { $0.month },
        "count": .value { $0.count },
        "amount": .value { $0.amount },
        "address": .value { $0.address },
        "isCurrent": .flag { $0.isCurrent },
    ]
}

/// One month of a chart before it is drawn.
struct MonthFigure {
    var month: YearMonth
    var total: Total
    var address: FilterAddress
    var isCurrent: Bool
    /// The same month a year earlier, where the chart compares years.
    var before: Money?
}

extension MonthChart {
    /// Where columns may stand: labels have the 36 units below.
    private static let height = 140.0
    private static let headroom = 14.0
    /// Between a column and the figure above it.
    private static let gap = 4.0

    /// Nil without any month.
    ///
    /// - Parameter rest: lines of the table beyond the columns: what is earlier or later than they show.
    init?(width: Int, figures: [MonthFigure], average: Money?, rest: [MonthRow] = [], wording: Wording) {
        guard let first = figures.first?.month, let last = figures.last?.month,
            let highest = figures.max(by: { $0.total.amount < $1.total.amount })
        else { return nil }
        let scale = Scale(figures, average: average)
        let slot = Double(width) / Double(max(figures.count, 1))
        let columnWidth = min(slot * 0.68, 44)
        let baseline = SVGLength(scale.zero)
        columns = figures.enumerated().map { index, figure in
            MonthColumn(
                address: figure.address, month: figure.month, amount: wording.money(figure.total.amount),
                count: wording.expenses(figure.total.count), middle: SVGLength(slot * (Double(index) + 0.5)),
                baseline: baseline, end: SVGLength(scale.end(of: figure.total.amount)),
                label: figure.total.amount == .zero ? nil : wording.rough(figure.total.amount),
                labelY: SVGLength(
                    min(scale.zero, scale.end(of: max(figure.total.amount, figure.before ?? .zero)))
                        - MonthChart.gap),
                showsYear: MonthChart.showsYear(index, of: figures), isCurrent: figure.isCurrent,
                before: figure.before.map { before in
                    MonthOutline(
                        year: figure.month.year - 1, amount: wording.money(before),
                        left: SVGLength(-columnWidth / 2), right: SVGLength(columnWidth / 2),
                        baseline: baseline,
                        end: SVGLength(scale.end(of: before)))
                })
        }
        (self.first, self.last) = (first, last)
        most = AmountInMonth(amount: wording.money(highest.total.amount), month: highest.month)
        self.width = width
        self.columnWidth = SVGLength(columnWidth)
        self.baseline = baseline
        self.average = average.map(wording.money)
        averageY = SVGLength(scale.end(of: average ?? .zero))
        yearBefore = columns.lazy.compactMap(\.before?.year).first
        rows =
            figures.reversed().map { figure in
                MonthRow(
                    month: figure.month, count: wording.number(figure.total.count),
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

    /// Maps amounts to heights; refunds that outweigh a month's spending hang below zero.
    private struct Scale {
        let zero: Double
        private let unitsPerMinorUnit: Double

        init(_ figures: [MonthFigure], average: Money?) {
            var highest = max(average?.minorUnits ?? 0, 0)
            var lowest: Int64 = 0
            for figure in figures {
                highest = max(highest, figure.total.amount.minorUnits, figure.before?.minorUnits ?? 0)
                lowest = min(lowest, figure.total.amount.minorUnits, figure.before?.minorUnits ?? 0)
            }
            let range = Double(highest) - Double(lowest)
            unitsPerMinorUnit = range > 0 ? (MonthChart.height - MonthChart.headroom) / range : 0
            zero = MonthChart.height + Double(lowest) * unitsPerMinorUnit
        }

        /// Any amount but zero gets a column of at least one unit.
        func end(of amount: Money) -> Double {
            guard amount.minorUnits != 0 else { return zero }
            let height = max(abs(Double(amount.minorUnits)) * unitsPerMinorUnit, 1)
            return amount.isRefund ? zero + height : zero - height
        }
    }
}

extension MonthChart {
    /// The most columns that stand side by side.
    private static let maxColumns = 12

    /// The months of the match: the newest twelve as columns, what lies before and after them in the table.
    /// Nil where nothing matches.
    init?(_ summary: Summary, _ query: FilterQuery, _ links: FilterLinks, wording: Wording) {
        guard let known = summary.months else { return nil }
        let (earliest, latest) = (known.lowerBound, known.upperBound)
        let filter = query.filter(today: wording.today)
        let shown = MonthChart.months(filter, earliest, latest, current: wording.today.yearMonth)
        guard let first = shown.first, let last = shown.last else { return nil }
        func address(_ days: ClosedRange<Day>) -> FilterAddress {
            links.address(query.days.narrowed(to: days, today: wording.today))
        }
        func rest(_ name: Message, _ total: Total, _ days: ClosedRange<Day>?) -> [MonthRow] {
            guard let days, total.count > 0 else { return [] }
            return [
                MonthRow(
                    name: name, count: wording.number(total.count), amount: wording.money(total.amount),
                    address: address(days))
            ]
        }
        let figures = shown.map { month in
            MonthFigure(
                month: month, total: summary.total(of: month) ?? .zero,
                address: query.days == .any
                    ? links.address(DayFilter(month)) : address(month.first...month.last),
                isCurrent: month == wording.today.yearMonth)
        }
        let average = MonthChart.average(figures, since: earliest)
        var (fromFirst, later) = (Total.zero, Total.zero)
        for month in summary.byMonth where month.month >= first {
            fromFirst = fromFirst + month.total
            if month.month > last { later = later + month.total }
        }
        // Not added up out of the months, as the summary may be without early ones.
        let earlier = Total(
            count: summary.total.count - fromFirst.count, amount: summary.total.amount - fromFirst.amount)
        let before = first.first > .first ? Day.first...first.first.advanced(by: -1) : nil
        let after = last.last < .last ? last.last.advanced(by: 1)...Day.last : nil
        self.init(
            width: 320, figures: figures, average: average,
            rest: rest(Message("Later"), later, after) + rest(Message("Earlier"), earlier, before),
            wording: wording)
    }

    /// Up to twelve months of the filter's range that end with this one, or with the last that makes sense.
    private static func months(
        _ filter: Filter, _ earliest: YearMonth, _ latest: YearMonth, current: YearMonth
    ) -> [YearMonth] {
        let lower = filter.from == .first ? nil : filter.from.yearMonth
        let upper = filter.through == .last ? nil : filter.through.yearMonth
        let bounded = lower != nil && upper != nil
        var end = max(upper ?? current, lower ?? .distantPast)
        if bounded, let lower, let upper, lower.advanced(by: maxColumns - 1) >= upper {
            end = upper
        } else if end > current {
            end = max(current, lower ?? .distantPast)
        }
        if earliest > end || (upper == nil && latest < end.advanced(by: 1 - maxColumns)) { end = latest }
        var months: [YearMonth] = []
        var month = end
        let start = lower ?? (filter.monthOfYear == nil ? .distantPast : min(earliest, end))
        while months.count < maxColumns, month >= start {
            if filter.monthOfYear == nil || filter.monthOfYear == month.month { months.append(month) }
            guard month > .distantPast else { break }
            month = month.advanced(by: -1)
        }
        return months.reversed()
    }

    /// Complete months only, from the first with an expense. Nil for fewer than two.
    private static func average(_ figures: [MonthFigure], since earliest: YearMonth) -> Money? {
        var sum = Money.zero
        var count = 0
        for figure in figures where figure.month >= earliest && !figure.isCurrent {
            sum = sum + figure.total.amount
            count += 1
        }
        guard count > 1 else { return nil }
        let average = sum.divided(by: count)
        return average.minorUnits > 0 ? average : nil
    }
}

extension YearMonth {
    fileprivate static let distantPast = Day.first.yearMonth
}
