package import Expenses
import HTTP
package import Storage
import Synchronization

/// Slows down guessing: after ten failures in a row for one account, or from one address, further tries are
/// refused for a minute, after each failure that follows for twice as long, up to a quarter of an hour.
///
/// Where several copies of the program share a database, the failures are kept there; else in memory.
///
/// Where the table in memory is full, the one quiet for longest gives way. What was learnt is forgotten an hour after the last
/// failure.
package final class LoginThrottle: Sendable {
    /// Whom a try is counted against.
    package enum Account: Hashable, Sendable {
        case user(User.ID)
        /// A browser that this user has been logged in with before (its access token names them): counted on
        /// its own, so that strangers who guess at the account do not lock out its owner.
        case device(User.ID, session: String)
        /// A name that no user has: counted like a user's, so that an attacker cannot tell the difference.
        case unknown(login: String)
    }

    /// One try. For the account it counts as failed until `succeeded` or `withdraw` says otherwise, so that
    /// many at once get no more guesses than one after another; for the address it counts when it has
    /// `failed`, so that a whole office can log in at the same moment.
    package struct Attempt: Sendable {
        fileprivate let account: Key
        fileprivate let address: Key
        /// Unix seconds.
        fileprivate let time: Int64
    }

    private static let allowedFailures = 10
    /// Seconds.
    private static let firstPause: Int64 = 60
    private static let longestPause: Int64 = 15 * 60
    private static let memory: Int64 = 60 * 60

    fileprivate typealias Key = SecretDigest.Key

    private typealias Failures = LoginThrottleStore.Failures

    private let digest: SecretDigest
    private let table: Mutex<BoundedTable<Failures>>
    private let storage: Storage?

    /// `capacity`: how many accounts and addresses are remembered at most.
    package init(capacity: Int = 1 << 15) {
        digest = SecretDigest()
        storage = nil
        table = Mutex(Self.table(capacity: capacity))
    }

    /// Together with the other copies of the program that have the same database and the same secret.
    package init(sharedIn storage: Storage, secret: [UInt8]) {
        digest = SecretDigest(secret: secret)
        self.storage = storage
        table = Mutex(Self.table(capacity: 0))
    }

    /// By when each was heard of last, or is.
    private static func table(capacity: Int) -> BoundedTable<Failures> {
        BoundedTable(capacity: capacity) { max($0.last, $0.pausedUntil) }
    }

    /// Throws `AppError.tooManyAttempts` while the account or the address is paused.
    package func admit(_ account: Account, from address: String, at now: Int64) async throws -> Attempt {
        let attempt = Attempt(
            account: digest.key(Self.text(account)), address: digest.key(Self.group(address)), time: now)
        let seconds = try await change([attempt.account, attempt.address], at: now) { failures -> Int64 in
            let pauses = failures.map { max(0, ($0?.pausedUntil ?? 0) - now) }
            if let longest = pauses.max(), longest > 0 { return longest }
            failures[0] = Self.oneMore(failures[0], at: now)
            return 0
        }
        guard seconds == 0 else { throw AppError.tooManyAttempts(retryAfter: Int(seconds)) }
        return attempt
    }

    /// The password was wrong, or there is no such account.
    package func failed(_ attempt: Attempt, at now: Int64) async throws {
        try await change([attempt.address], at: now) { $0[0] = Self.oneMore($0[0], at: now) }
    }

    /// The password was right: the account starts afresh, and the address is not charged for what led there.
    /// Its other failures stay, or an account of one's own would buy guesses at those of others.
    package func succeeded(_ attempt: Attempt) async throws {
        try await change([attempt.account, attempt.address], at: attempt.time) { failures in
            guard let count = failures[0]?.count else { return }
            failures[0] = nil
            failures[1] = Self.fewer(failures[1], by: count - 1)
        }
    }

    /// The try was never made, say because too much else was waiting.
    package func withdraw(_ attempt: Attempt) async throws {
        try await change([attempt.account], at: attempt.time) { failures in
            failures[0] = Self.fewer(failures[0], by: 1)
            // It was let in, so the only pause there is now is the one that it began itself.
            failures[0]?.pausedUntil = 0
        }
    }

    /// Lets `body` change the failures of these keys, with nobody else in between.
    private func change<Value: Sendable>(
        _ keys: [Key], at now: Int64, _ body: @escaping @Sendable (inout [Failures?]) -> Value
    ) async throws -> Value {
        guard let storage else { return table.withLock { change(keys, in: &$0, body) } }
        return try await storage.write(of: nil) { stores in
            // In one order, so that no two wait for each other.
            let order = keys.indices.sorted { keys[$0].bytes.lexicographicallyPrecedes(keys[$1].bytes) }
            var failures = [Failures?](repeating: nil, count: keys.count)
            for index in order {
                failures[index] = try stores.loginThrottles.failures(keys[index].bytes, at: now)
            }
            let former = failures
            let value = body(&failures)
            for index in keys.indices where failures[index] != former[index] {
                try stores.loginThrottles.set(failures[index], of: keys[index].bytes, at: now)
            }
            return value
        }
    }

    private func change<Value>(
        _ keys: [Key], in table: inout BoundedTable<Failures>, _ body: (inout [Failures?]) -> Value
    ) -> Value {
        var failures = keys.map { table[$0] }
        let former = failures
        let value = body(&failures)
        for index in keys.indices where failures[index] != former[index] {
            table[keys[index]] = failures[index]
        }
        return value
    }

    private static func oneMore(_ failures: Failures?, at now: Int64) -> Failures {
        var new = Failures(count: 0, last: now, pausedUntil: 0)
        if let failures, max(failures.last, failures.pausedUntil) + memory > now { new = failures }
        new.count += 1
        new.last = now
        if new.count >= allowedFailures { new.pausedUntil = now + pause(after: new.count) }
        return new
    }

    /// Nil where none is left.
    private static func fewer(_ failures: Failures?, by count: Int) -> Failures? {
        guard var failures, failures.count > count else { return nil }
        failures.count -= count
        if failures.count < allowedFailures { failures.pausedUntil = 0 }
        return failures
    }

    private static func pause(after failures: Int) -> Int64 {
        let doublings = min(failures - allowedFailures, 8)
        return min(firstPause << Int64(doublings), longestPause)
    }

    private static func text(_ account: Account) -> String {
        switch account {
        case .user(let id): "user \(id)"
        case .device(let id, let session): "device \(id) \(session)"
        case .unknown(let login): "login \(login)"
        }
    }

    /// Whoever has one IPv6 address has the 2^64 of its network (RFC 6177), so these count as one; an IPv4
    /// address is the same when it comes mapped into IPv6 (RFC 4291 §2.5.5.2).
    package static func group(_ address: String) -> String {
        guard let bytes = IPAddress.bytes(address) else { return address }
        guard bytes.count > 4 else { return IPAddress.text(bytes) }
        return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
