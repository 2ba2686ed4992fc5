import Expenses

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
        let average = Money(minorUnits: sum.minorUnits / Int64(counted.count))
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
