package import Expenses
import SQL

/// On which day an account's months begin, and that they are to begin on another one.
package struct MonthStore {
    let connection: Connection
    var limits: StepLimits?

    /// Those that the account is being counted for; nil where it is not. Until that is done, everything shows the others.
    package func coming(of owner: User.ID) throws -> MonthCalendar? {
        let states = try LongWriteStore(connection: connection).all(of: owner)
        for case .countMonths(let months) in states.lazy.map(\.write) {
            let isDone = try current(of: owner) == months
            return isDone ? nil : months
        }
        return nil
    }

    /// Those that are shown. Throws `AppError.notFound` where there is no such user.
    func current(of owner: User.ID) throws -> MonthCalendar {
        let statement = try connection.statement(
            "SELECT month_start FROM counters WHERE owner = ?", [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        return try statement.months(0)
    }

    /// Whether the account is so small that somebody may wait until it is counted by other months.
    package func areCountedAtOnce(of owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM counters WHERE owner = ? AND expenses <= ?", .id(owner),
            .integer(MonthStore.countedAtOnce)) != nil
    }

    /// Expenses: some hundredths of a second.
    private static let countedAtOnce = 20_000

    /// Begins to count the account's totals by other months, and makes the first step: of a small account that is all. What
    /// is being counted already begins again where it is for others still.
    func change(to months: MonthCalendar, of owner: User.ID) throws {
        guard try (coming(of: owner) ?? current(of: owner)) != months else { return }
        let longWrites = LongWriteStore(connection: connection, limits: limits)
        try connection.run("DELETE FROM long_writes WHERE owner = ? AND kind = 'count months'", .id(owner))
        try connection.run(
            "UPDATE counters SET counted_month_start = ?, counted_through = 0 WHERE owner = ?",
            .integer(months.start), .id(owner))
        try longWrites.begin(.countMonths(months), owner: owner)
    }

    /// The months by which totals are kept, each with the last day that these hold.
    func kept(of owner: User.ID) throws -> [(months: MonthCalendar, through: Day)] {
        let statement = try connection.statement(
            "SELECT month_start, counted_month_start, counted_through FROM counters WHERE owner = ?",
            [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        let shown = (months: try statement.months(0), through: Day.last)
        guard try statement.integer(2) > 0 else { return [shown] }
        return [shown, (try statement.months(1), try statement.day(2))]
    }
}
