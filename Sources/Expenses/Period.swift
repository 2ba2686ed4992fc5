/// A stretch of days that ends today.
package enum Period: String, CaseIterable, Sendable {
    case week
    case month
    case threeMonths = "3months"
    case year

    /// How many days it has, today among them.
    package var days: Int {
        switch self {
        case .week: 7
        case .month: 30
        case .threeMonths: 90
        case .year: 365
        }
    }

    package func range(endingOn today: Day) -> ClosedRange<Day> {
        today.advanced(by: 1 - days)...today
    }
}
