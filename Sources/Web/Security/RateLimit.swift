package import Expenses
import Synchronization

/// How often one source, say a network, may do something: so many times at once, then once in so many seconds.
///
/// Where the table is full, the one who may do the most again gives way. All methods lock shortly and never wait for
/// anything else.
package final class RateLimit: Sendable {
    private struct Table {
        /// When each source may again do all at once.
        var freshAt: BoundedTable<Int64>
        var refused = 0
    }

    private let burst: Int64
    private let interval: Int64
    private let digest = SecretDigest()
    private let table: Mutex<Table>

    /// `interval` in seconds; `capacity`: how many sources are remembered at most.
    package init(burst: Int, interval: Int64, capacity: Int = 1 << 14) {
        self.burst = Int64(burst)
        self.interval = interval
        table = Mutex(Table(freshAt: BoundedTable(capacity: capacity) { $0 }))
    }

    /// How often `take` has refused since the start.
    package var refused: Int { table.withLock { $0.refused } }

    /// Counts one more of this source. Throws `AppError.tooManyRequests`, and counts nothing, where it has done
    /// too much lately.
    package func take(_ source: String, at now: Int64) throws(AppError) {
        let key = digest.key(source)
        let wait = table.withLock { table -> Int64 in
            // Never later than a whole burst: the system's clock may have been put back.
            let freshAt = min(max(table.freshAt[key] ?? now, now), now + burst * interval)
            let wait = freshAt - now - (burst - 1) * interval
            let isRefused = wait > 0
            if isRefused { table.refused += 1 }
            table.freshAt[key] = isRefused ? freshAt : freshAt + interval
            return max(0, wait)
        }
        guard wait == 0 else { throw .tooManyRequests(retryAfter: Int(wait)) }
    }

    /// What was counted last was not done after all.
    package func giveBack(_ source: String) {
        let key = digest.key(source)
        table.withLock { table in
            guard let freshAt = table.freshAt[key] else { return }
            table.freshAt[key] = freshAt - interval
        }
    }
}
