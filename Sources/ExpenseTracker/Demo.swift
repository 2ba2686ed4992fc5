import Crypto
import Expenses
import Glibc
import Storage

/// Fills the database with users who have been spending for three years.
enum Demo {
    private static let password = "demo password"

    static func run(_ invocation: Invocation) throws {
        let storage = try Database.open(invocation.configuration)
        defer { storage.close() }
        let today = Zone.system.day(at: Int64(time(nil)))
        let hash = PasswordHash.make(password, cost: .standard)
        try DemoData(
            users: invocation.users, expenses: invocation.expenses, passwordHash: hash, today: today
        ).fill(storage)
        Terminal.print(
            "Made \(invocation.users) demo users with \(invocation.expenses) expenses each. "
                + "Log in as demo1@example.com with the password \"\(password)\".")
    }
}
