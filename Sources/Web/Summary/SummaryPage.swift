import Expenses
import Templating

/// One year: its months side by side, against the year before, and each category by month.
struct SummaryPage: FramedPage {
    var frame: Frame
    var year: Int
    /// "2026", with its days where these are not the calendar's.
    var title: Message
    var comparison: Comparison?
    var months: MonthChart?
    var categories: CategoryChart?
    var table: YearTable?
    var targets: [TargetYear] = []
    var emptiness: EmptyState?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "year": .field { $0.year },
        "title": .field { $0.title },
        "yearBefore": .field { max($0.year - 1, 1900) },
        "yearAfter": .field { min($0.year + 1, 2999) },
        "comparison": .field { $0.comparison },
        "months": .field { $0.months },
        "categories": .field { $0.categories },
        "table": .field { $0.table },
        "targets": .field { $0.targets },
        "emptiness": .field { $0.emptiness },
    ]
}

/// Category × month.
struct YearTable: TemplateModel {
    var currency: String
    /// Each month's name above its column leads to the month's rows.
    var months: [FilterLink]
    var rows: [YearTableRow]
    var totals: YearTableRow
    /// The year before; nil where it had no expenses.
    var before: YearTableRow?

    static let fields: TemplateFields<Self> = [
        "currency": .field { $0.currency },
        "months": .field { $0.months },
        "rows": .field { $0.rows },
        "totals": .field { $0.totals },
        "before": .field { $0.before },
    ]
}

struct YearTableRow: TemplateModel {
    var name: Message
    var color: CategoryColor?
    /// One for each month.
    var cells: [YearTableCell]
    var total: YearTableCell

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "color": .field { $0.color },
        "cells": .field { $0.cells },
        "total": .field { $0.total },
    ]
}

struct YearTableCell: TemplateModel {
    /// Without the currency, which the table names once; nil where there is nothing.
    var figures: ShownFigures?
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "figures": .field { $0.figures },
        "address": .field { $0.address },
    ]
}

extension SummaryPage {
    /// - Parameter summary: of this year and the one before.
    init(
        _ year: Int, _ summary: Summary, _ comparison: YearComparison?, categories: [Category],
        known: ClosedRange<YearMonth>?, targets: Targets, frame: Frame, wording: Wording
    ) {
        self.targets = TargetYear.all(targets, of: year, summary, categories: categories, wording: wording)
        let months = SummaryPage.months(of: year)
        let shown = Summary(cells: summary.cells.filter { $0.month.year == year })
        let links = FilterLinks(FilterQuery())
        self.frame = frame
        self.year = year
        title = wording.title(ofYear: year)
        self.comparison = SummaryPage.comparison(year, comparison, wording)
        let figures = months.map { month in
            MonthFigure(
                span: .month(month), total: summary.total(of: month) ?? .zero,
                address: links.address(DayFilter(month)),
                isCurrent: month == wording.month,
                before: year > 1900 ? summary.total(of: month.advanced(by: -12))?.amount : nil)
        }
        self.months = MonthChart(width: 400, figures: figures, average: nil, wording: wording)
        self.categories = CategoryChart(
            shown, categories: categories, DayFilter(year: year), links, wording: wording)
        table =
            shown.cells.isEmpty
            ? nil : YearTable(year, summary, shown, categories: categories, wording: wording)
        emptiness = shown.cells.isEmpty ? EmptyState(year: year, known: known) : nil
    }

    static func months(of year: Int) -> [YearMonth] {
        (1...12).compactMap { YearMonth(year: year, month: $0) }
    }

    private static func comparison(
        _ year: Int, _ comparison: YearComparison?, _ wording: Wording
    ) -> Comparison? {
        guard let comparison, comparison.total.count > 0 || comparison.before.count > 0 else { return nil }
        let (days, links) = (comparison.days, FilterLinks(FilterQuery()))
        func link(_ range: ClosedRange<Day>, _ year: Int, _ total: Total) -> AmountLink {
            let filter =
                days.isRunning
                ? DayFilter(from: range.lowerBound, through: range.upperBound) : DayFilter(year: year)
            return AmountLink(amount: wording.money(total.amount), address: links.address(filter))
        }
        return Comparison(
            title: days.isRunning
                ? Message("{year} so far", ["year": year]) : Message(verbatim: String(year)),
            link(days.own, year, comparison.total),
            beforeName: days.isRunning
                ? Message("the same days of {year}", ["year": year - 1])
                : Message(verbatim: String(year - 1)),
            beforeWords: days.isRunning
                ? Message("on the same days of {year}", ["year": year - 1])
                : Message("in {year}", ["year": year - 1]),
            link(days.before, year - 1, comparison.before), isCompared: comparison.before.count > 0,
            wording: wording)
    }
}

extension YearTable {
    fileprivate init(
        _ year: Int, _ summary: Summary, _ shown: Summary, categories: [Category], wording: Wording
    ) {
        let links = FilterLinks(FilterQuery())
        var cells: [Category.ID: [YearMonth: Money]] = [:]
        for cell in shown.cells {
            cells[cell.category, default: [:]][cell.month, default: .zero] =
                (cells[cell.category]?[cell.month] ?? .zero) + cell.total.amount
        }
        func row(
            _ name: Message, _ color: CategoryColor?, _ category: Category.ID?, _ year: Int, total: Money?,
            _ amount: (YearMonth) -> Money?
        ) -> YearTableRow {
            func cell(_ days: DayFilter, _ amount: Money?) -> YearTableCell {
                YearTableCell(
                    figures: amount.map(wording.figures), address: links.address(days, category: category))
            }
            return YearTableRow(
                name: name, color: color,
                cells: SummaryPage.months(of: year).map { cell(DayFilter($0), amount($0)) },
                total: cell(DayFilter(year: year), total ?? .zero))
        }
        currency = wording.preferences.currency.code
        months = SummaryPage.months(of: year).map {
            FilterLink(label: $0.shortName, address: links.address(DayFilter($0)))
        }
        rows = categories.compactMap { category in
            guard let amounts = cells[category.id] else { return nil }
            return row(
                Message(verbatim: category.name), category.color, category.id, year,
                total: shown.total(of: category.id)?.amount
            ) { amounts[$0] }
        }
        totals = row(Message("Total"), nil, nil, year, total: shown.total.amount) {
            shown.total(of: $0)?.amount
        }
        let last = summary.cells.filter { $0.month.year == year - 1 }
        guard !last.isEmpty else { return }
        let sum = last.reduce(Money.zero) { $0 + $1.total.amount }
        before = row(Message(verbatim: String(year - 1)), nil, nil, year - 1, total: sum) {
            summary.total(of: $0)?.amount
        }
    }
}

extension EmptyState {
    fileprivate init(year: Int, known: ClosedRange<YearMonth>?) {
        heading = Message("No expenses in {year}", ["year": year])
        guard let known else {
            explanation = Message(
                "Once you have written down what you spend, this page shows the year at a glance.")
            links = [Link(label: Message("Add an expense"), address: "/expenses/new")]
            return
        }
        let newest = known.upperBound.year
        explanation = Message(
            "Your expenses reach from {first} to {last}.",
            ["first": known.lowerBound.words, "last": known.upperBound.words])
        links = [Link(label: Message(verbatim: String(newest)), address: "/summary?year=\(newest)")]
    }
}
