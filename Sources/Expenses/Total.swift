/// How many expenses there are of something, and their sum.
package struct Total: Hashable, Sendable {
    package var count: Int
    package var amount: Money

    package static let zero = Total(count: 0, amount: Money(minorUnits: 0))

    package init(count: Int, amount: Money) {
        self.count = count
        self.amount = amount
    }

    package mutating func add(_ other: Total) { self = self + other }

    package static func + (left: Total, right: Total) -> Total {
        Total(count: left.count + right.count, amount: left.amount + right.amount)
    }
}
