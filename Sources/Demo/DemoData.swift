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
    private static let batch = 500

    /// Adds the users; blocks until they are on the disk. One is added before its expenses: where it is stopped in between,
    /// the last user has only some. Throws `UsersExist`, and then nothing has been changed.
    package func fill(_ storage: Storage) throws {
        guard users > 0 else { return }
        let existing = try storage.read { stores in
            try (1...users).map(name).filter { try stores.users.find(login: $0) != nil }
        }
        guard existing.isEmpty else { throw UsersExist(usernames: existing) }
        // Many users with few expenses share a transaction.
        let step = max(1, DemoData.batch / max(1, expenses))
        for first in stride(from: 1, through: users, by: step) {
            let numbers = first...min(users, first + step - 1)
            var makings = try storage.writeAndWait { stores in
                try numbers.map { number in
                    var making = try make(number, in: stores)
                    try making.add(DemoData.batch / numbers.count + 1, in: stores)
                    return making
                }
            }
            for place in makings.indices {
                while !makings[place].isDone {
                    let making = makings[place]
                    makings[place] = try storage.writeAndWait { stores in
                        var making = making
                        try making.add(DemoData.batch, in: stores)
                        return making
                    }
                }
            }
        }
    }

    private func name(_ number: Int) -> String { "demo\(number)" }

    /// A user on the way to all expenses.
    private struct Making: Sendable {
        let owner: User.ID
        let categories: [String: Category.ID]
        var spending: DemoSpending
        var isDone = false

        /// Adds so many expenses, or those that are left.
        mutating func add(_ count: Int, in stores: Stores) throws {
            for _ in 0..<count {
                guard let purchase = spending.next() else {
                    isDone = true
                    return
                }
                guard let category = categories[purchase.category] else { throw AppError.notFound }
                let draft = ExpenseDraft(
                    amount: purchase.amount, category: category, day: purchase.day,
                    description: purchase.description)
                _ = try stores.expenses.insert(
                    draft, owner: owner, form: nil, at: DemoData.noon(of: purchase.day))
            }
        }
    }

    private func make(_ number: Int, in stores: Stores) throws -> Making {
        let months = MonthCalendar.civil
        let first = months.first(of: months.month(of: today).advanced(by: -36)).advanced(
            by: today.dayOfMonth)
        let user = try stores.users.insert(
            username: name(number), email: "\(name(number))@example.com", passwordHash: passwordHash,
            at: DemoData.noon(of: first))
        var categories: [String: Category.ID] = [:]
        for category in try stores.categories.all(of: user.id) { categories[category.name] = category.id }
        return Making(
            owner: user.id, categories: categories,
            spending: DemoSpending(seed: UInt64(number), from: first, through: today, count: expenses))
    }

    private static func noon(of day: Day) -> Int64 { Int64(day.daysSinceEpoch) * 86_400 + 43_200 }
}
