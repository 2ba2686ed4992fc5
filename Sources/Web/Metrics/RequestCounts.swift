import HTTP
import Synchronization

/// How many requests there were of each route, how they were answered and how long that took. What it holds is fixed at
/// the start: no client makes it grow.
final class RequestCounts: Sendable {
    /// Upper ends in microseconds; beyond the last there is one more.
    static let bounds: [Int64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    ]
    /// 100 to 599.
    private static let statuses = 500

    struct Counts: Sendable {
        var byStatus: [Int]
        /// Not cumulative.
        var byDuration: [Int]
        var microseconds: Int64 = 0
    }

    private let counts: Mutex<[Counts]>

    /// `routes`: how many there are.
    init(routes: Int) {
        let none = Counts(
            byStatus: Array(repeating: 0, count: Self.statuses),
            byDuration: Array(repeating: 0, count: Self.bounds.count + 1))
        counts = Mutex(Array(repeating: none, count: routes))
    }

    func note(route: Int, status: Int, microseconds: Int64) {
        let bucket = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
        counts.withLock { counts in
            if (100..<600).contains(status) { counts[route].byStatus[status - 100] += 1 }
            counts[route].byDuration[bucket] += 1
            counts[route].microseconds += microseconds
        }
    }

    /// By the route's number.
    func snapshot() -> [Counts] { counts.withLock { $0 } }
}
