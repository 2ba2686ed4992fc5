import Expenses
import Testing

struct RoughMoneyTests {
    @Test(arguments: [
        (0, "0"), (49, "0"), (50, "1"), (81_249, "812"), (99_949, "999"), (99_950, "1.0k"), (123_456, "1.2k"),
        (125_000, "1.3k"), (994_999, "9.9k"), (995_000, "10k"), (1_249_999, "12k"), (99_949_999, "999k"),
        (99_950_000, "1.0M"), (345_678_901, "3.5M"), (99_999_999_999, "1,000M"), (-123_456, "-1.2k"),
    ])
    func `about how much, in few characters`(minorUnits: Int64, text: String) {
        let format = MoneyFormat(Preferences())
        #expect(format.rough(Money(minorUnits: minorUnits)).description == text)
    }

    @Test func `the account's own decimal mark, and currencies without decimals`() {
        let german = MoneyFormat(Preferences(currency: .named("EUR"), numberFormat: .pointComma))
        #expect(german.rough(Money(minorUnits: 123_456)).description == "1,2k")
        let japanese = MoneyFormat(Preferences(currency: .named("JPY")))
        #expect(japanese.rough(Money(minorUnits: 123_456)).description == "123k")
    }
}
