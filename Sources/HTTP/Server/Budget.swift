import Synchronization

/// Memory that all clients may make the server hold at one time, and each address its share of it, so that no one client
/// takes what the others need.
final class Budget: Sendable {
    private struct Spending {
        var total = 0
        var byAddress: [String: Int] = [:]
    }

    /// Bytes.
    private let limit: Int
    private let share: Int
    /// Addresses that stand for many clients, such as a proxy's, and may take it all.
    private let unshared: Set<String>
    private let spending = Mutex(Spending())

    /// `limit` and `share`, that of one address, in bytes.
    init(limit: Int, share: Int, unshared: Set<String>) {
        self.limit = limit
        self.share = min(share, limit)
        self.unshared = unshared
    }

    /// Returns false, and charges nothing, where the address or all together would hold too much.
    func charge(_ bytes: Int, to address: String) -> Bool {
        spending.withLock { spending in
            let own = spending.byAddress[address, default: 0] + bytes
            guard spending.total + bytes <= limit, own <= share || unshared.contains(address) else {
                return false
            }
            spending.total += bytes
            spending.byAddress[address] = own
            return true
        }
    }

    /// Gives back what was charged.
    func release(_ bytes: Int, of address: String) {
        spending.withLock { spending in
            spending.total -= bytes
            let own = spending.byAddress[address, default: 0] - bytes
            spending.byAddress[address] = own > 0 ? own : nil
        }
    }

    /// Whether more than half of it is taken.
    var isShort: Bool { spending.withLock { $0.total > limit / 2 } }
}
