import Expenses
import Testing

struct CurrencyTests {
    @Test func `currency codes are three capital letters, each listed once, in order`() {
        let codes = Currency.all.map(\.code)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        for currency in Currency.all {
            #expect(currency.code.utf8.count == 3 && currency.code.utf8.allSatisfy { (65...90).contains($0) })
            #expect([0, 2, 3].contains(currency.decimals))
            #expect(!currency.symbol.isEmpty)
            #expect(Currency(code: currency.code) == currency)
        }
    }

    @Test func `decimals follow ISO 4217`() {
        let none = Set(Currency.all.filter { $0.decimals == 0 }.map(\.code))
        #expect(
            none == [
                "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
                "XAF", "XOF", "XPF",
            ])
        let three = Set(Currency.all.filter { $0.decimals == 3 }.map(\.code))
        #expect(three == ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
    }

    @Test(arguments: ["", "usd", "US", "USDX", "ZZZ", "€"])
    func `other codes are no currency`(code: String) {
        #expect(Currency(code: code) == nil)
    }
}
