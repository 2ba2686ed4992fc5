package import Expenses
import SQL

/// What a database holds, in numbers that two equal databases share.
package struct Contents: Hashable, Sendable {
    package var users: Int
    package var categories: Int
    /// Live ones.
    package var expenses: Int
    package var deletedExpenses: Int
    /// The sum of all live expenses of the accounts in each currency, by its code.
    package var sums: [Sum]

    package struct Sum: Hashable, Sendable {
        package var currency: Currency
        package var amount: Money
    }

    init(of connection: Connection) throws {
        func count(_ sql: StaticString) throws -> Int { Int(try connection.integer(sql) ?? 0) }
        users = try count("SELECT count(*) FROM users")
        categories = try count("SELECT count(*) FROM categories")
        expenses = try count("SELECT count(*) FROM expenses")
        deletedExpenses = try count("SELECT count(*) FROM deleted_expenses")
        // From the rows themselves: the monthly totals are what a check compares with them.
        sums = try connection.statement(
            """
            SELECT currency, CAST(sum(amount) AS BIGINT) FROM expenses JOIN users ON users.id = owner
            GROUP BY currency ORDER BY currency
            """
        ).rows {
            guard let currency = Currency(code: try $0.text(0)) else {
                throw StorageError.unreadable(column: "currency")
            }
            return Sum(currency: currency, amount: try $0.amount(1))
        }
    }

    /// For a person: "Users: 2, categories: 14, expenses: 600, in the bin: 0; in EUR: 1234.00"
    package var inWords: String {
        let counts =
            "Users: \(users), categories: \(categories), expenses: \(expenses), in the bin: \(deletedExpenses)"
        return sums.reduce(counts) { $0 + "; in \($1.currency.code): \($1.amount.decimal(in: $1.currency))" }
    }
}
