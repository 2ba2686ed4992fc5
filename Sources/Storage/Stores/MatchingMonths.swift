import Expenses
import SQL

/// The days that can hold what a filter matches, newest first, as far as the totals by month tell: with
/// them a page of a rare category, or of every December, is found without reading all the rows in between.
struct MatchingMonths: ~Copyable {
    private let statement: Statement
    private let enough: Int
    private let months: MonthCalendar
    /// A month that has been read and belongs to the next run.
    private var pending: (month: YearMonth, count: Int)?

    /// A run of months is cut after `enough` matches.
    init(
        of owner: User.ID, matching filter: Filter, enough: Int, on connection: Connection
    ) throws {
        let condition = FilterCondition(filter, month: "period")
        let statement = try connection.statement(
            composed: """
                SELECT period, CAST(sum(count) AS BIGINT) FROM current_totals
                WHERE owner = ? AND span = 2 AND period >= ? AND period <= ?\(condition.sql)
                GROUP BY period ORDER BY period DESC
                """,
            [
                .id(owner), .integer(filter.months.month(of: filter.from).number),
                .integer(filter.months.month(of: filter.through).number),
            ] + condition.values)
        pending = try MatchingMonths.month(in: statement)
        self.statement = statement
        self.enough = enough
        months = filter.months
    }

    private static func month(in statement: borrowing Statement) throws -> (month: YearMonth, count: Int)? {
        guard try statement.step() else { return nil }
        return (try statement.month(0), Int(try statement.integer(1)))
    }

    /// The next run of months without a gap; nil after the last.
    mutating func next() throws -> ClosedRange<Day>? {
        guard var (first, count) = pending else { return nil }
        let last = first
        pending = try MatchingMonths.month(in: statement)
        while count < enough, let (month, more) = pending, month == first.advanced(by: -1) {
            first = month
            count += more
            pending = try MatchingMonths.month(in: statement)
        }
        return months.first(of: first)...months.last(of: last)
    }
}
