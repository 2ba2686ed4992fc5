package import Expenses
import SQL

/// What each user means to spend in a month.
package struct TargetStore {
    let connection: Connection

    package func all(of owner: User.ID) throws -> [Target] {
        try connection.statement(
            "SELECT category, month, amount FROM targets WHERE owner = ? ORDER BY category, month",
            [.id(owner)]
        ).rows {
            let category = try $0.integer(0)
            return Target(
                category: category == 0 ? nil : Category.ID(category), month: try $0.month(1),
                amount: try $0.amount(2))
        }
    }

    /// From its month on it holds; what was set for later months stays. An amount of zero ends an earlier one. Throws
    /// `AppError.notFound` for a category that is not the owner's, and `AppError.tooMany(.targets)`.
    package func set(_ target: Target, owner: User.ID) throws {
        if let category = target.category {
            guard try CategoryStore(connection: connection).find(category, owner: owner) != nil else {
                throw AppError.notFound
            }
        }
        let category = Value.integer(target.category?.rawValue ?? 0)
        let month = Value.integer(target.month.number)
        try connection.run(
            "DELETE FROM targets WHERE owner = ? AND category = ? AND month = ?", .id(owner), category, month)
        // What holds already is not said twice.
        let before = try connection.integer(
            """
            SELECT amount FROM targets WHERE owner = ? AND category = ? AND month < ? ORDER BY month DESC LIMIT 1
            """, .id(owner), category, month)
        if before ?? 0 != target.amount.minorUnits {
            try connection.run(
                "INSERT INTO targets (owner, category, month, amount) VALUES (?, ?, ?, ?)", .id(owner),
                category, month, .amount(target.amount))
        }
        let count = try connection.integer("SELECT count(*) FROM targets WHERE owner = ?", .id(owner)) ?? 0
        guard count <= Int64(Target.most) else { throw AppError.tooMany(.targets) }
        try connection.run("UPDATE counters SET targets = ? WHERE owner = ?", .integer(count), .id(owner))
    }

    /// Those of a category that goes.
    func remove(of category: Category.ID, owner: User.ID) throws {
        try connection.run("DELETE FROM targets WHERE owner = ? AND category = ?", .id(owner), .id(category))
        guard connection.changes > 0 else { return }
        try connection.run(
            "UPDATE counters SET targets = (SELECT count(*) FROM targets WHERE owner = ?1) WHERE owner = ?1",
            .id(owner))
    }

    package func removeAll(of owner: User.ID) throws {
        try connection.run("DELETE FROM targets WHERE owner = ?", .id(owner))
        try connection.run("UPDATE counters SET targets = 0 WHERE owner = ?", .id(owner))
    }
}
