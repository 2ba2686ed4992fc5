package import Expenses
import SQL

/// Counts and sums of each user's expenses, out of the totals that triggers keep.
package struct TotalStore {
    let connection: Connection

    /// The totals of everything that matches: of whole months from the totals by month, of parts of months from those by day,
    /// and, where the filter has a text, from the index of descriptions.
    package func summary(of owner: User.ID, matching filter: Filter) throws -> Summary {
        guard filter.from <= filter.through else { return Summary(cells: []) }
        if filter.needsRows { return Summary(cells: try cells(of: owner, matching: filter)) }
        var cells: [Summary.Cell] = []
        let months = filter.months
        var first = months.month(of: filter.from)
        var last = months.month(of: filter.through)
        if first == last, !filter.coversWholeMonths {
            return Summary(cells: try cellsOfDays(of: owner, matching: filter))
        }
        if filter.from != months.first(of: first) {
            var edge = filter
            edge.through = months.last(of: first)
            cells += try cellsOfDays(of: owner, matching: edge)
            first = first.advanced(by: 1)
        }
        var tail: [Summary.Cell] = []
        if filter.through != months.last(of: last) {
            var edge = filter
            edge.from = months.first(of: last)
            tail = try cellsOfDays(of: owner, matching: edge)
            last = last.advanced(by: -1)
        }
        if first <= last {
            cells += try cellsOfMonths(of: owner, matching: filter, months: first...last)
        }
        return Summary(cells: cells + tail)
    }

    /// The same of a filter that is about few days, with the total of each.
    package func summaryByDay(of owner: User.ID, matching filter: Filter) throws -> Summary {
        guard filter.from <= filter.through else { return Summary(cells: []) }
        var days: [Summary.OfDay] = []
        // Few: searching them is faster than a dictionary.
        var cells: [Summary.Cell] = []
        func add(_ total: Total, on number: Int, in category: Category.ID) throws {
            guard let day = Day(number: number) else { throw StorageError.unreadable(column: "day") }
            if let last = days.indices.last, days[last].day == day {
                days[last].total.add(total)
            } else {
                days.append(Summary.OfDay(day: day, total: total))
            }
            let month = filter.months.month(of: day)
            if let place = cells.firstIndex(where: { $0.category == category && $0.month == month }) {
                cells[place].total.add(total)
            } else {
                cells.append(Summary.Cell(month: month, category: category, total: total))
            }
        }
        if filter.needsRows {
            let places = try places(of: owner, matching: filter, period: { $0 })
            for (place, total) in places.sorted(by: { $0.key.period < $1.key.period }) {
                try add(total, on: place.period, in: Category.ID(place.category))
            }
        } else {
            let condition = FilterCondition(ofTotals: filter, day: "period")
            let statement = try connection.statement(
                composed: """
                    SELECT period, category, count, sum FROM current_totals
                    WHERE owner = ? AND span = 3 AND period >= ? AND period <= ?\(condition.sql) ORDER BY period
                    """, [.id(owner), .day(filter.from), .day(filter.through)] + condition.values)
            while try statement.step() {
                try add(
                    statement.total(count: 2, sum: 3), on: Int(statement.integer(0)), in: statement.id(1))
            }
        }
        return Summary(cells: cells, byDay: days)
    }

    private static let totalOfDays: StaticString = """
        SELECT CAST(coalesce(sum(count), 0) AS BIGINT), CAST(coalesce(sum(sum), 0) AS BIGINT)
        FROM current_totals WHERE owner = ? AND span = 3 AND period >= ? AND period <= ?
        """

    /// The total alone of everything that matches. SQLite adds up the days of one month.
    package func total(of owner: User.ID, matching filter: Filter) throws -> Total {
        guard filter.from <= filter.through else { return .zero }
        guard !filter.needsRows,
            filter.months.month(of: filter.from) == filter.months.month(of: filter.through)
        else {
            return try summary(of: owner, matching: filter).total
        }
        let condition = FilterCondition(ofTotals: filter, day: "period")
        let days: [Value] = [.id(owner), .day(filter.from), .day(filter.through)]
        let statement =
            try condition.sql.isEmpty
            ? connection.statement(TotalStore.totalOfDays, days)
            : connection.statement(
                composed: "\(TotalStore.totalOfDays)\(condition.sql)", days + condition.values)
        return try statement.step() ? statement.total(count: 0, sum: 1) : .zero
    }

    /// The totals of everything there is, without the whole table of months and categories: out of small tables.
    ///
    /// - Parameters:
    ///   - current: where it is given, `cells` has those of that month, and months that lie more than eleven before it, or
    ///     before the newest one where that is earlier, are left out of `byMonth`: a long history costs no more than a short
    ///     one.
    ///   - earliest: the first month that holds an expense, where the caller knows it.
    package func all(of owner: User.ID, asOf current: YearMonth? = nil, since earliest: YearMonth? = nil)
        throws -> Summary
    {
        var byMonth: [Summary.OfMonth] = []
        byMonth.reserveCapacity(16)
        let rows = try connection.statement(
            """
            SELECT period, count, sum FROM current_totals WHERE owner = ? AND span = 1
            ORDER BY period DESC
            """, [.id(owner)])
        var hasEarlier = false
        while try rows.step() {
            let month = try rows.month(0)
            if let current, let newest = byMonth.first?.month, month < min(current, newest).advanced(by: -11)
            {
                hasEarlier = true
                break
            }
            byMonth.append(Summary.OfMonth(month: month, total: try rows.total(count: 1, sum: 2)))
        }
        byMonth.reverse()
        var byCategory: [Summary.OfCategory] = []
        byCategory.reserveCapacity(16)
        var cells: [Summary.Cell] = []
        cells.reserveCapacity(16)
        let categories = try connection.statement(
            """
            SELECT span, category, count, sum FROM current_totals WHERE owner = ?1 AND span = 0
            UNION ALL SELECT span, category, count, sum FROM current_totals
                WHERE owner = ?1 AND span = 2 AND period = ?2
            """, [.id(owner), .integer(current?.number ?? 0)])
        while try categories.step() {
            let category: Category.ID = try categories.id(1)
            let total = try categories.total(count: 2, sum: 3)
            if try categories.integer(0) == Totals.Span.allTimeByCategory.rawValue {
                byCategory.append(Summary.OfCategory(category: category, total: total))
            } else if let current {
                cells.append(Summary.Cell(month: current, category: category, total: total))
            }
        }
        byCategory.sort { $0.category.rawValue < $1.category.rawValue }
        let first = hasEarlier ? try earliest ?? months(of: owner)?.lowerBound : nil
        return Summary(byMonth: byMonth, earliest: first, byCategory: byCategory, cells: cells)
    }

    /// The first and the last month that hold an expense; nil when there is none.
    package func months(of owner: User.ID) throws -> ClosedRange<YearMonth>? {
        let statement = try connection.statement(
            """
            SELECT (SELECT period FROM current_totals WHERE owner = ?1 AND span = 1 ORDER BY period LIMIT 1),
                (SELECT period FROM current_totals WHERE owner = ?1 AND span = 1 ORDER BY period DESC LIMIT 1)
            """, [.id(owner)])
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return try statement.month(0)...statement.month(1)
    }

    /// Until `endAdding`, expenses that are added are not counted one by one. Of a SQLite file only: a server's triggers count
    /// all rows of a statement at once.
    func beginAdding(of owner: User.ID) throws {
        try connection.run("UPDATE counters SET adding = 1 WHERE owner = ?", .id(owner))
    }

    /// Counts what has been added since `beginAdding`.
    func endAdding(_ expenses: [Expense], of owner: User.ID) throws {
        for (months, through) in try MonthStore(connection: connection).kept(of: owner) {
            try add(expenses.filter { $0.day <= through }, by: months, of: owner)
        }
        try connection.run("UPDATE counters SET adding = 0 WHERE owner = ?", .id(owner))
    }

    private func add(_ expenses: [Expense], by months: MonthCalendar, of owner: User.ID) throws {
        struct Place: Hashable {
            let span: Totals.Span
            let period: Int
            let category: Category.ID?
        }
        var totals: [Place: Total] = [:]
        for expense in expenses {
            let (day, month) = (expense.day.number, months.month(of: expense.day).number)
            for place in [
                Place(span: .allTimeByCategory, period: 0, category: expense.category),
                Place(span: .month, period: month, category: nil),
                Place(span: .monthByCategory, period: month, category: expense.category),
                Place(span: .dayByCategory, period: day, category: expense.category),
            ] {
                totals[place, default: .zero].add(Total(count: 1, amount: expense.amount))
            }
        }
        for (place, total) in totals {
            try connection.run(
                """
                INSERT INTO totals (owner, month_start, span, period, category, count, sum)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (owner, month_start, span, period, category)
                    DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum
                """, .id(owner), .integer(months.start), .integer(place.span.rawValue),
                .integer(place.period),
                place.category.map { .id($0) } ?? .integer(0), .integer(total.count),
                .integer(total.amount.minorUnits))
        }
    }

    private func cellsOfMonths(
        of owner: User.ID, matching filter: Filter, months: ClosedRange<YearMonth>
    ) throws -> [Summary.Cell] {
        let condition = FilterCondition(ofTotals: filter, month: "period")
        return try cells(
            in: connection.statement(
                composed: """
                    SELECT period, category, count, sum FROM current_totals
                    WHERE owner = ? AND span = 2 AND period >= ? AND period <= ?\(condition.sql) ORDER BY period
                    """,
                [.id(owner), .integer(months.lowerBound.number), .integer(months.upperBound.number)]
                    + condition.values))
    }

    private func cellsOfDays(of owner: User.ID, matching filter: Filter) throws -> [Summary.Cell] {
        let month = filter.months.month(of: "period")
        let condition = FilterCondition(ofTotals: filter, day: "period")
        return try cells(
            in: connection.statement(
                composed: """
                    SELECT \(month), category, count, sum FROM current_totals
                    WHERE owner = ? AND span = 3 AND period >= ? AND period <= ?\(condition.sql) ORDER BY period
                    """, [.id(owner), .day(filter.from), .day(filter.through)] + condition.values))
    }

    /// Out of the rows: see `places`.
    private func cells(of owner: User.ID, matching filter: Filter) throws -> [Summary.Cell] {
        let months = filter.months
        return try places(of: owner, matching: filter) { try months.month(ofDay: $0) }.map { place, total in
            Summary.Cell(
                month: YearMonth(number: place.period), category: Category.ID(place.category), total: total)
        }.sorted { ($0.month, $0.category.rawValue) < ($1.month, $1.category.rawValue) }
    }

    /// A category in a month or on a day, each by its number.
    private struct Place: Hashable {
        let period: Int
        let category: Int64
    }

    /// Of the expenses with the descriptions that the filter asks for, which their index gives one description after the
    /// other, or of those that one that repeats has recorded, or both. `period` gives the number of what is counted for the
    /// number of a day.
    private func places(
        of owner: User.ID, matching filter: Filter, period: (Int) throws -> Int
    ) throws -> [Place: Total] {
        let matches = try DescriptionStore(connection: connection).matches(of: owner, filter)
        if let matches, matches.numbers.isEmpty { return [:] }
        let condition = FilterCondition(filter)
        let indexed = FilterSource(
            filter, of: owner, index: connection.dialect.indexed(by: "expenses_by_description"))
        let described = matches.map { " AND description_id \($0.condition)" } ?? ""
        let statement = try connection.statement(
            composed: """
                SELECT day, category, amount FROM \(indexed.sql)
                WHERE owner = ?\(described) AND day >= ? AND day <= ?\(condition.sql)
                """,
            indexed.values + [.id(owner)] + (matches.map { [$0.list] } ?? []) + [
                .day(filter.from), .day(filter.through),
            ] + condition.values)
        var totals: [Place: Total] = [:]
        while try statement.step() {
            let place = Place(
                period: try period(Int(try statement.integer(0))), category: try statement.integer(1))
            totals[place, default: .zero].add(Total(count: 1, amount: try statement.amount(2)))
        }
        return totals
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
}

extension Statement {
    /// The columns `month, category, count, sum`, from 0 on.
    fileprivate func cell() throws -> Summary.Cell {
        Summary.Cell(month: try month(0), category: try id(1), total: try total(count: 2, sum: 3))
    }
}
