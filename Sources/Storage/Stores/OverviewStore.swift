package import Expenses
import SQL

/// What an owner's pages need beside rows and totals.
package struct Overview: Sendable {
    /// As many as a person looks through.
    package static let maxDescriptions = 20

    /// The descriptions in use, each as it was typed last, the one used last first; up to `maxDescriptions`.
    package let descriptions: [String]
    /// The category of the live expense that was entered last; nil when there is none.
    package let lastCategory: Category.ID?
    /// From the first to the last month that hold an expense; nil when there is none.
    package let months: ClosedRange<YearMonth>?
    /// Whether sample expenses are among the user's.
    package let hasSamples: Bool
    package let hasTargets: Bool
    /// Whether the owner has, or has had, an expense that repeats.
    package let hasRepeating: Bool
}

/// Reads an overview in one statement, out of the owner's row of counters and the ends of indexes.
package struct OverviewStore {
    let connection: Connection

    /// Throws `AppError.notFound` where there is no such user.
    package func find(of owner: User.ID) throws -> Overview {
        let statement = try connection.statement(
            """
            SELECT latest,
                (SELECT category FROM expenses WHERE owner = ?1 ORDER BY id DESC LIMIT 1),
                (SELECT period FROM totals
                    WHERE owner = ?1 AND month_start = counters.month_start AND span = 1
                    ORDER BY period LIMIT 1),
                (SELECT period FROM totals
                    WHERE owner = ?1 AND month_start = counters.month_start AND span = 1
                    ORDER BY period DESC LIMIT 1),
                CASE WHEN EXISTS (
                    SELECT 1 FROM forms WHERE owner = ?1 AND form >= 'sample:' AND form < 'sample;')
                    THEN 1 ELSE 0 END,
                targets, newest_repeating
            FROM counters WHERE owner = ?1
            """, [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        return Overview(
            descriptions: try LatestDescriptions(text: try statement.text(0))
                .descriptions(upTo: Overview.maxDescriptions),
            lastCategory: statement.isNull(1) ? nil : try statement.id(1),
            months: statement.isNull(2) ? nil : try statement.month(2)...statement.month(3),
            hasSamples: try statement.integer(4) == 1, hasTargets: try statement.integer(5) > 0,
            hasRepeating: try statement.integer(6) > 0)
    }
}
