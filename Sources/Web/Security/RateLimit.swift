package import Expenses
import Synchronization

/// How often one source, say a network, may do something: so many times at once, then once in so many seconds.
///
/// The table has a largest size: a source lives in the set that its hash names, and where that is full the one who may do
/// the most again gives way. An empty set takes no memory. All methods lock shortly and never wait for anything
/// else.
package final class RateLimit: Sendable {
    private struct Entry {
        let key: SecretDigest.Key
        /// When the source may again do all at once.
        var isFreshAt: Int64
    }

    private struct Table {
        var sets: [[Entry]]
        var refused = 0
    }

    private static let entriesPerSet = 8
    private let burst: Int64
    private let interval: Int64
    private let digest = SecretDigest()
    private let table: Mutex<Table>

    /// `interval` in seconds; `capacity`: how many sources are remembered at most.
    package init(burst: Int, interval: Int64, capacity: Int = 1 << 14) {
        self.burst = Int64(burst)
        self.interval = interval
        table = Mutex(Table(sets: Array(repeating: [], count: max(1, capacity / Self.entriesPerSet))))
    }

    /// How often `take` has refused since the start.
    package var refused: Int { table.withLock { $0.refused } }

    /// Counts one more of this source. Throws `AppError.tooManyRequests`, and counts nothing, where it has done
    /// too much lately.
    package func take(_ source: String, at now: Int64) throws(AppError) {
        let key = digest.key(source)
        let wait = table.withLock { table -> Int64 in
            let set = Self.set(of: key, in: table)
            let place = table.sets[set].firstIndex { $0.key == key }
            let known = place.map { table.sets[set][$0].isFreshAt } ?? now
            // Never later than a whole burst: the system's clock may have been put back.
            let isFreshAt = min(max(known, now), now + burst * interval)
            let wait = isFreshAt - now - (burst - 1) * interval
            let isRefused = wait > 0
            if isRefused { table.refused += 1 }
            let entry = Entry(key: key, isFreshAt: isRefused ? isFreshAt : isFreshAt + interval)
            Self.put(entry, at: place, in: &table.sets[set])
            return max(0, wait)
        }
        guard wait == 0 else { throw .tooManyRequests(retryAfter: Int(wait)) }
    }

    /// What was counted last was not done after all.
    package func giveBack(_ source: String) {
        let key = digest.key(source)
        table.withLock { table in
            let set = Self.set(of: key, in: table)
            guard let place = table.sets[set].firstIndex(where: { $0.key == key }) else { return }
            table.sets[set][place].isFreshAt -= interval
        }
    }

    private static func put(_ entry: Entry, at place: Int?, in entries: inout [Entry]) {
        if let place {
            entries[place] = entry
        } else if entries.count < entriesPerSet {
            entries.append(entry)
        } else if let first = entries.indices.min(by: { entries[$0].isFreshAt < entries[$1].isFreshAt }) {
            entries[first] = entry
        }
    }

    private static func set(of key: SecretDigest.Key, in table: Table) -> Int {
        Int(key.low % UInt64(table.sets.count))
    }
}
