import Expenses
import Testing

struct FilterTests {
    @Test(arguments: [
        ("2026-01-01", "2026-12-31", true), ("2026-02-01", "2026-02-28", true),
        ("1900-01-01", "2999-12-31", true),
        ("2024-02-01", "2024-02-28", false), ("2026-01-02", "2026-01-31", false),
    ])
    func `whole months are known by their ends`(from: String, through: String, whole: Bool) throws {
        let filter = Filter(from: try #require(Day(from)), through: try #require(Day(through)))
        #expect(filter.coversWholeMonths == whole)
    }

    @Test(arguments: [
        ("2026-10-25", "2026-11-24", true), ("2026-01-25", "2027-01-24", true),
        ("1900-01-01", "2999-12-31", true), ("2026-11-01", "2026-11-30", false),
        ("2026-10-25", "2026-11-25", false), ("2026-10-24", "2026-11-24", false),
    ])
    func `whole months are the account's own`(from: String, through: String, whole: Bool) throws {
        let filter = Filter(
            from: try #require(Day(from)), through: try #require(Day(through)),
            months: try #require(MonthCalendar(start: 25)))
        #expect(filter.coversWholeMonths == whole)
    }
}
