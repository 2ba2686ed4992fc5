import Expenses
import SQL

/// Removes a user with everything of theirs, a few rows at a time.
struct RemovalSteps {
    let connection: Connection
    let owner: User.ID

    /// How a few rows go of each table but those that go last, those that name others first.
    static func removals(in dialect: Dialect) -> [(sql: String, rows: Int)] {
        let last = [Tables.users, Tables.counters, Tables.longWrites].map(\.name)
        return Tables.all.reversed().filter { $0.engines.contain(dialect) && !last.contains($0.name) }
            .compactMap { table in
                // A file's piece is as much as some thousand other rows.
                table.removal.map { ($0, table.batch < LongWriteStore.batch ? 1 : LongWriteStore.batch) }
            }
    }

    private static let ofFiles = removals(in: .sqlite)
    private static let ofServers = removals(in: .postgreSQL)

    /// At the end the user is gone.
    func remove() throws -> LongWriteStore.Progress {
        // Whatever else was on its way for this user has no sense any more.
        try connection.run(
            "DELETE FROM long_writes WHERE owner = ? AND kind <> 'remove user'", .id(owner))
        let expenses = ExpenseStore(connection: connection)
        let count = try expenses.discardSome(of: owner, in: 1...Int64.max, limit: LongWriteStore.batch)
        if count > 0 { return .rows(count) }
        // What is counted goes with the expenses: the rest is what only its owner refers to.
        for (sql, rows) in connection.dialect == .sqlite ? RemovalSteps.ofFiles : RemovalSteps.ofServers {
            try connection.statement(composed: sql, [.id(owner), .integer(rows)]).run()
            if connection.changes > 0 { return .rows(LongWriteStore.batch) }
        }
        try connection.run("DELETE FROM long_writes WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM counters WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM users WHERE id = ?", .id(owner))
        return .end
    }
}
