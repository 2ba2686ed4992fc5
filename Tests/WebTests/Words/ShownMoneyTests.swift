import Expenses
import Testing

/// What pages show of amounts is not escaped, so it must not need it.
@Suite struct ShownMoneyTests {
    @Test func `no amount in any currency and format holds what markup would take for its own`() {
        let amounts = [Int64.min, -1, 0, 5, 123_456_789, .max].map(Money.init(minorUnits:))
        for currency in Currency.all {
            for numberFormat in NumberFormat.allCases {
                let preferences = Preferences(currency: currency, numberFormat: numberFormat)
                let format = MoneyFormat(preferences)
                for amount in amounts {
                    let text = format.text(amount).description
                    #expect(text.contains(currency.symbol) && text == amount.formatted(preferences))
                    for text in [
                        text, format.figures(amount).description, format.count(1_234_567).description,
                    ] {
                        #expect(!text.utf8.contains { Array("\"&<>:\r\0".utf8).contains($0) }, "\(text)")
                    }
                }
            }
        }
    }
}
