import Expenses
import SQL

/// An owner's row of counters: read when a write begins, and written back when it is done.
struct Counters: Hashable {
    var newestExpense: Int64
    var newestDescription: Int64
    /// Expenses that there are, those in the bin and those that an import is to add included.
    var expenses: Int64
    var latest: LatestDescriptions
    /// Merges of categories that are under way.
    let merging: Int64
}

/// The numbers that each user's own things have got so far, how many expenses the user has, and what they are called.
struct CounterStore {
    let connection: Connection

    /// What has numbers of its own beside expenses and descriptions, from 1 on: the column with the newest.
    enum Kind: String {
        case category = "newest_category"
        case importedFile = "newest_import"
        case token = "newest_token"
        case idempotencyKey = "newest_key"
        case rule = "newest_rule"
        case repeatingExpense = "newest_repeating"
        case bulkChange = "newest_change"
    }

    /// A number that nothing of this kind has had. Throws `AppError.notFound` where there is no such user.
    func next(_ kind: Kind, of owner: User.ID) throws -> Int64 {
        // Two statements, as SQLite keeps what RETURNING gives in a table of its own. The first one holds the row.
        try connection.statement(
            composed: "UPDATE counters SET \(kind.rawValue) = \(kind.rawValue) + 1 WHERE owner = ?",
            [.id(owner)]
        ).run()
        let number = try connection.statement(
            composed: "SELECT \(kind.rawValue) FROM counters WHERE owner = ?", [.id(owner)]
        ).first { try $0.integer(0) }
        guard let number else { throw AppError.notFound }
        return number
    }

    /// Calls `body` with the owner's row, and keeps what it has changed. Throws `AppError.notFound` where there is no such
    /// user. Whoever writes for an owner holds the row from the beginning, so that nobody changes it meanwhile.
    func change<Value>(of owner: User.ID, _ body: (inout Counters) throws -> Value) throws -> Value {
        var counters = try find(of: owner)
        let before = counters
        let value = try body(&counters)
        guard counters != before else { return value }
        if counters.latest.isIncomplete {
            try DescriptionStore(connection: connection).complete(&counters.latest, of: owner)
        }
        if counters.latest == before.latest {
            try connection.runAhead(
                """
                UPDATE counters SET newest_expense = ?, newest_description = ?, expenses = ? WHERE owner = ?
                """,
                [
                    .integer(counters.newestExpense), .integer(counters.newestDescription),
                    .integer(counters.expenses), .id(owner),
                ])
        } else {
            try connection.runAhead(
                """
                UPDATE counters SET newest_expense = ?, newest_description = ?, expenses = ?, latest = ?
                WHERE owner = ?
                """,
                [
                    .integer(counters.newestExpense), .integer(counters.newestDescription),
                    .integer(counters.expenses), .text(counters.latest.text), .id(owner),
                ])
        }
        return value
    }

    func find(of owner: User.ID) throws -> Counters {
        let statement = try connection.statement(
            "SELECT newest_expense, newest_description, expenses, latest, merging FROM counters WHERE owner = ?",
            [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        return Counters(
            newestExpense: try statement.integer(0), newestDescription: try statement.integer(1),
            expenses: try statement.integer(2), latest: LatestDescriptions(text: try statement.text(3)),
            merging: try statement.integer(4))
    }
}
