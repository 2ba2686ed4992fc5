package import Expenses
import SQL

/// Log-ins. Refresh tokens are known by a hash that the caller has made.
package struct SessionStore {
    let connection: Connection

    /// The most that one insert ends of an account that has many from an earlier release.
    private static let mostEnded = 500

    /// Ends what the user has beyond `Session.most`.
    package func insert(_ session: Session, refreshHash: [UInt8]) throws {
        let beyond = try all(of: session.owner, at: session.createdAt).dropFirst(Session.most - 1)
        for former in beyond.suffix(SessionStore.mostEnded) {
            _ = try revoke(former.id, owner: session.owner)
        }
        try connection.run(
            """
            INSERT INTO sessions (
                id, owner, created_at, last_used_at, expires_at, user_agent, address, refresh_hash,
                used_two_factor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(session.id), .id(session.owner), .integer(session.createdAt), .integer(session.lastUsedAt),
            .integer(session.expiresAt), .text(session.userAgent), .text(session.address), .blob(refreshHash),
            .integer(session.usedTwoFactor ? 1 : 0))
    }

    /// A session that is neither revoked nor expired, with its user.
    package func find(_ id: String, at now: Int64) throws -> (session: Session, user: User)? {
        let statement = try connection.statement(
            """
            SELECT sessions.id, sessions.owner, sessions.created_at, last_used_at, expires_at, user_agent, address,
                users.id, username, email, currency, number_format, zone, first_weekday, language, repeating_due,
                month_start, CASE WHEN EXISTS (SELECT 1 FROM long_writes WHERE long_writes.owner = sessions.owner)
                    THEN 1 ELSE 0 END,
                used_two_factor,
                CASE WHEN used_two_factor = 1 AND EXISTS (
                    SELECT 1 FROM two_factors WHERE two_factors.owner = sessions.owner AND wrong_codes > 0)
                    THEN 1 ELSE 0 END
            FROM sessions JOIN users ON users.id = sessions.owner JOIN counters ON counters.owner = users.id
            WHERE sessions.id = ? AND expires_at > ? AND revoked_reason IS NULL
            """, [.text(id), .integer(now)])
        guard try statement.step() else { return nil }
        var session = try session(in: statement)
        session.hasLongWrites = try statement.integer(17) == 1
        session.usedTwoFactor = try statement.integer(18) == 1
        session.hasWrongCodes = try statement.integer(19) == 1
        return (session, try statement.user(from: 7))
    }

    /// The columns `id, owner, created_at, last_used_at, expires_at, user_agent, address`, from 0 on.
    private func session(in statement: borrowing Statement) throws -> Session {
        Session(
            id: try statement.text(0), owner: try statement.id(1), createdAt: try statement.integer(2),
            lastUsedAt: try statement.integer(3), expiresAt: try statement.integer(4),
            userAgent: try statement.text(5),
            address: try statement.text(6))
    }

    /// Replaces the session's refresh token, known by `hash`, by the one known by `next`, which dies at `expiresAt`.
    /// Tokens that were replaced no more than `grace` seconds ago are still known.
    package func rotate(
        _ id: String, presenting hash: [UInt8], to next: [UInt8], expiresAt: Int64, at now: Int64,
        grace: Int64
    ) throws -> Rotation {
        guard let (current, expiry) = try current(of: id, at: now) else { return .dead }
        if hash == current {
            try replace(current, of: id, by: next, expiresAt: expiresAt, at: now, grace: grace)
            return .rotated
        }
        let rotatedAt = try connection.integer(
            "SELECT rotated_at FROM former_refresh_hashes WHERE session = ? AND hash = ?", .text(id),
            .blob(hash))
        if let rotatedAt, now - rotatedAt <= grace {
            return .repeated(rotatedAt: rotatedAt, expiresAt: expiry)
        }
        try connection.run(
            "UPDATE sessions SET revoked_reason = ? WHERE id = ?", .text(Revocation.reuse.rawValue), .text(id)
        )
        return .reused
    }

    private func current(of id: String, at now: Int64) throws -> (hash: [UInt8], expiresAt: Int64)? {
        try connection.statement(
            "SELECT refresh_hash, expires_at FROM sessions WHERE id = ? AND expires_at > ? AND revoked_reason IS NULL",
            [.text(id), .integer(now)]
        ).first { try ($0.blob(0), $0.integer(1)) }
    }

    /// Whether this is the hash of the session's newest refresh token.
    package func isCurrent(_ hash: [UInt8], of id: String) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM sessions WHERE id = ? AND refresh_hash = ?", .text(id), .blob(hash)) != nil
    }

    private func replace(
        _ hash: [UInt8], of id: String, by next: [UInt8], expiresAt: Int64, at now: Int64, grace: Int64
    ) throws {
        try connection.run(
            "DELETE FROM former_refresh_hashes WHERE session = ? AND rotated_at < ?", .text(id),
            .integer(now - grace))
        try connection.run(
            """
            INSERT INTO former_refresh_hashes (session, hash, rotated_at) VALUES (?, ?, ?)
            ON CONFLICT (session, hash) DO UPDATE SET rotated_at = excluded.rotated_at
            """, .text(id), .blob(hash), .integer(now))
        try connection.run(
            "UPDATE sessions SET refresh_hash = ?, expires_at = ?, last_used_at = ? WHERE id = ?",
            .blob(next),
            .integer(expiresAt), .integer(now), .text(id))
    }

    /// Ends a session. Returns false where the owner has no such session that goes on.
    package func revoke(_ id: String, owner: User.ID) throws -> Bool {
        try connection.run(
            "UPDATE sessions SET revoked_reason = ? WHERE id = ? AND owner = ? AND revoked_reason IS NULL",
            .text(Revocation.ended.rawValue), .text(id), .id(owner))
        return connection.changes == 1
    }

    /// Ends all sessions of the user, but not the one named.
    package func revokeAll(of owner: User.ID, except id: String?) throws {
        try connection.run(
            "UPDATE sessions SET revoked_reason = ? WHERE owner = ? AND id IS DISTINCT FROM ? AND revoked_reason IS NULL",
            .text(Revocation.ended.rawValue), .id(owner), .text(id))
    }

    /// Why the session was ended; nil while it goes on, and when nothing is known of it any more.
    package func revocation(of id: String) throws -> Revocation? {
        let statement = try connection.statement(
            "SELECT revoked_reason FROM sessions WHERE id = ?", [.text(id)])
        guard try statement.step(), !statement.isNull(0) else { return nil }
        guard let reason = Revocation(rawValue: try statement.text(0)) else {
            throw StorageError.unreadable(column: "revoked_reason")
        }
        return reason
    }

    /// The user's sessions that are neither revoked nor expired, the one used last first.
    package func all(of owner: User.ID, at now: Int64) throws -> [Session] {
        try connection.statement(
            """
            SELECT id, owner, created_at, last_used_at, expires_at, user_agent, address, used_two_factor
            FROM sessions WHERE owner = ? AND expires_at > ? AND revoked_reason IS NULL
            ORDER BY last_used_at DESC, created_at DESC, id
            """, [.id(owner), .integer(now)]
        ).rows {
            var session = try session(in: $0)
            session.usedTwoFactor = try $0.integer(7) == 1
            return session
        }
    }
}
