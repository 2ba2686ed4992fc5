import SQL

/// Failed log-ins, which the copies of the program that share a server have to agree on. The one copy that has a SQLite
/// file keeps them in memory: this table is on servers only.
package struct LoginThrottleStore {
    let connection: Connection

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
        Int64(key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % LoginThrottleStore.places)
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
}
