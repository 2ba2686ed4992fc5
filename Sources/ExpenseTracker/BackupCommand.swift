import Expenses
import Storage

/// A consistent copy of the database, which a server may be using. It is checked before it gets its name.
enum BackupCommand {
    static func run(_ configuration: Configuration, to file: String) throws {
        let backup = try Backup(of: configuration.database, to: file)
        let contents = backup.contents
        Terminal.print(
            "\(file) is a sound copy. Users: \(contents.users), categories: \(contents.categories), "
                + "expenses: \(contents.expenses), in the bin: \(contents.deletedExpenses).")
        for sum in contents.sums {
            Terminal.print("All expenses in \(sum.currency.code): \(sum.amount.decimal(in: sum.currency))")
        }
    }
}
