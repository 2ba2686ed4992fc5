package import Expenses
import Synchronization

/// How often one source, say a network, may do something: so many times at once, then once in so many seconds.
///
/// The table has a fixed size: a source lives in one of the few slots that its hash names, and where these are
/// taken the one who may do the most again gives way. All methods lock shortly and never wait for anything else.
package final class RateLimit: Sendable {
    private struct Entry {
        let key: SecretDigest.Key
        /// When the source may again do all at once.
        var isFreshAt: Int64
    }

    private struct Table {
        var entries: [Entry?]
        var refused = 0
    }

    private static let slotsPerSet = 8
    private let burst: Int64
    private let interval: Int64
    private let digest = SecretDigest()
    private let table: Mutex<Table>
    private let sets: Int

    /// `interval` in seconds; `capacity`: how many sources are remembered at most.
    package init(burst: Int, interval: Int64, capacity: Int = 1 << 14) {
        self.burst = Int64(burst)
        self.interval = interval
        sets = max(1, capacity / Self.slotsPerSet)
        table = Mutex(Table(entries: Array(repeating: nil, count: sets * Self.slotsPerSet)))
    }

    /// How often `take` has refused since the start.
    package var refused: Int { table.withLock { $0.refused } }

    /// Counts one more of this source. Throws `AppError.tooManyRequests`, and counts nothing, where it has done
    /// too much lately.
    package func take(_ source: String, at now: Int64) throws(AppError) {
        let key = digest.key(source)
        let slots = slots(of: key)
        let wait = table.withLock { table -> Int64 in
            func freshAt(_ slot: Int) -> Int64 { table.entries[slot]?.isFreshAt ?? .min }
            let slot =
                slots.first { table.entries[$0]?.key == key }
                ?? slots.min { freshAt($0) < freshAt($1) } ?? slots.lowerBound
            let known = table.entries[slot].flatMap { $0.key == key ? $0.isFreshAt : nil } ?? now
            // Never later than a whole burst: the system's clock may have been put back.
            let isFreshAt = min(max(known, now), now + burst * interval)
            let wait = isFreshAt - now - (burst - 1) * interval
            let isRefused = wait > 0
            if isRefused { table.refused += 1 }
            table.entries[slot] = Entry(key: key, isFreshAt: isRefused ? isFreshAt : isFreshAt + interval)
            return max(0, wait)
        }
        guard wait == 0 else { throw .tooManyRequests(retryAfter: Int(wait)) }
    }

    /// What was counted last was not done after all.
    package func giveBack(_ source: String) {
        let key = digest.key(source)
        table.withLock { table in
            guard let slot = slots(of: key).first(where: { table.entries[$0]?.key == key }) else { return }
            table.entries[slot]?.isFreshAt -= interval
        }
    }

    private func slots(of key: SecretDigest.Key) -> Range<Int> {
        let first = Int(key.low % UInt64(sets)) * Self.slotsPerSet
        return first..<(first + Self.slotsPerSet)
    }
}
