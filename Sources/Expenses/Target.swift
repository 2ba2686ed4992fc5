/// What somebody means to spend in a month, for a category or for all, from a month on.
package struct Target: Hashable, Sendable {
    /// Nil for all categories together.
    package var category: Category.ID?
    /// The first month in which it holds; it holds until another one of the same category does.
    package var month: YearMonth
    /// More than zero; zero where from this month on there is none.
    package var amount: Money

    package init(category: Category.ID?, month: YearMonth, amount: Money) {
        self.category = category
        self.month = month
        self.amount = amount
    }

    /// An account may have that many, earlier ones included.
    package static let most = 1000
}

/// All targets of an account, of which each month has its own.
package struct Targets: Sendable {
    /// The earliest first.
    private let all: [Target]

    package init(_ targets: [Target]) {
        all = targets.sorted { $0.month < $1.month }
    }

    package var isEmpty: Bool { all.isEmpty }

    /// Those that hold in a month: the one for all first, then by category.
    package func inForce(in month: YearMonth) -> [Target] {
        var latest: [Int64: Target] = [:]
        for target in all.prefix(while: { $0.month <= month }) {
            latest[target.category?.rawValue ?? 0] = target
        }
        return latest.sorted { $0.key < $1.key }.map(\.value).filter { $0.amount > .zero }
    }
}

/// How far a month has come with a target.
package struct TargetProgress: Hashable, Sendable {
    package let target: Target
    /// Less than zero where refunds outweigh what was spent.
    package let spent: Money
    /// What may still be spent; less than zero once it is over.
    package let left: Money
    /// What may be spent on each day that is left, today included, rounded down; nil where nothing is left, and for a month
    /// that does not go on.
    package let aDay: Money?

    /// - Parameters:
    ///   - month: the month that `spent` is of.
    ///   - months: which days it has.
    ///   - today: in the user's time zone.
    package init(
        _ target: Target, spent: Money, in month: YearMonth, of months: MonthCalendar, today: Day
    ) {
        self.target = target
        self.spent = spent
        left = target.amount - spent
        let days = months.last(of: month).daysSinceEpoch - today.daysSinceEpoch + 1
        aDay =
            months.month(of: today) == month && left > .zero
            ? Money(minorUnits: left.minorUnits / Int64(days)) : nil
    }
}
