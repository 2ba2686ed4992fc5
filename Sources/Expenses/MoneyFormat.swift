/// How the amounts of one account are written; made once for all that a page shows.
package struct MoneyFormat: Hashable, Sendable {
    private let decimals: Int
    private let mark: UInt64
    /// Zero where thousands are not grouped.
    private let separator: UInt64
    private let groupsByTwo: Bool
    private var symbolBefore: UInt64 = 0
    private var spaceBefore: UInt64 = 0
    private var symbolAfter: UInt64 = 0

    package init(_ preferences: Preferences) {
        let currency = preferences.currency
        self.init(decimals: currency.decimals, preferences.numberFormat, isGrouped: true)
        let symbol = ShortText.word(currency.symbol)
        if preferences.numberFormat.symbolFollows {
            symbolAfter = symbol
        } else {
            symbolBefore = symbol
            // "CHF 5" and "kr. 5" need the space that "$5" does not.
            if !currency.symbolIsSign { spaceBefore = MoneyFormat.space }
        }
    }

    /// Figures alone, as in a form's field or a file.
    init(decimals: Int, _ format: NumberFormat, isGrouped: Bool) {
        self.decimals = decimals
        mark = ShortText.word(format.mark)
        separator = isGrouped ? ShortText.word(format.separator) : 0
        groupsByTwo = format == .indian
    }

    private static let space = ShortText.word("\u{A0}")

    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func text(_ amount: Money) -> ShortText {
        var text = ShortText()
        if symbolAfter != 0 {
            text.prepend(word: symbolAfter)
            text.prepend(word: MoneyFormat.space)
        }
        prepend(amount, to: &text)
        text.prepend(word: spaceBefore)
        text.prepend(word: symbolBefore)
        if amount.isRefund { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    /// As on a page, without the currency: `1,234.56`, for tables that name it once.
    package func figures(_ amount: Money) -> ShortText {
        var text = ShortText()
        prepend(amount, to: &text)
        if amount.isRefund { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    /// A count, its thousands grouped as in amounts: `12,345`.
    package func count(_ count: Int) -> ShortText {
        var text = ShortText()
        prepend(UInt64(count.magnitude), to: &text)
        if count < 0 { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    /// The magnitude, without a sign.
    private func prepend(_ amount: Money, to text: inout ShortText) {
        var rest = amount.minorUnits.magnitude
        for _ in 0..<decimals {
            text.prepend(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        if decimals > 0 { text.prepend(word: mark) }
        prepend(rest, to: &text)
    }

    private func prepend(_ whole: UInt64, to text: inout ShortText) {
        var rest = whole
        // How many digits stand before the next separator.
        var room = 3
        repeat {
            if room == 0 {
                text.prepend(word: separator)
                room = groupsByTwo ? 2 : 3
            }
            text.prepend(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            room -= 1
        } while rest > 0
    }
}
