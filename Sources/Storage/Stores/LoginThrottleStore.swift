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

    /// There are so many places, in sets of eight, of which the key names one: no flood of names makes the table larger.
    private static let places: UInt64 = 1 << 16
    private static let placesPerSet: Int64 = 8

    /// The first place of the key's set.
    private func set(of key: [UInt8]) -> Int64 {
        let place = Int64(
            key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % LoginThrottleStore.places)
        return place - place % LoginThrottleStore.placesPerSet
    }

    private struct Place {
        let number: Int64
        let key: [UInt8]
        let failures: Failures
    }

    private func places(of key: [UInt8]) throws -> [Place] {
        let first = set(of: key)
        return try connection.statement(
            """
            SELECT place, key, count, last, paused_until FROM login_throttles
            WHERE place >= ? AND place < ? ORDER BY place FOR UPDATE
            """, [.integer(first), .integer(first + LoginThrottleStore.placesPerSet)]
        ).rows {
            try Place(
                number: $0.integer(0), key: $0.blob(1),
                failures: Failures(
                    count: Int($0.integer(2)), last: $0.integer(3),
                    pausedUntil: $0.integer(4)))
        }
    }

    /// Nil where there is none. Whoever asks for a key of the same set waits until this transaction ends. Where the whole
    /// set is taken by pauses of others, the key is paused until the first of them ends: it could not be counted.
    package func failures(_ key: [UInt8], at now: Int64) throws -> Failures? {
        // The first place of the set is what others wait for.
        try connection.runAhead(
            """
            INSERT INTO login_throttles (place, key, count, last, paused_until) VALUES (?, '', 0, 0, 0)
            ON CONFLICT (place) DO NOTHING
            """, [.integer(set(of: key))])
        let places = try places(of: key)
        if let own = places.first(where: { $0.key == key }) {
            return own.failures.count > 0 ? own.failures : nil
        }
        let ends = places.map(\.failures.pausedUntil)
        guard ends.count == LoginThrottleStore.placesPerSet, let first = ends.min(), first > now else {
            return nil
        }
        return Failures(count: 0, last: now, pausedUntil: first)
    }

    /// Nil forgets. It takes the place of the key, one that is free, or the one whose last failure is longest ago; never that
    /// of a pause that lasts.
    package func set(_ failures: Failures?, of key: [UInt8], at now: Int64) throws {
        let places = try places(of: key)
        let first = set(of: key)
        let free = (first..<first + LoginThrottleStore.placesPerSet).first { number in
            !places.contains { $0.number == number && $0.failures.count > 0 }
        }
        let oldest = places.filter { $0.failures.pausedUntil <= now }.min {
            $0.failures.last < $1.failures.last
        }
        let own = places.first { $0.key == key }
        guard failures != nil || own != nil, let place = own?.number ?? free ?? oldest?.number else { return }
        try connection.run(
            """
            INSERT INTO login_throttles (place, key, count, last, paused_until) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (place) DO UPDATE SET key = excluded.key, count = excluded.count, last = excluded.last,
                paused_until = excluded.paused_until
            """,
            .integer(place), .blob(failures == nil ? [] : key), .integer(failures?.count ?? 0),
            .integer(failures?.last ?? 0), .integer(failures?.pausedUntil ?? 0))
    }
}
