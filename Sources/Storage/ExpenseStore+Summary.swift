package import Expenses
import SQLite

extension ExpenseStore {
    /// The totals of everything that matches. Whole months come from the monthly totals; the rows themselves are read
    /// only for the months of which the filter takes a part, or, when it has a text, for all of them.
    package func summary(of owner: User.ID, matching filter: Filter) throws -> Summary {
        guard filter.from <= filter.through else { return Summary(cells: []) }
        guard filter.text.isEmpty else { return Summary(cells: try cellsOfRows(of: owner, matching: filter)) }
        var cells: [Summary.Cell] = []
        var first = filter.from.yearMonth
        var last = filter.through.yearMonth
        if first == last, !filter.coversWholeMonths {
            return Summary(cells: try cellsOfRows(of: owner, matching: filter))
        }
        if filter.from != first.first {
            var edge = filter
            edge.through = first.last
            cells += try cellsOfRows(of: owner, matching: edge)
            first = first.advanced(by: 1)
        }
        var tail: [Summary.Cell] = []
        if filter.through != last.last {
            var edge = filter
            edge.from = last.first
            tail = try cellsOfRows(of: owner, matching: edge)
            last = last.advanced(by: -1)
        }
        if first <= last { cells += try cellsOfTotals(of: owner, matching: filter, months: first...last) }
        return Summary(cells: cells + tail)
    }

    /// The total alone of everything that matches. SQLite adds up what has to be read row by row.
    package func total(of owner: User.ID, matching filter: Filter) throws -> Total {
        guard filter.from <= filter.through else { return .zero }
        if filter.text.isEmpty, filter.coversWholeMonths {
            return try summary(of: owner, matching: filter).total
        }
        let condition = FilterCondition(filter)
        let statement = try connection.statement(
            composed: """
                SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM expenses
                WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql)
                """, [.id(owner), .day(filter.from), .day(filter.through)] + condition.values)
        return try statement.step() ? statement.total(count: 0, sum: 1) : .zero
    }

    /// The totals of everything there is, without the table of months and categories: out of two small tables.
    ///
    /// - Parameter current: where it is given, months that lie more than eleven before it, or before the newest one where
    ///   that is earlier, are left out of `byMonth`: a long history costs no more than a short one.
    package func totals(of owner: User.ID, asOf current: YearMonth? = nil) throws -> Summary {
        var byMonth: [Summary.OfMonth] = []
        byMonth.reserveCapacity(16)
        var earliest: YearMonth?
        let months = try connection.statement(
            "SELECT month, count, sum FROM month_totals WHERE owner = ? ORDER BY month DESC", [.id(owner)])
        while try months.step() {
            let month = try months.month(0)
            if let current, let newest = byMonth.first?.month, month < min(current, newest).advanced(by: -11)
            {
                earliest = try firstMonth(of: owner)
                break
            }
            byMonth.append(Summary.OfMonth(month: month, total: try months.total(count: 1, sum: 2)))
        }
        byMonth.reverse()
        let categories = try connection.statement(
            "SELECT category, count, sum FROM category_totals WHERE owner = ? ORDER BY category", [.id(owner)]
        )
        var byCategory: [Summary.OfCategory] = []
        while try categories.step() {
            byCategory.append(
                Summary.OfCategory(
                    category: try categories.id(0), total: try categories.total(count: 1, sum: 2)))
        }
        return Summary(byMonth: byMonth, earliest: earliest, byCategory: byCategory)
    }

    private func firstMonth(of owner: User.ID) throws -> YearMonth? {
        let statement = try connection.statement(
            "SELECT month FROM month_totals WHERE owner = ? ORDER BY month LIMIT 1", [.id(owner)])
        return try statement.step() ? statement.month(0) : nil
    }

    /// The first and the last month that hold an expense; nil when there is none.
    package func months(of owner: User.ID) throws -> ClosedRange<YearMonth>? {
        let statement = try connection.statement(
            """
            SELECT (SELECT month FROM month_totals WHERE owner = ?1 ORDER BY month LIMIT 1),
                (SELECT month FROM month_totals WHERE owner = ?1 ORDER BY month DESC LIMIT 1)
            """, [.id(owner)])
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return try statement.month(0)...statement.month(1)
    }

    private func cellsOfTotals(
        of owner: User.ID, matching filter: Filter, months: ClosedRange<YearMonth>
    ) throws -> [Summary.Cell] {
        let condition = FilterCondition(filter, month: "month")
        let statement = try connection.statement(
            composed: """
                SELECT month, category, count, sum FROM monthly_totals
                WHERE owner = ? AND month >= ? AND month <= ?\(condition.sql)
                """,
            [.id(owner), .integer(months.lowerBound.number), .integer(months.upperBound.number)]
                + condition.values)
        var cells: [Summary.Cell] = []
        while try statement.step() {
            cells.append(
                Summary.Cell(
                    month: try statement.month(0), category: try statement.id(1),
                    total: try statement.total(count: 2, sum: 3)))
        }
        return cells
    }

    /// Reads the rows in the order of their key, so that those of a month follow each other.
    private func cellsOfRows(of owner: User.ID, matching filter: Filter) throws -> [Summary.Cell] {
        let condition = FilterCondition(filter)
        let statement = try connection.statement(
            composed: """
                SELECT day / 100, category, amount FROM expenses
                WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql) ORDER BY day, id
                """, [.id(owner), .day(filter.from), .day(filter.through)] + condition.values)
        var cells: [Summary.Cell] = []
        var month: Int64 = 0
        /// Where the cells of the current month are.
        var places: [Category.ID: Int] = [:]
        while try statement.step() {
            if try statement.integer(0) != month {
                month = try statement.integer(0)
                places.removeAll(keepingCapacity: true)
            }
            let category: Category.ID = try statement.id(1)
            let total = Total(count: 1, amount: try statement.amount(2))
            if let place = places[category] {
                cells[place].total = cells[place].total + total
            } else {
                places[category] = cells.count
                cells.append(Summary.Cell(month: try statement.month(0), category: category, total: total))
            }
        }
        return cells
    }
}
