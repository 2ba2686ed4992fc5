import Expenses
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

extension SummaryPage {
    /// - Parameter summary: of this year and the one before.
    init(
        _ year: Int, _ summary: Summary, categories: [Category], known: ClosedRange<YearMonth>?, frame: Frame,
        wording: Wording
    ) {
        let months = SummaryPage.months(of: year)
        let shown = Summary(cells: summary.cells.filter { $0.month.year == year })
        let query = FilterQuery(year: year)
        self.frame = frame
        self.year = String(year)
        steps = Steps(around: year)
        comparison = SummaryPage.comparison(year, summary, wording)
        let figures = months.map { month in
            MonthFigure(
                month: month, total: summary.byMonth[month] ?? .zero, address: query.moved(to: month).address,
                isCurrent: month == wording.today.yearMonth,
                before: year > 1900 ? summary.byMonth[month.advanced(by: -12)]?.amount : nil)
        }
        let hasBefore = figures.contains { $0.before != nil }
        self.months = MonthChart(
            title: "Spending by month in \(year)",
            description: MonthChart.description(figures, wording)
                + (hasBefore ? " Outlines show \(year - 1)." : ""),
            width: 400, figures: figures, average: nil,
            averageSentence: hasBefore ? "Dashed outlines: the same months of \(year - 1)." : "",
            wording: wording)
        self.categories = CategoryChart(shown, categories: categories, wording: wording) { id in
            query.showing([id]).address
        }
        table =
            shown.cells.isEmpty
            ? nil : YearTable(year, summary, shown, categories: categories, wording: wording)
        emptiness = shown.cells.isEmpty ? Emptiness(year: year, known: known) : nil
    }

    static func months(of year: Int) -> [YearMonth] {
        (1...12).compactMap { YearMonth(year: year, month: $0) }
    }

    /// Against the same months of the year before, as far as this year has got.
    private static func comparison(_ year: Int, _ summary: Summary, _ wording: Wording) -> Comparison? {
        guard let first = YearMonth(year: year, month: 1), year > 1900 else { return nil }
        let isRunning = year == wording.today.year && wording.today.month < 12
        let last = isRunning ? wording.today.yearMonth : first.advanced(by: 11)
        func total(_ from: YearMonth, _ through: YearMonth) -> Total {
            summary.byMonth.filter { from <= $0.key && $0.key <= through }.values.reduce(.zero, +)
        }
        func address(_ from: YearMonth, _ through: YearMonth) -> String {
            let query =
                isRunning
                ? FilterQuery(from: from.first, through: through.last) : FilterQuery(year: from.year)
            return query.address
        }
        let amount = total(first, last)
        let (firstBefore, lastBefore) = (first.advanced(by: -12), last.advanced(by: -12))
        let before = total(firstBefore, lastBefore)
        guard amount.count > 0 || before.count > 0 else { return nil }
        let name = isRunning ? "the same months of \(year - 1)" : String(year - 1)
        let span = last.month == 1 ? "January" : "January to \(last.monthName)"
        return Comparison(
            title: isRunning ? "\(span) \(year)" : String(year),
            amount: Link(label: wording.money(amount.amount), address: address(first, last)),
            difference: before.count == 0
                ? "" : Comparison.difference(amount.amount, before.amount, wording),
            before: Link(
                label: "\(name) (\(wording.money(before.amount)))", address: address(firstBefore, lastBefore))
        )
    }
}

extension YearTable {
    fileprivate init(
        _ year: Int, _ summary: Summary, _ shown: Summary, categories: [Category], wording: Wording
    ) {
        let months = SummaryPage.months(of: year)
        let query = FilterQuery(year: year)
        let preferences = wording.preferences
        var cells: [Category.ID: [YearMonth: Money]] = [:]
        for cell in shown.cells {
            cells[cell.category, default: [:]][cell.month, default: .zero] =
                (cells[cell.category]?[cell.month] ?? .zero) + cell.total.amount
        }
        func row(
            _ name: String, _ color: String, _ query: FilterQuery, _ year: Int, total: Money?,
            _ amount: (YearMonth) -> Money?
        ) -> YearTableRow {
            YearTableRow(
                name: name, color: color,
                cells: SummaryPage.months(of: year).map { month in
                    Link(
                        label: amount(month)?.figures(preferences) ?? "",
                        address: query.moved(to: month).address)
                },
                total: Link(label: (total ?? .zero).figures(preferences), address: query.address))
        }
        currency = preferences.currency.code
        self.months = months.map { Link(label: $0.shortMonthName, address: query.moved(to: $0).address) }
        rows = categories.compactMap { category in
            guard let amounts = cells[category.id] else { return nil }
            return row(
                category.name, category.color.rawValue, query.showing([category.id]), year,
                total: shown.byCategory[category.id]?.amount
            ) { amounts[$0] }
        }
        totals = row("Total", "", query, year, total: shown.total.amount) { shown.byMonth[$0]?.amount }
        let last = summary.cells.filter { $0.month.year == year - 1 }
        guard !last.isEmpty else { return }
        let sum = last.reduce(Money.zero) { $0 + $1.total.amount }
        before = row(String(year - 1), "", FilterQuery(year: year - 1), year - 1, total: sum) {
            summary.byMonth[$0]?.amount
        }
    }
}

extension Steps {
    /// The summary of the years before and after.
    fileprivate init(around year: Int) {
        title = String(year)
        previous = Link(label: String(year - 1), address: "/summary?year=\(max(year - 1, 1900))")
        next = Link(label: String(year + 1), address: "/summary?year=\(min(year + 1, 2999))")
    }
}

extension Emptiness {
    fileprivate init(year: Int, known: ClosedRange<YearMonth>?) {
        heading = "No expenses in \(year)"
        guard let known else {
            explanation = "Once you have written down what you spend, this page shows the year at a glance."
            links = [Link(label: "Add an expense", address: "/expenses/new")]
            return
        }
        let newest = known.upperBound.year
        explanation = "Your expenses reach from \(known.lowerBound.title) to \(known.upperBound.title)."
        links = [Link(label: String(newest), address: "/summary?year=\(newest)")]
    }
}
