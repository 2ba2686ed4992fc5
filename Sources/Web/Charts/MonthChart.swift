import Expenses
import Templating

/// Months, or days, side by side as columns of an SVG, and the same figures for a table.
struct MonthChart: TemplateModel {
    var first: ChartSpan
    var last: ChartSpan
    /// The column with the most, and how much it was.
    var most: AmountInSpan
    /// Whether the columns are days.
    var isOfDays: Bool
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
        "first": .field { $0.first },
        "last": .field { $0.last },
        "isOfDays": .field { $0.isOfDays },
        "most": .field { $0.most },
        "width": .field { $0.width },
        "columnWidth": .field { $0.columnWidth },
        "columns": .field { $0.columns },
        "average": .field { $0.average },
        "averageY": .field { $0.averageY },
        "baseline": .field { $0.baseline },
        "yearBefore": .field { $0.yearBefore },
        "rows": .field { $0.rows },
    ]
}

/// "$320.10", "October 2026"
struct AmountInSpan: TemplateModel {
    var amount: ShownMoney
    var span: ChartSpan

    static let fields: TemplateFields<Self> = [
        "amount": .field { $0.amount },
        "span": .field { $0.span },
    ]
}

/// One column; all lengths are in the units of the picture, across from the column's middle.
struct MonthColumn: TemplateModel {
    /// Nil for a day without expenses, which leads nowhere.
    var address: FilterAddress?
    var span: ChartSpan
    var amount: ShownMoney
    var count: ShownCount
    var middle: SVGLength
    var baseline: SVGLength
    /// The end that is not on the baseline.
    var end: SVGLength
    /// About how much, above the column; nil where there is nothing, or no room.
    var about: RoughMoney?
    var aboutY: SVGLength
    /// Under the column: "Oct" and, where it begins, "2026"; "5" and "Oct". Empty where there is nothing to say.
    var label: Message
    var below: Message
    var isCurrent: Bool
    /// The same month of the year before, as an outline; nil where there is none.
    var before: MonthOutline?

    static let fields: TemplateFields<Self> = [
        "address": .field { $0.address },
        "span": .field { $0.span },
        "amount": .field { $0.amount },
        "count": .field { $0.count },
        "middle": .field { $0.middle },
        "baseline": .field { $0.baseline },
        "end": .field { $0.end },
        "about": .field { $0.about },
        "aboutY": .field { $0.aboutY },
        "label": .field { $0.label },
        "below": .field { $0.below },
        "isCurrent": .field { $0.isCurrent },
        "before": .field { $0.before },
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
        "year": .field { $0.year },
        "amount": .field { $0.amount },
        "left": .field { $0.left },
        "right": .field { $0.right },
        "baseline": .field { $0.baseline },
        "end": .field { $0.end },
    ]
}

/// A line of the table beside the chart: a column, or what is earlier or later than those shown.
struct MonthRow: TemplateModel {
    /// "Earlier"; empty for a column.
    var name = Message.empty
    var span: ChartSpan?
    var count: ShownCount
    var amount: ShownMoney
    var address: FilterAddress
    var isCurrent = false

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "span": .field { $0.span },
        "count": .field { $0.count },
        "amount": .field { $0.amount },
        "address": .field { $0.address },
        "isCurrent": .field { $0.isCurrent },
    ]
}

/// One column of a chart before it is drawn.
struct MonthFigure {
    var span: ChartSpan
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

    /// Nil without any column.
    ///
    /// - Parameter rest: lines of the table beyond the columns: what is earlier or later than they show.
    init?(width: Int, figures: [MonthFigure], average: Money?, rest: [MonthRow] = [], wording: Wording) {
        guard let first = figures.first?.span, let last = figures.last?.span,
            let highest = figures.max(by: { $0.total.amount < $1.total.amount })
        else { return nil }
        let scale = Scale(figures, average: average)
        let slot = Double(width) / Double(max(figures.count, 1))
        let columnWidth = min(slot * 0.68, 44)
        let baseline = SVGLength(scale.zero)
        let isOfDays = if case .day = first { true } else { false }
        let columns = figures.enumerated().map { index, figure in
            let isEmpty = figure.total.count == 0
            let (label, below) = MonthChart.labels(index, of: figures)
            return MonthColumn(
                address: isOfDays && isEmpty ? nil : figure.address, span: figure.span,
                amount: wording.money(figure.total.amount), count: wording.expenses(figure.total.count),
                middle: SVGLength(slot * (Double(index) + 0.5)),
                baseline: baseline, end: SVGLength(scale.end(of: figure.total.amount)),
                about: figure.total.amount == .zero || figures.count > MonthChart.maxColumns
                    ? nil : wording.rough(figure.total.amount),
                aboutY: SVGLength(min(scale.zero, scale.end(of: figure.total.amount)) - MonthChart.gap),
                label: label, below: below, isCurrent: figure.isCurrent,
                before: figure.before.flatMap { before in
                    guard case .month(let month) = figure.span else { return nil }
                    return MonthOutline(
                        year: month.year - 1, amount: wording.money(before),
                        left: SVGLength(-columnWidth / 2), right: SVGLength(columnWidth / 2),
                        baseline: baseline,
                        end: SVGLength(scale.end(of: before)))
                })
        }
        self.columns = isOfDays ? columns.filter { $0.address != nil || !$0.label.isEmpty } : columns
        self.isOfDays = isOfDays
        (self.first, self.last) = (first, last)
        most = AmountInSpan(amount: wording.money(highest.total.amount), span: highest.span)
        self.width = width
        self.columnWidth = SVGLength(columnWidth)
        self.baseline = baseline
        self.average = average.map(wording.money)
        averageY = SVGLength(scale.end(of: average ?? .zero))
        yearBefore = columns.lazy.compactMap { $0.before?.year }.first
        rows =
            figures.reversed().filter { !isOfDays || $0.total.count > 0 }.map { figure in
                MonthRow(
                    span: figure.span, count: wording.number(figure.total.count),
                    amount: wording.money(figure.total.amount), address: figure.address,
                    isCurrent: figure.isCurrent)
            } + rest
    }

