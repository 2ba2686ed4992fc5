import Synchronization

/// What all clients may make the server hold at one time (bytes, or connections), and each of them its share of it, so
/// that no client takes what the others need.
package final class Budget: Sendable {
    private struct Spending {
        var total = 0
        var byClient: [ClientNetwork: Int] = [:]
    }

    private let limit: Int
    private let share: Int
    private let spending = Mutex(Spending())

    /// `share` is that of one client.
    package init(limit: Int, share: Int) {
        self.limit = limit
        self.share = min(share, limit)
    }

    /// What is charged now.
    package var total: Int { spending.withLock { $0.total } }
    /// How many clients are charged anything.
    package var clients: Int { spending.withLock { $0.byClient.count } }
    /// Whether more than half of it is charged.
    var isShort: Bool { total > limit / 2 }

    /// Returns false, and charges nothing, where the client or all together would hold too much. Giving back, by a
    /// negative amount, always succeeds.
    fileprivate func charge(_ amount: Int, to client: ClientNetwork?) -> Bool {
        spending.withLock { spending in
            let total = spending.total + amount
            let own = client.map { spending.byClient[$0, default: 0] + amount } ?? 0
            guard amount < 0 || (total <= limit && own <= share) else { return false }
            spending.total = total
            // Who holds nothing leaves no entry behind.
            if let client { spending.byClient[client] = own == 0 ? nil : own }
            return true
        }
    }
}

/// What one connection holds of a budget; given back when it goes out of scope.
struct Charge: ~Copyable {
    private let budget: Budget
    private let client: ClientNetwork?
    private(set) var amount = 0

    init(_ budget: Budget, of peer: Peer) {
        self.budget = budget
        client = peer.network
    }

    deinit {
        if amount > 0 { _ = budget.charge(-amount, to: client) }
    }

    /// Charges so much from now on. Returns false, and leaves everything as it was, where that is too much.
    mutating func set(_ amount: Int) -> Bool {
        if amount == self.amount { return true }
        guard budget.charge(amount - self.amount, to: client) else { return false }
        self.amount = amount
        return true
    }
}
