import Crypto
import Demo
import Expenses
import Glibc
import Storage

/// Fills the database with users who have been spending for three years.
enum Demo {
    private static let password = "demo password"

    static func run(_ invocation: Invocation) throws {
        let users = try invocation.count(of: .users, default: 1, most: 100_000)
        let expenses = try invocation.count(of: .expenses, default: 1000, most: 10_000_000)
        let storage = try Database.open(invocation.configuration)
        defer { storage.close() }
        let today = Zone.system.day(at: Int64(time(nil)))
        let hash = PasswordHash.make(password, cost: .standard)
        try DemoData(
            users: users, expenses: expenses, passwordHash: hash, today: today
        ).fill(storage)
        Terminal.print(
            "Made \(users) demo user\(users == 1 ? "" : "s") with \(expenses) expenses each. "
                + "Log in as demo1@example.com with the password \"\(password)\".")
    }
}
