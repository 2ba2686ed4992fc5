package import Expenses
import SQL

/// The amounts of a user whose currency changes to one with other decimals.
package struct AmountStore {
    let connection: Connection

    /// Of expenses, those in the bin included: to rescale more would take too long for one write.
    private static let most: Int64 = 500

    /// What has amounts.
    private static let tables = ["expenses", "deleted_expenses", "import_originals", "targets", "repeating"]

    private static let uneven =
        tables.map { "SELECT 1 FROM \($0) WHERE owner = ?1 AND amount * ?2 % ?3 <> 0" }
        .joined(separator: " UNION ALL ") + " LIMIT 1"

    /// Whether every amount can keep its figure in a currency with so many decimals: whether all are whole there, few, and
    /// none is on its way.
    package func canKeepFigures(of owner: User.ID, from old: Currency, to new: Currency) throws -> Bool {
        let counters = try connection.integer(
            """
            SELECT 1 FROM counters WHERE owner = ? AND expenses <= ?
                AND NOT EXISTS (SELECT 1 FROM long_writes WHERE long_writes.owner = counters.owner)
            """, .id(owner), .integer(AmountStore.most))
        guard counters != nil else { return false }
        let scale = AmountStore.scale(old, new)
        return try !connection.statement(
            composed: AmountStore.uneven, [.id(owner), .integer(scale.factor), .integer(scale.divisor)]
        ).step()
    }

    /// Rescales every amount, so that $1,500.00 becomes ¥1,500. Throws `AppError.busy` where they cannot keep their figures.
    package func keepFigures(of owner: User.ID, from old: Currency, to new: Currency) throws {
        guard try canKeepFigures(of: owner, from: old, to: new) else { throw AppError.busy(retryAfter: 5) }
        let scale = AmountStore.scale(old, new)
        for table in AmountStore.tables {
            try connection.statement(
                composed: "UPDATE \(table) SET amount = amount * ? / ? WHERE owner = ?",
                [.integer(scale.factor), .integer(scale.divisor), .id(owner)]
            ).run()
        }
    }

    private static func scale(_ old: Currency, _ new: Currency) -> (factor: Int64, divisor: Int64) {
        func power(_ exponent: Int) -> Int64 { (0..<max(exponent, 0)).reduce(1) { power, _ in power * 10 } }
        return (power(new.decimals - old.decimals), power(old.decimals - new.decimals))
    }
}
