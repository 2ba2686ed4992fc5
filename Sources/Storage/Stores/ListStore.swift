package import Expenses
import SQL

/// Each user's expenses that match a filter, in the order of the list: newest day first, and within a day newest entry first.
package struct ListStore {
    let connection: Connection

    /// Up to `limit` expenses that come after the cursor; nil begins with the newest.
    package func page(
        of owner: User.ID, matching filter: Filter, after cursor: Cursor?, limit: Int
    ) throws -> ExpensePage {
        guard filter.from <= filter.through, limit > 0 else { return ExpensePage() }
        var page = ExpensePage()
        page.expenses.reserveCapacity(limit + 1)
        try append(to: &page.expenses, of: owner, matching: filter, after: cursor, upTo: limit + 1)
        let following = page.expenses.count > limit ? page.expenses.removeLast().day : nil
        guard let first = page.expenses.first, let last = page.expenses.last else { return page }
        if following != nil { page.next = Cursor(day: last.day, id: last.id) }
        page.dayTotals.reserveCapacity(page.expenses.count)
        for expense in page.expenses {
            if let place = page.dayTotals.indices.last, page.dayTotals[place].day.number == expense.day.number
            {
                page.dayTotals[place].amount = page.dayTotals[place].amount + expense.amount
            } else {
                page.dayTotals.append(ExpensePage.DayTotal(day: expense.day, amount: expense.amount))
            }
        }
        if cursor?.day == first.day {
            page.dayTotals[0].amount = try sum(of: owner, matching: filter, on: first.day)
        }
        if following == last.day {
            page.dayTotals[page.dayTotals.count - 1].amount = try sum(
                of: owner, matching: filter, on: last.day)
        }
        return page
    }

    private func append(
        to expenses: inout [Expense], of owner: User.ID, matching filter: Filter, after cursor: Cursor?,
        upTo count: Int
    ) throws {
        let descriptions = DescriptionStore(connection: connection)
        let matches = try descriptions.matches(of: owner, filter)
        if let matches {
            if matches.numbers.isEmpty { return }
            let isRare =
                try filter.repeating == nil
                && descriptions.isRare(matches, of: owner, most: ListStore.rareMatchLimit)
            let statement =
                isRare
                ? try fewRows(of: owner, matching: filter, matches, after: cursor, limit: count)
                : try rows(of: owner, matching: filter, matches, after: cursor, limit: count)
            while try statement.step() { expenses.append(try statement.expense()) }
            return
        }
        guard filter.repeating == nil, !filter.categories.isEmpty || filter.monthOfYear != nil else {
            let statement = try rows(of: owner, matching: filter, after: cursor, limit: count)
            while try statement.step() { expenses.append(try statement.expense()) }
            return
        }
        var reachable = filter
        if let cursor { reachable.through = min(filter.through, cursor.day) }
        guard reachable.from <= reachable.through else { return }
        // The month of the cursor counts matches that are behind it, which only makes a run shorter than it might be.
        var months = try MatchingMonths(
            of: owner, matching: reachable, enough: count, on: connection)
        while expenses.count < count, let days = try months.next() {
            var run = filter
            run.from = max(filter.from, days.lowerBound)
            run.through = min(filter.through, days.upperBound)
            let missing = count - expenses.count
            let statement = try rows(of: owner, matching: run, after: cursor, limit: missing)
            while try statement.step() { expenses.append(try statement.expense()) }
        }
    }

    /// Up to this many matches, sorting their days is faster than reading through all rows until a page is full.
    private static let rareMatchLimit: Int64 = 10_000

    /// Calls `body` with every expense that matches, in the order of the list, one at a time.
    package func forEach(
        of owner: User.ID, matching filter: Filter, _ body: (Expense) throws -> Void
    ) throws {
        guard filter.from <= filter.through else { return }
        let matches = try DescriptionStore(connection: connection).matches(of: owner, filter)
        // A server sends all rows at once, which would be in memory together.
        let limit = connection.dialect == .sqlite ? Int.max : ListStore.piece
        var cursor: Cursor?
        while true {
            let statement = try rows(
                of: owner, matching: filter, matches, after: cursor, limit: limit)
            var count = 0
            var last: Cursor?
            while try statement.step() {
                let expense = try statement.expense()
                count += 1
                last = Cursor(day: expense.day, id: expense.id)
                try body(expense)
            }
            guard count == limit, let last else { return }
            cursor = last
        }
    }

    /// Rows that are in memory together.
    static let piece = 4096

    /// Put together once: most lists are not filtered.
    private static let unfiltered = """
        SELECT \(ExpenseRow.columns) FROM expenses
        WHERE owner = ? AND day >= ? AND day <= ? ORDER BY day DESC, id DESC LIMIT ?
        """

    /// The columns that `Statement.expense` reads.
    private func rows(
        of owner: User.ID, matching filter: Filter, _ matches: DescriptionMatches? = nil,
        after cursor: Cursor?, limit: Int
    ) throws -> Statement {
        let condition = FilterCondition(filter, matches: matches)
        let source = FilterSource(filter, of: owner)
        var range = source.values + [.id(owner), .day(filter.from)]
        guard let cursor, cursor.day <= filter.through else {
            range.append(.day(filter.through))
            if condition.sql.isEmpty, filter.repeating == nil {
                return try connection.statement(
                    composed: ListStore.unfiltered, range + [.integer(limit)])
            }
            return try connection.statement(
                composed: """
                    SELECT \(ExpenseRow.columns) FROM \(source.sql)
                    WHERE owner = ? AND day >= ? AND day <= ?\(condition.sql)
                    ORDER BY day DESC, id DESC LIMIT ?
                    """, range + condition.values + [.integer(limit)])
        }
        // The upper bound of the days alone lets SQLite begin at it; the pair then cuts within that day.
        range += [.day(cursor.day), .day(cursor.day), .id(cursor.id)]
        return try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns) FROM \(source.sql)
                WHERE owner = ? AND day >= ? AND day <= ? AND (day, id) < (?, ?)\(condition.sql)
                ORDER BY day DESC, id DESC LIMIT ?
                """, range + condition.values + [.integer(limit)])
    }

    /// The same for descriptions that few expenses have: the index of descriptions gives their days and numbers, of which
    /// those of one page are looked up.
    private func fewRows(
        of owner: User.ID, matching filter: Filter, _ matches: DescriptionMatches, after cursor: Cursor?,
        limit: Int
    ) throws -> Statement {
        let condition = FilterCondition(filter)
        let index = connection.dialect.indexed(by: "expenses_by_description")
        let last = cursor ?? Cursor(day: .last, id: Expense.ID(.max))
        return try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns) FROM expenses WHERE owner = ?1 AND (day, id) IN (
                    SELECT day, id FROM expenses\(index)
                    WHERE owner = ?1 AND description_id \(matches.condition) AND day >= ? AND day <= ?
                        AND (day, id) < (?, ?)\(condition.sql)
                    ORDER BY day DESC, id DESC LIMIT ?)
                ORDER BY day DESC, id DESC
                """,
            [
                .id(owner), matches.list, .day(filter.from), .day(filter.through), .day(last.day),
                .id(last.id),
            ] + condition.values + [.integer(limit)])
    }

    private func sum(of owner: User.ID, matching filter: Filter, on day: Day) throws -> Money {
        var filter = filter
        (filter.from, filter.through) = (day, day)
        return try TotalStore(connection: connection).total(of: owner, matching: filter).amount
    }
}
