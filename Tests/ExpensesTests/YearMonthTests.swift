import Expenses
import Testing

struct YearMonthTests {
    @Test(arguments: [
        (2026, 11, 2, 202_701), (2026, 1, -1, 202_512), (2026, 6, 0, 202_606), (2026, 6, -12, 202_506),
        (2999, 12, 1, 299_912), (1900, 1, -1, 190_001), (2026, 6, Int.max, 299_912),
        (2026, 6, Int.min, 190_001),
        (2026, 1, 25, 202_802),
    ])
    func `advancing by months stays within the range`(year: Int, month: Int, count: Int, result: Int) throws {
        #expect(try #require(YearMonth(year: year, month: month)).advanced(by: count).number == result)
    }

    @Test(arguments: [(2026, 0), (2026, 13), (1899, 12), (3000, 1), (Int.max, 1), (2026, Int.min)])
    func `what is no month is refused`(year: Int, month: Int) {
        #expect(YearMonth(year: year, month: month) == nil)
    }

    @Test func `a month is written with two digits`() throws {
        #expect(try #require(YearMonth(year: 2026, month: 3)).description == "2026-03")
    }
}
