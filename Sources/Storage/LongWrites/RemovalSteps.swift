import Expenses
import SQL

/// Removes a user with everything of theirs, a few rows at a time.
struct RemovalSteps {
    let connection: Connection
    let owner: User.ID

    /// How a few rows go of each table but those that go last, those that name others first.
    static func removals(in dialect: Dialect) -> [String] {
        let last = [Tables.users, Tables.counters, Tables.longWrites].map(\.name)
        return Tables.all.reversed().filter { $0.engines.contain(dialect) && !last.contains($0.name) }
            .compactMap(\.removal)
    }

    private static let ofFiles = removals(in: .sqlite)
    private static let ofServers = removals(in: .postgreSQL)

    /// Returns false when the user is gone.
    func remove() throws -> Bool {
        let expenses = ExpenseStore(connection: connection)
        if try expenses.discardSome(of: owner, in: 1...Int64.max, limit: LongWriteStore.rowsPerClockCheck) > 0
        {
            return true
        }
        // What is counted goes with the expenses: the rest is what only its owner refers to.
        for sql in connection.dialect == .sqlite ? RemovalSteps.ofFiles : RemovalSteps.ofServers {
            try connection.statement(composed: sql, [.id(owner), .integer(LongWriteStore.rowsPerClockCheck)])
                .run()
            if connection.changes > 0 { return true }
        }
        // With it, whatever else was on its way for this user.
        try connection.run("DELETE FROM long_writes WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM counters WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM users WHERE id = ?", .id(owner))
        return false
    }
}
