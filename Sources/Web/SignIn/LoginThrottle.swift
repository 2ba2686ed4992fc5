package import Expenses
import Glibc
import Synchronization

/// Slows down guessing: after ten failures in a row for one account, or from one address, further tries are
/// refused for a minute, after each failure that follows for twice as long, up to a quarter of an hour.
///
/// The table has a fixed size: a key lives in one of the few slots that its hash names, and where these are
/// taken the one quiet for longest gives way, so that no flood of names fills the memory. What was learnt is
/// forgotten an hour after the last failure. All methods lock shortly and never wait for anything else.
package final class LoginThrottle: Sendable {
    /// Whom a try is counted against.
    package enum Account: Hashable, Sendable {
        case user(User.ID)
        /// A browser that this user has been logged in with before (its access token names them): counted on
        /// its own, so that strangers who guess at the account do not lock out its owner.
        case device(User.ID, session: String)
        /// Nobody is known by this name; it is counted all the same, for no difference may show.
        case unknown(login: String)
    }

    /// One try. For the account it counts as failed until `succeeded` or `withdraw` says otherwise, so that
    /// many at once get no more guesses than one after another; for the address it counts when it has
    /// `failed`, so that a whole office can log in at the same moment.
    package struct Attempt: Sendable {
        fileprivate let account: Key
        fileprivate let address: Key
    }

    private static let allowedFailures = 10
    /// Seconds.
    private static let firstPause: Int64 = 60
    private static let longestPause: Int64 = 15 * 60
    private static let memory: Int64 = 60 * 60

    fileprivate typealias Key = SecretDigest.Key

    private struct Entry {
        let key: Key
        var failures: Int
        var lastFailure: Int64
        var pausedUntil: Int64

        func isForgotten(at now: Int64) -> Bool {
            max(lastFailure, pausedUntil) + LoginThrottle.memory <= now
        }
    }

    private static let slotsPerSet = 8
    private let digest = SecretDigest()
    private let table: Mutex<[Entry?]>
    private let sets: Int

    /// `capacity`: how many accounts and addresses are remembered at most.
    package init(capacity: Int = 1 << 15) {
        sets = max(1, capacity / Self.slotsPerSet)
        table = Mutex(Array(repeating: nil, count: sets * Self.slotsPerSet))
    }

    /// Throws `AppError.tooManyAttempts` while the account or the address is paused.
    package func admit(_ account: Account, from address: String, at now: Int64) throws(AppError) -> Attempt {
        let attempt = Attempt(
            account: digest.key(Self.text(account)), address: digest.key(Self.group(address)))
        let seconds = table.withLock { table -> Int64 in
            let pauses = [attempt.account, attempt.address].map { pause(of: $0, in: table, at: now) }
            if let longest = pauses.max(), longest > 0 { return longest }
            countFailure(attempt.account, in: &table, at: now)
            return 0
        }
        guard seconds == 0 else { throw .tooManyAttempts(retryAfter: Int(seconds)) }
        return attempt
    }

    /// The password was wrong, or there is no such account.
    package func failed(_ attempt: Attempt, at now: Int64) {
        table.withLock { countFailure(attempt.address, in: &$0, at: now) }
    }

    /// The password was right: the account starts afresh, and the address is not charged for what led there.
    /// Its other failures stay, or an account of one's own would buy guesses at those of others.
    package func succeeded(_ attempt: Attempt) {
        table.withLock { table in
            guard let slot = slot(of: attempt.account, in: table), let entry = table[slot] else { return }
            table[slot] = nil
            uncount(attempt.address, entry.failures - 1, in: &table)
        }
    }

    /// The try was never made, say because too much else was waiting.
    package func withdraw(_ attempt: Attempt) {
        table.withLock { table in
            uncount(attempt.account, 1, in: &table)
            // It was let in, so the only pause there is now is the one that it began itself.
            if let slot = slot(of: attempt.account, in: table) { table[slot]?.pausedUntil = 0 }
        }
    }

    private func slots(of key: Key) -> Range<Int> {
        let first = Int(key.low % UInt64(sets)) * Self.slotsPerSet
        return first..<(first + Self.slotsPerSet)
    }

    private func slot(of key: Key, in table: [Entry?]) -> Int? {
        slots(of: key).first { table[$0]?.key == key }
    }

    /// Seconds until a try with this key is accepted again; 0 for now.
    private func pause(of key: Key, in table: [Entry?], at now: Int64) -> Int64 {
        guard let slot = slot(of: key, in: table), let entry = table[slot] else { return 0 }
        return max(0, entry.pausedUntil - now)
    }

    private func countFailure(_ key: Key, in table: inout [Entry?], at now: Int64) {
        let slot = slot(of: key, in: table) ?? slotToTake(for: key, in: table, at: now)
        var entry =
            table[slot].flatMap { $0.key == key && !$0.isForgotten(at: now) ? $0 : nil }
            ?? Entry(key: key, failures: 0, lastFailure: now, pausedUntil: 0)
        entry.failures += 1
        entry.lastFailure = now
        if entry.failures >= Self.allowedFailures {
            entry.pausedUntil = now + Self.pause(after: entry.failures)
        }
        table[slot] = entry
    }

    private func uncount(_ key: Key, _ failures: Int, in table: inout [Entry?]) {
        guard let slot = slot(of: key, in: table), var entry = table[slot] else { return }
        entry.failures -= min(failures, entry.failures)
        if entry.failures < Self.allowedFailures { entry.pausedUntil = 0 }
        table[slot] = entry.failures > 0 ? entry : nil
    }

    /// A free slot, else the one whose last failure or pause is longest ago.
    private func slotToTake(for key: Key, in table: [Entry?], at now: Int64) -> Int {
        let slots = slots(of: key)
        func age(_ slot: Int) -> Int64 { table[slot].map { max($0.lastFailure, $0.pausedUntil) } ?? .min }
        return slots.min { age($0) < age($1) } ?? slots.lowerBound
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
        var parsed = in6_addr()
        guard unsafe inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        let bytes = unsafe withUnsafeBytes(of: parsed) { unsafe Array($0) }
        if bytes[..<10].allSatisfy({ $0 == 0 }) && bytes[10] == 0xFF && bytes[11] == 0xFF {
            return bytes[12...].map { String($0) }.joined(separator: ".")
        }
        return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
