package import Expenses
import SQL

/// What a request with an `Idempotency-Key` was answered, kept for a day, so that it can be sent again.
package struct IdempotencyStore {
    let connection: Connection

    /// Seconds: a day.
    static let lifetime: Int64 = 86_400
    /// How many one user may use within a day.
    package static let most = 10_000

    package struct Answer: Hashable, Sendable {
        package var location: String
        package var body: [UInt8]

        package init(location: String, body: [UInt8]) {
            self.location = location
            self.body = body
        }
    }

    /// What came of looking a key up.
    package enum Found: Hashable, Sendable {
        case answer(Answer)
        /// The key came with another request.
        case otherRequest
    }

    /// `requestHash` tells the request from every other. Nil for a key that was not used within a day.
    package func find(_ key: String, requestHash: [UInt8], owner: User.ID, at now: Int64) throws -> Found? {
        let statement = try connection.statement(
            """
            SELECT request_hash, location, body FROM idempotency_keys
            WHERE owner = ? AND key = ? AND used_at > ?
            """, [.id(owner), .text(key), .integer(now - IdempotencyStore.lifetime)])
        guard try statement.step() else { return nil }
        guard try statement.blob(0) == requestHash else { return .otherRequest }
        return .answer(Answer(location: try statement.text(1), body: try statement.blob(2)))
    }

    /// Whether the owner has used as many keys within a day as there may be.
    package func isFull(of owner: User.ID, at now: Int64) throws -> Bool {
        // They are numbered in their order.
        let others = try connection.integer(
            """
            SELECT newest_key - number FROM counters JOIN idempotency_keys USING (owner)
            WHERE owner = ? AND used_at > ? ORDER BY used_at LIMIT 1
            """, .id(owner), .integer(now - IdempotencyStore.lifetime))
        return (others ?? -1) + 1 >= IdempotencyStore.most
    }

    /// Remembers an answer.
    package func insert(
        _ answer: Answer, to key: String, requestHash: [UInt8], owner: User.ID, at now: Int64
    ) throws {
        let number = try CounterStore(connection: connection).next(.idempotencyKey, of: owner)
        // An old answer under the same key may be there still.
        try connection.run(
            """
            INSERT INTO idempotency_keys (owner, key, request_hash, location, body, used_at, number)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, key) DO UPDATE SET request_hash = excluded.request_hash,
                location = excluded.location, body = excluded.body, used_at = excluded.used_at,
                number = excluded.number
            """,
            .id(owner), .text(key), .blob(requestHash), .text(answer.location), .blob(answer.body),
            .integer(now), .integer(number))
    }
}
