package import Expenses
import SQL

/// What the copies of the program that share a server have to agree on for a while. The one copy that has a SQLite file
/// keeps it in memory: these tables are on servers only.
package struct SharedState {
    let connection: Connection

    // MARK: Failed log-ins

    /// What is known of an account or a network that somebody tries to log in from.
    package struct Failures: Hashable, Sendable {
        package var count: Int
        /// Unix seconds.
        package var last: Int64
        /// Unix seconds; 0 where there is no pause.
        package var pausedUntil: Int64

        package init(count: Int, last: Int64, pausedUntil: Int64) {
            self.count = count
            self.last = last
            self.pausedUntil = pausedUntil
        }
    }

    /// Failures have one of so many places, which their key names: no flood of names makes the table larger.
    private static let places: UInt64 = 1 << 16

    private func place(of key: [UInt8]) -> Int64 {
        Int64(key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % SharedState.places)
    }

    /// Nil where there is none, or where another key has taken the place. Whoever asks for the same place waits until this
    /// transaction ends.
    package func failures(_ key: [UInt8]) throws -> Failures? {
        let place = place(of: key)
        try connection.run(
            """
            INSERT INTO login_throttles (place, key, count, last, paused_until) VALUES (?, ?, 0, 0, 0)
            ON CONFLICT (place) DO NOTHING
            """, .integer(place), .blob(key))
        let statement = try connection.statement(
            "SELECT key, count, last, paused_until FROM login_throttles WHERE place = ? FOR UPDATE",
            [.integer(place)])
        guard try statement.step(), try statement.blob(0) == key, try statement.integer(1) > 0 else {
            return nil
        }
        return Failures(
            count: Int(try statement.integer(1)), last: try statement.integer(2),
            pausedUntil: try statement.integer(3))
    }

    /// Nil forgets.
    package func set(_ failures: Failures?, of key: [UInt8]) throws {
        try connection.run(
            "UPDATE login_throttles SET key = ?, count = ?, last = ?, paused_until = ? WHERE place = ?",
            .blob(key), .integer(failures?.count ?? 0), .integer(failures?.last ?? 0),
            .integer(failures?.pausedUntil ?? 0), .integer(place(of: key)))
    }

    // MARK: Forms that are sent twice

    /// Seconds for which an answer is kept at least.
    private static let memory: Int64 = 10

    /// Keeps where the user was sent after a form with this hash.
    package func remember(_ location: String, after form: [UInt8], owner: User.ID, at now: Int64) throws {
        try connection.run(
            """
            INSERT INTO answered_forms (owner, form, location, answered_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, form) DO UPDATE SET location = excluded.location, answered_at = excluded.answered_at
            """, .id(owner), .blob(form), .text(location), .integer(now))
    }

    /// Where the user was sent after the same form, if that was at this time or later.
    package func answer(to form: [UInt8], owner: User.ID, since time: Int64) throws -> String? {
        let statement = try connection.statement(
            "SELECT location FROM answered_forms WHERE owner = ? AND form = ? AND answered_at >= ?",
            [.id(owner), .blob(form), .integer(time)])
        return try statement.step() ? statement.text(0) : nil
    }

    /// Removes some of what has had its time. Returns how much.
    func sweep(at now: Int64, limit: Int64) throws -> Int {
        guard connection.dialect == .postgreSQL else { return 0 }
        try connection.run(
            """
            DELETE FROM answered_forms WHERE answered_at < ?1 AND (owner, form) IN (
                SELECT owner, form FROM answered_forms WHERE answered_at < ?1 LIMIT ?2)
            """, .integer(now - SharedState.memory), .integer(limit))
        return connection.changes
    }
}
