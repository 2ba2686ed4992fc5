package import Expenses
package import Storage

/// Accounts with expenses as people have them, the same ones each time: demo1, demo2 and so on.
package struct DemoData: Sendable {
    private let users: Int
    private let expenses: Int
    private let passwordHash: String
    private let today: Day

    /// `expenses` is the number that each of the users has, spread over the 36 months that end today.
    package init(users: Int, expenses: Int, passwordHash: String, today: Day) {
        self.users = users
        self.expenses = expenses
        self.passwordHash = passwordHash
        self.today = today
    }

    /// Users of a demonstration that are there already.
    package struct UsersExist: Error, CustomStringConvertible {
        package let usernames: [String]

        package var description: String {
            "the database has demo users already: " + usernames.prefix(3).joined(separator: ", ")
                + (usernames.count > 3 ? " and \(usernames.count - 3) more" : "")
        }
    }

    /// Expenses in one transaction; others can write in between.
    private static let batch = 100_000

    /// Adds the users, each with all expenses or not at all; blocks until they are on the disk. Throws `UsersExist`,
    /// and then nothing has been changed.
    package func fill(_ storage: Storage) throws {
        guard users > 0 else { return }
        let existing = try storage.read { stores in
            try (1...users).map(name).filter { try stores.users.find(login: $0) != nil }
        }
        guard existing.isEmpty else { throw UsersExist(usernames: existing) }
        let step = max(1, DemoData.batch / max(1, expenses))
        for first in stride(from: 1, through: users, by: step) {
            try storage.writeAndWait { stores in
                for number in first...min(users, first + step - 1) { try fill(number, in: stores) }
            }
        }
    }

    private func name(_ number: Int) -> String { "demo\(number)" }

    private func fill(_ number: Int, in stores: Stores) throws {
        let first = today.yearMonth.advanced(by: -36).first.advanced(by: today.dayOfMonth)
        let user = try stores.users.insert(
            username: name(number), email: "\(name(number))@example.com", passwordHash: passwordHash,
            at: noon(of: first))
        var categories: [String: Category.ID] = [:]
        for category in try stores.categories.all(of: user.id) { categories[category.name] = category.id }
        var spending = DemoSpending(seed: UInt64(number), from: first, through: today, count: expenses)
        while let purchase = spending.next() {
            guard let category = categories[purchase.category] else { throw AppError.notFound }
            let draft = ExpenseDraft(
                amount: purchase.amount, category: category, day: purchase.day,
                description: purchase.description)
            _ = try stores.expenses.insert(draft, owner: user.id, form: nil, at: noon(of: purchase.day))
        }
    }

    private func noon(of day: Day) -> Int64 { Int64(day.daysSinceEpoch) * 86_400 + 43_200 }
}