    /// What stands under a column: each month, and its year under every January and the first where none follows at
    /// once; of many days every fifth, and the month under the first of it and of the chart.
    private static func labels(_ index: Int, of figures: [MonthFigure]) -> (label: Message, below: Message) {
        switch figures[index].span {
        case .month(let month):
            func number(_ index: Int) -> Int? {
                guard figures.indices.contains(index), case .month(let month) = figures[index].span else {
                    return nil
                }
                return month.month
            }
            let showsYear =
                index > 0 ? month.month == 1 || number(index - 1) == month.month : number(1) != 1
            return (month.shortName, showsYear ? Message(verbatim: String(month.year)) : .empty)
        case .day(let day):
            let number = day.dayOfMonth
            let isShown = figures.count <= maxColumns || number == 1 || number.isMultiple(of: 5)
            return (
                isShown ? Message(verbatim: String(number)) : .empty,
                index == 0 || number == 1 ? Message(date: .shortMonth, month: day.month) : .empty
            )
        }
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

    /// The days of the match, where it is about few. Else its months: the newest twelve as columns, what lies before
    /// and after them in the table. Nil where nothing matches, and where there would be one column only.
    init?(_ summary: Summary, _ query: FilterQuery, _ links: FilterLinks, wording: Wording) {
        guard let known = summary.months else { return nil }
        let (earliest, latest) = (known.lowerBound, known.upperBound)
        let calendar = wording.months
        let filter = query.filter(today: wording.today, months: calendar)
        if filter.isOfDays {
            guard filter.from < filter.through else { return nil }
            self.init(
                width: 320, figures: MonthChart.days(filter, summary, links, wording: wording),
                average: nil, wording: wording)
            return
        }
        let shown = MonthChart.months(filter, earliest, latest, current: wording.month)
        guard let first = shown.first, let last = shown.last, first < last else { return nil }
        func address(_ days: ClosedRange<Day>) -> FilterAddress {
            links.address(query.days.narrowed(to: days, today: wording.today, months: calendar))
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
                span: .month(month), total: summary.total(of: month) ?? .zero,
                address: query.days == .any
                    ? links.address(DayFilter(month)) : address(calendar.days(of: month)),
                isCurrent: month == wording.month)
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
        let (firstDay, lastDay) = (calendar.first(of: first), calendar.last(of: last))
        let before = firstDay > .first ? Day.first...firstDay.advanced(by: -1) : nil
        let after = lastDay < .last ? lastDay.advanced(by: 1)...Day.last : nil
        self.init(
            width: 320, figures: figures, average: average,
            rest: rest(Message("Later"), later, after) + rest(Message("Earlier"), earlier, before),
            wording: wording)
    }

    private static func days(
        _ filter: Filter, _ summary: Summary, _ links: FilterLinks, wording: Wording
    ) -> [MonthFigure] {
        var rest = summary.byDay[...]
        let count = filter.through.daysSinceEpoch - filter.from.daysSinceEpoch
        return (0...count).map { index in
            let day = filter.from.advanced(by: index)
            let total = rest.first?.day == day ? rest.removeFirst().total : .zero
            return MonthFigure(
                span: .day(day), total: total, address: links.address(DayFilter(from: day, through: day)),
                isCurrent: day == wording.today)
        }
    }

    /// Up to twelve months of the filter's range that end with this one, or with the last that makes sense.
    private static func months(
        _ filter: Filter, _ earliest: YearMonth, _ latest: YearMonth, current: YearMonth
    ) -> [YearMonth] {
        let lower = filter.from == .first ? nil : filter.months.month(of: filter.from)
        let upper = filter.through == .last ? nil : filter.months.month(of: filter.through)
        let bounded = lower != nil && upper != nil
        var end = max(upper ?? current, lower ?? .earliest)
        if bounded, let lower, let upper, lower.advanced(by: maxColumns - 1) >= upper {
            end = upper
        } else if end > current {
            end = max(current, lower ?? .earliest)
        }
        if earliest > end || (upper == nil && latest < end.advanced(by: 1 - maxColumns)) { end = latest }
        var months: [YearMonth] = []
        months.reserveCapacity(maxColumns)
        var month = end
        let start = lower ?? (filter.monthOfYear == nil ? .earliest : min(earliest, end))
        while months.count < maxColumns, month >= start {
            if filter.monthOfYear == nil || filter.monthOfYear == month.month { months.append(month) }
            guard month > .earliest else { break }
            month = month.advanced(by: -1)
        }
        return months.reversed()
    }

    /// Complete months only, from the first with an expense. Nil for fewer than two.
    private static func average(_ figures: [MonthFigure], since earliest: YearMonth) -> Money? {
        var sum = Money.zero
        var count = 0
        for figure in figures where !figure.isCurrent {
            guard case .month(let month) = figure.span, month >= earliest else { continue }
            sum = sum + figure.total.amount
            count += 1
        }
        guard count > 1 else { return nil }
        let average = sum.divided(by: count)
        return average.minorUnits > 0 ? average : nil
    }
}
