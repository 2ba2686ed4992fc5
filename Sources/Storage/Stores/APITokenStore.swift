package import Expenses
import SQL

/// Personal tokens for scripts, known by a hash that the caller has made.
package struct APITokenStore {
    let connection: Connection

    /// Seconds between two notes of a token's use, so that reading does not mean writing.
    private static let noteEvery: Int64 = 3600

    /// The token with its user; nil where there is none with this hash.
    package func find(hash: [UInt8]) throws -> (token: APIToken, user: User)? {
        try connection.statement(
            """
            SELECT api_tokens.id, api_tokens.owner, name, may_write, api_tokens.created_at, last_used_at,
                users.id, username, email, currency, number_format, zone, first_weekday, language,
                repeating_due, month_start
            FROM api_tokens JOIN users ON users.id = api_tokens.owner JOIN counters ON counters.owner = users.id
            WHERE hash = ?
            """, [.blob(hash)]
        ).first { try (token(in: $0), $0.user(from: 6)) }
    }

    /// The newest first.
    package func all(of owner: User.ID) throws -> [APIToken] {
        try connection.statement(
            """
            SELECT id, owner, name, may_write, created_at, last_used_at FROM api_tokens
            WHERE owner = ? ORDER BY id DESC
            """, [.id(owner)]
        ).rows { try token(in: $0) }
    }

    /// Returns false, and adds none, where the owner has `APIToken.most` already.
    package func insert(
        name: String, mayWrite: Bool, hash: [UInt8], owner: User.ID, at now: Int64
    ) throws -> Bool {
        let count = try connection.integer("SELECT count(*) FROM api_tokens WHERE owner = ?", .id(owner)) ?? 0
        guard count < APIToken.most else { return false }
        try connection.run(
            "INSERT INTO api_tokens (owner, id, hash, name, may_write, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            .id(owner), .integer(try CounterStore(connection: connection).next(.token, of: owner)),
            .blob(hash), .text(name),
            .integer(mayWrite ? 1 : 0), .integer(now))
        return true
    }

    /// Returns false where the owner has no such token.
    package func remove(_ id: APIToken.ID, owner: User.ID) throws -> Bool {
        try connection.run("DELETE FROM api_tokens WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return connection.changes == 1
    }

    /// Whether `noteUse` has something to write.
    package static func isNoteDue(_ token: APIToken, at now: Int64) -> Bool {
        token.lastUsedAt.map { now - $0 >= noteEvery } ?? true
    }

    package func noteUse(of id: APIToken.ID, owner: User.ID, at now: Int64) throws {
        try connection.run(
            "UPDATE api_tokens SET last_used_at = ? WHERE owner = ? AND id = ?", .integer(now), .id(owner),
            .id(id))
    }

    /// The columns `id, owner, name, may_write, created_at, last_used_at`, from 0 on.
    private func token(in statement: borrowing Statement) throws -> APIToken {
        try APIToken(
            id: statement.id(0), owner: statement.id(1), name: statement.text(2),
            mayWrite: statement.integer(3) == 1, createdAt: statement.integer(4),
            lastUsedAt: statement.isNull(5) ? nil : statement.integer(5))
    }
}
