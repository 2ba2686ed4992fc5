import Expenses
import Testing

@Suite struct TargetTests {
    private static let food = Category.ID(3)

    private static func month(_ text: String) -> YearMonth {
        guard let month = YearMonth(text) else { preconditionFailure("\(text) is no month") }
        return month
    }

    private static func target(_ category: Category.ID?, _ month: String, _ amount: Int64) -> Target {
        Target(category: category, month: self.month(month), amount: Money(minorUnits: amount))
    }

    @Test(arguments: [
        ("2026-01", []), ("2026-02", [100]), ("2026-03", [100]), ("2026-04", [50, 100]), ("2026-05", [50]),
        ("2026-06", [50, 70]),
    ])
    func `a target holds until another one of its category does`(month: String, amounts: [Int64]) {
        let targets = Targets([
            Self.target(Self.food, "2026-06", 70), Self.target(nil, "2026-04", 50),
            Self.target(Self.food, "2026-02", 100),
            Self.target(Self.food, "2026-05", 0),
        ])
        #expect(targets.inForce(in: Self.month(month)).map(\.amount.minorUnits) == amounts)
    }

    @Test(
        arguments: [
            // On the last day all of what is left is for that day; what does not divide is rounded down.
            ("2026-11-30", 6000, 4000, 4000), ("2026-11-23", 6000, 4000, 500), ("2026-11-01", 9999, 1, 0),
            ("2026-11-19", 6000, 4000, 333), ("2026-11-30", 10_000, 0, nil), ("2026-11-30", 10_001, -1, nil),
            ("2026-11-21", -5000, 15_000, 1500), ("2026-12-01", 6000, 4000, nil),
            ("2026-10-31", 6000, 4000, nil),
        ] as [(String, Int64, Int64, Int64?)])
    func `what is left is for the days that are left, today among them`(
        today: String, spent: Int64, left: Int64, aDay: Int64?
    ) throws {
        let progress = TargetProgress(
            Self.target(nil, "2026-01", 10_000), spent: Money(minorUnits: spent), in: Self.month("2026-11"),
            of: .civil, today: try #require(Day(today)))
        #expect(progress.left.minorUnits == left)
        #expect(progress.aDay?.minorUnits == aDay)
    }

    @Test(
        arguments: [
            // November 2026 is 25 October to 24 November.
            ("2026-10-25", 129), ("2026-11-01", 166), ("2026-11-24", 4000), ("2026-11-25", nil),
            ("2026-10-24", nil),
        ] as [(String, Int64?)])
    func `the days that are left are those of the account's month`(today: String, aDay: Int64?) throws {
        let progress = TargetProgress(
            Self.target(nil, "2026-01", 10_000), spent: Money(minorUnits: 6000), in: Self.month("2026-11"),
            of: try #require(MonthCalendar(start: 25)), today: try #require(Day(today)))
        #expect(progress.aDay?.minorUnits == aDay)
    }

    @Test(arguments: ["2026-1", "2026-13", "1899-12", "3000-01", "2026", "2026-11-01", "", "2026-+1"])
    func `what is no month is none`(text: String) {
        #expect(YearMonth(text) == nil)
    }
}
