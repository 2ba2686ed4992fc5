import Expenses
import SQL

/// Counts an owner's totals by months that begin on another day, some days at a time, out of the totals by day: what that
/// costs depends on how many days there are, not on how many expenses. They are built beside those that are shown; triggers
/// keep them right for the days that have been counted. The last step shows them in the place of the others, which then go.
///
/// The place's `phase` is 0 while what an earlier count has left is removed, 1 while days are counted, and 2 after that.
struct MonthSteps {
    let connection: Connection
    let months: MonthCalendar
    let owner: User.ID

    private var longWrites: LongWriteStore { LongWriteStore(connection: connection) }

    func count() throws -> LongWriteStore.Progress {
        let write = LongWrite.countMonths(months)
        let place = try longWrites.place(of: write, owner: owner)
        let rows: Int
        switch place.phase {
        case 0, 2: rows = try removeOthers()
        default: rows = try countDays()
        }
        if rows > 0 { return .rows(rows) }
        switch place.phase {
        case 0: break
        case 1: try show()
        default: return .end
        }
        try longWrites.set(LongWriteStore.Place(phase: place.phase + 1), of: write, owner: owner)
        return .rows(1)
    }

    /// Of totals that are not shown. Returns how many there were.
    private func removeOthers() throws -> Int {
        // Two ranges of the key, where a condition that leaves one month out would read all of that one's.
        for side in ["<", ">"] {
            try connection.statement(
                composed: """
                    DELETE FROM totals WHERE owner = ?1 AND (month_start, span, period, category) IN (
                        SELECT month_start, span, period, category FROM totals WHERE owner = ?1
                            AND month_start \(side) (SELECT month_start FROM counters WHERE owner = ?1) LIMIT ?2)
                    """, [.id(owner), .integer(LongWriteStore.largeBatch)]
            ).run()
            if connection.changes > 0 { return connection.changes }
        }
        return 0
    }

    /// Returns how many totals by day there were; whole days, so that a trigger knows which are counted.
    private func countDays() throws -> Int {
        let store = MonthStore(connection: connection)
        let shown = try store.current(of: owner)
        // The user has gone back to the months that are shown: nothing is to be counted.
        guard shown != months else { return 0 }
        let through =
            try connection.integer(
                "SELECT counted_through FROM counters WHERE owner = ?", .id(owner)) ?? 0
        let last = try connection.integer(
            """
            SELECT max(period) FROM (
                SELECT period FROM totals WHERE owner = ? AND month_start = ? AND span = 3 AND period > ?
                ORDER BY period LIMIT ?) AS next
            """, .id(owner), .integer(shown.start), .integer(through), .integer(LongWriteStore.largeBatch))
        guard let last else { return 0 }
        try connection.statement(
            composed: MonthSteps.copy,
            [.id(owner), .integer(shown.start), .integer(months.start), .integer(through), .integer(last)]
        ).run()
        let rows = connection.changes
        try connection.run(
            "UPDATE counters SET counted_through = ? WHERE owner = ?", .integer(last), .id(owner))
        return rows
    }

    private static let sums = Totals.sums(of: "days")

    private static let copy = """
        WITH days AS (
            SELECT owner, CAST(?3 AS BIGINT) AS month_start, period AS day, category, count, sum FROM totals
            WHERE owner = ?1 AND month_start = ?2 AND span = 3 AND period > ?4 AND period <= ?5)
        INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT * FROM (\(sums)) AS counted WHERE true
            ON CONFLICT (owner, month_start, span, period, category)
            DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum
        """

    private func show() throws {
        try connection.run(
            "UPDATE counters SET month_start = ?, counted_through = 0 WHERE owner = ?",
            .integer(months.start),
            .id(owner))
    }

    /// Begins from the start, after a step that has failed.
    func beginAgain() throws {
        try connection.run("UPDATE counters SET counted_through = 0 WHERE owner = ?", .id(owner))
        try longWrites.set(LongWriteStore.Place(phase: 0), of: .countMonths(months), owner: owner)
    }
}
