import Expenses

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
