import Expenses
import SQL

/// The numbers that each user's own things have got so far, and how many expenses the user has, those in the bin included.
struct CounterStore {
    let connection: Connection

    /// What has numbers of its own, from 1 on.
    enum Kind {
        case category
        case description
        case importedFile
        case token
    }

    /// A number that nothing of this kind has had. Throws `AppError.notFound` where there is no such user.
    func next(_ kind: Kind, of owner: User.ID) throws -> Int64 {
        // Two statements, as SQLite keeps what RETURNING gives in a table of its own. The first one holds the row.
        let number: Int64?
        switch kind {
        case .category:
            try connection.run(
                "UPDATE counters SET newest_category = newest_category + 1 WHERE owner = ?", .id(owner))
            number = try connection.integer(
                "SELECT newest_category FROM counters WHERE owner = ?", .id(owner))
        case .description:
            try connection.run(
                "UPDATE counters SET newest_description = newest_description + 1 WHERE owner = ?", .id(owner))
            number = try connection.integer(
                "SELECT newest_description FROM counters WHERE owner = ?", .id(owner))
        case .importedFile:
            try connection.run(
                "UPDATE counters SET newest_import = newest_import + 1 WHERE owner = ?", .id(owner))
            number = try connection.integer("SELECT newest_import FROM counters WHERE owner = ?", .id(owner))
        case .token:
            try connection.run(
                "UPDATE counters SET newest_token = newest_token + 1 WHERE owner = ?", .id(owner))
            number = try connection.integer("SELECT newest_token FROM counters WHERE owner = ?", .id(owner))
        }
        guard let number else { throw AppError.notFound }
        return number
    }

    /// The first of `count` numbers in a row that no expense has had, of which `added` are counted as being there. Throws
    /// `AppError.quotaReached` where the owner may not have so many, and `AppError.notFound` where there is no such user.
    func nextExpenses(_ count: Int, adding added: Int, quota: Int, of owner: User.ID) throws -> Expense.ID {
        try connection.run(
            "UPDATE counters SET newest_expense = newest_expense + ?, expenses = expenses + ? WHERE owner = ?",
            .integer(count), .integer(added), .id(owner))
        let statement = try connection.statement(
            "SELECT newest_expense, expenses FROM counters WHERE owner = ?", [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        guard try statement.integer(1) + Int64(count - added) <= quota else {
            throw AppError.quotaReached(most: quota)
        }
        return Expense.ID(try statement.integer(0) - Int64(count) + 1)
    }

    /// Counts so many expenses more, or fewer where it is negative.
    func addExpenses(_ difference: Int, of owner: User.ID) throws {
        try connection.run(
            "UPDATE counters SET expenses = expenses + ? WHERE owner = ?", .integer(difference), .id(owner))
    }
}
