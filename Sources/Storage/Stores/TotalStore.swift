package import Expenses
import SQL

/// Counts and sums of each user's expenses, out of the totals that triggers keep.
package struct TotalStore {
    let connection: Connection

    /// The totals of everything that matches: of whole months from the totals by month, or those by description; of parts
    /// of months from the totals by day, or, where the filter has a text, from the rows of these days.
    package func summary(of owner: User.ID, matching filter: Filter) throws -> Summary {
        guard filter.from <= filter.through else { return Summary(cells: []) }
        let matches = try DescriptionStore(connection: connection).matches(of: owner, filter)
        if let matches, matches.numbers.isEmpty { return Summary(cells: []) }
        var cells: [Summary.Cell] = []
        var first = filter.from.yearMonth
        var last = filter.through.yearMonth
        if first == last, !filter.coversWholeMonths {
            return Summary(cells: try cellsOfDays(of: owner, matching: filter, matches))
        }
        if filter.from != first.first {
            var edge = filter
            edge.through = first.last
            cells += try cellsOfDays(of: owner, matching: edge, matches)
            first = first.advanced(by: 1)
        }
        var tail: [Summary.Cell] = []
        if filter.through != last.last {
            var edge = filter
            edge.from = last.first
            tail = try cellsOfDays(of: owner, matching: edge, matches)
            last = last.advanced(by: -1)
        }
        if first <= last {
            cells += try cellsOfMonths(of: owner, matching: filter, matches, months: first...last)
        }
        return Summary(cells: cells + tail)
    }

    /// The total alone of everything that matches. SQLite adds up the days of one month.
    package func total(of owner: User.ID, matching filter: Filter) throws -> Total {
        guard filter.from <= filter.through else { return .zero }
        guard filter.text.isEmpty, filter.from.yearMonth == filter.through.yearMonth else {
            return try summary(of: owner, matching: filter).total
        }
        let condition = FilterCondition(filter)
        let statement = try connection.statement(
            composed: """
                SELECT CAST(coalesce(sum(count), 0) AS BIGINT), CAST(coalesce(sum(sum), 0) AS BIGINT)
                FROM daily_totals WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql)
                """, [.id(owner), .day(filter.from), .day(filter.through)] + condition.values)
        return try statement.step() ? statement.total(count: 0, sum: 1) : .zero
    }

    /// The totals of everything there is, without the whole table of months and categories: out of small tables.
    ///
    /// - Parameter current: where it is given, `cells` has those of that month, and months that lie more than eleven before
    ///   it, or before the newest one where that is earlier, are left out of `byMonth`: a long history costs no more than
    ///   a short one.
    package func all(of owner: User.ID, asOf current: YearMonth? = nil) throws -> Summary {
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
        return Summary(
            byMonth: byMonth, earliest: earliest, byCategory: byCategory,
            cells: try current.map { try cells(of: owner, in: $0) } ?? [])
    }

    private func cells(of owner: User.ID, in month: YearMonth) throws -> [Summary.Cell] {
        let statement = try connection.statement(
            "SELECT category, count, sum FROM monthly_totals WHERE owner = ? AND month = ?",
            [.id(owner), .integer(month.number)])
        var cells: [Summary.Cell] = []
        while try statement.step() {
            cells.append(
                Summary.Cell(
                    month: month, category: try statement.id(0), total: try statement.total(count: 1, sum: 2))
            )
        }
        return cells
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

    private func cellsOfMonths(
        of owner: User.ID, matching filter: Filter, _ matches: DescriptionMatches?,
        months: ClosedRange<YearMonth>
    ) throws -> [Summary.Cell] {
        let condition = FilterCondition(filter, month: "month")
        let range: [Value] = [
            .id(owner), .integer(months.lowerBound.number), .integer(months.upperBound.number),
        ]
        guard let matches else {
            return try cells(
                in: connection.statement(
                    composed: """
                        SELECT month, category, count, sum FROM monthly_totals
                        WHERE owner = ? AND month >= ? AND month <= ?\(condition.sql) ORDER BY month
                        """, range + condition.values))
        }
        return try cellsInAnyOrder(
            in: connection.statement(
                composed: """
                    SELECT month, category, count, sum FROM description_totals
                    WHERE owner = ? AND month >= ? AND month <= ?\(condition.sql)
                        AND description_id \(matches.condition)
                    """, range + condition.values + [matches.list]))
    }

    private func cellsOfDays(
        of owner: User.ID, matching filter: Filter, _ matches: DescriptionMatches?
    ) throws -> [Summary.Cell] {
        let condition = FilterCondition(filter, matches: matches)
        let values = [.id(owner), .day(filter.from), .day(filter.through)] + condition.values
        guard matches != nil else {
            return try cells(
                in: connection.statement(
                    composed: """
                        SELECT day / 100, category, count, sum FROM daily_totals
                        WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql) ORDER BY day
                        """, values))
        }
        return try cells(
            in: connection.statement(
                composed: """
                    SELECT day / 100, category, 1, amount FROM expenses
                    WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql) ORDER BY day
                    """, values))
    }

    /// The columns `month, category, count, sum`, by month; rows of the same month and category are added up.
    private func cells(in statement: borrowing Statement) throws -> [Summary.Cell] {
        var cells: [Summary.Cell] = []
        // Where the cells of the newest month begin. They are few: searching them is faster than a dictionary.
        var start = 0
        while try statement.step() {
            let cell = try statement.cell()
            if cells.last?.month != cell.month { start = cells.count }
            if let place = cells[start...].firstIndex(where: { $0.category == cell.category }) {
                cells[place].total.add(cell.total)
            } else {
                cells.append(cell)
            }
        }
        return cells
    }

    /// The same for rows in any order: totals by description come one description after the other.
    private func cellsInAnyOrder(in statement: borrowing Statement) throws -> [Summary.Cell] {
        struct Place: Hashable {
            let month: YearMonth
            let category: Category.ID
        }
        var cells: [Place: Summary.Cell] = [:]
        while try statement.step() {
            let cell = try statement.cell()
            cells[Place(month: cell.month, category: cell.category), default: cell.empty].total.add(
                cell.total)
        }
        return cells.values.sorted {
            ($0.month, $0.category.rawValue) < ($1.month, $1.category.rawValue)
        }
    }
}

extension Statement {
    /// The columns `month, category, count, sum`, from 0 on.
    fileprivate func cell() throws -> Summary.Cell {
        Summary.Cell(month: try month(0), category: try id(1), total: try total(count: 2, sum: 3))
    }
}

extension Summary.Cell {
    fileprivate var empty: Summary.Cell { Summary.Cell(month: month, category: category, total: .zero) }
}
