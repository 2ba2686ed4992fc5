import Expenses

/// One person's purchases in the order of their days: more on weekends and before Christmas, heating in winter,
/// travel in summer, now and then a refund.
struct DemoSpending {
    struct Purchase {
        let category: String
        let description: String
        let amount: Money
        let day: Day
    }

    private var random: RandomNumbers
    private let days: [Day]
    /// The weight of each day and of all before it.
    private let weights: [Int]
    private let count: Int
    private var made = 0
    private var index = 0

    /// The same seed gives the same purchases.
    init(seed: UInt64, from first: Day, through last: Day, count: Int) {
        random = RandomNumbers(seed: seed)
        days = (first.daysSinceEpoch...max(first, last).daysSinceEpoch).compactMap { Day(daysSinceEpoch: $0) }
        var sum = 0
        weights = days.map { day in
            sum += DemoSpending.weight(of: day)
            return sum
        }
        self.count = count
    }

    private static func weight(of day: Day) -> Int {
        let season = day.month == 12 && day.dayOfMonth < 25 ? 15 : day.month == 7 || day.month == 8 ? 12 : 10
        switch day.weekday {
        case .saturday: return 18 * season
        case .friday: return 13 * season
        case .sunday: return 7 * season
        case .monday, .tuesday, .wednesday, .thursday: return 10 * season
        }
    }

    /// Nil when all have been made.
    mutating func next() -> Purchase? {
        guard made < count, let total = weights.last else { return nil }
        // The purchases divide the weight evenly, each with a share of its own, so their days never go back.
        let (share, rest) = total.quotientAndRemainder(dividingBy: count)
        let start = share * made + rest * made / count
        let position = start + random.below(max(1, share))
        while index < days.count - 1, weights[index] <= position { index += 1 }
        made += 1
        return purchase(on: days[index])
    }

    private mutating func purchase(on day: Day) -> Purchase {
        let kind = kind(on: day)
        let item = kind.items[random.below(kind.items.count)]
        // The smaller of two draws: most purchases are near the low end.
        let spread = item.cents.upperBound - item.cents.lowerBound + 1
        var cents = item.cents.lowerBound + min(random.below(spread), random.below(spread))
        if kind.endsInNine, random.below(3) > 0 { cents = max(cents / 100 * 100 + 99, 99) }
        let isRefund = kind.refunds && random.below(25) == 0
        return Purchase(
            category: kind.category, description: isRefund ? "Refund: \(item.description)" : item.description,
            amount: Money(minorUnits: Int64(isRefund ? -cents : cents)), day: day)
    }

    private mutating func kind(on day: Day) -> DemoKind {
        let weights = DemoKind.all.map { $0.weight(day) }
        var position = random.below(weights.reduce(0, +))
        for (kind, weight) in zip(DemoKind.all, weights) {
            if position < weight { return kind }
            position -= weight
        }
        return DemoKind.all[0]
    }
}
