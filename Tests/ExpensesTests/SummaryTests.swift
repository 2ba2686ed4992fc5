import Expenses
import Testing

struct SummaryTests {
    private static func cell(_ month: Int, _ category: Int64, _ count: Int, _ amount: Int64) -> Summary.Cell {
        Summary.Cell(
            month: YearMonth(number: month), category: Category.ID(category),
            total: Total(count: count, amount: Money(minorUnits: amount)))
    }

    @Test func `totals of categories and months add up to the whole`() {
        let summary = Summary(cells: [
            Self.cell(202_611, 1, 2, 500), Self.cell(202_611, 2, 1, -200), Self.cell(202_612, 1, 3, 1000),
        ])
        #expect(summary.total == Total(count: 6, amount: Money(minorUnits: 1300)))
        #expect(summary.total(of: Category.ID(1)) == Total(count: 5, amount: Money(minorUnits: 1500)))
        #expect(summary.total(of: Category.ID(2)) == Total(count: 1, amount: Money(minorUnits: -200)))
        #expect(
            summary.total(of: YearMonth(number: 202_611)) == Total(count: 3, amount: Money(minorUnits: 300)))
        #expect(
            summary.total(of: YearMonth(number: 202_612)) == Total(count: 3, amount: Money(minorUnits: 1000)))
    }

    @Test func `the summary of no cells is zero`() {
        let summary = Summary(cells: [])
        #expect(summary.total == .zero)
        #expect(summary.byCategory.isEmpty && summary.byMonth.isEmpty)
    }
}
