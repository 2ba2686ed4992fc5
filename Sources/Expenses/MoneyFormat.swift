/// How the amounts of one account are written; made once for all that a page shows.
///
/// Twenty-four bytes, since every amount of a page holds one.
package struct MoneyFormat: Hashable, Sendable {
    /// Zero where there is none.
    private var symbol: UInt64 = 0
    /// Zero where thousands are not grouped.
    private let separator: UInt32
    private let mark: UInt8
    private let decimals: UInt8
    private let groupsByTwo: Bool
    private var symbolFollows = false
    /// Whether a space stands between the symbol and the figures.
    private var isSpaced = false

    package init(_ preferences: Preferences) {
        let currency = preferences.currency
        self.init(decimals: currency.decimals, preferences.numberFormat, isGrouped: true)
        symbol = ShortText.word(currency.symbol)
        symbolFollows = preferences.numberFormat.symbolFollows
        // "CHF 5" and "kr. 5" need the space that "$5" does not.
        isSpaced = symbolFollows || !currency.symbolIsSign
    }

    /// Figures alone, as in a form's field or a file.
    init(decimals: Int, _ format: NumberFormat, isGrouped: Bool) {
        self.decimals = UInt8(decimals)
        mark = format.mark
        separator = isGrouped ? UInt32(ShortText.word(format.separator)) : 0
        groupsByTwo = format == .indian
    }

    private static let space = ShortText.word("\u{A0}")

    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func text(_ amount: Money) -> ShortText {
        var text = ShortText()
        if symbolFollows {
            text.prepend(word: symbol)
            text.prepend(word: MoneyFormat.space)
        }
        prepend(amount, to: &text)
        if !symbolFollows {
            if isSpaced { text.prepend(word: MoneyFormat.space) }
            text.prepend(word: symbol)
        }
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

    /// About how much, without the currency, for a place that is small: `812`, `1.2k`, `12k`, `3.4M`. Rounded half up.
    package func rough(_ amount: Money) -> ShortText {
        var unit: UInt64 = 1
        for _ in 0..<decimals { unit *= 10 }
        let magnitude = amount.minorUnits.magnitude
        var text = ShortText()
        if (magnitude + unit / 2) / unit < 1000 {
            prepend((magnitude + unit / 2) / unit, to: &text)
        } else {
            let isThousands = (magnitude + 500 * unit) / (1000 * unit) < 1000
            let (letter, unit) = isThousands ? ("k", 1000 * unit) : ("M", 1_000_000 * unit)
            text.prepend(word: ShortText.word(letter))
            let tenths = (magnitude + unit / 20) / (unit / 10)
            if tenths < 100 {
                let whole = text.prepend(digits: 1, of: tenths)
                text.prepend(mark)
                prepend(whole, to: &text)
            } else {
                prepend((magnitude + unit / 2) / unit, to: &text)
            }
        }
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
        let whole = text.prepend(digits: Int(decimals), of: amount.minorUnits.magnitude)
        if decimals > 0 { text.prepend(mark) }
        prepend(whole, to: &text)
    }

    private func prepend(_ whole: UInt64, to text: inout ShortText) {
        var rest = whole
        // The digits that stand behind the next separator.
        var group = 3
        var limit: UInt64 = 1000
        while rest >= limit {
            rest = text.prepend(digits: group, of: rest)
            text.prepend(word: UInt64(separator))
            if groupsByTwo { (group, limit) = (2, 100) }
        }
        repeat { rest = text.prepend(digits: 1, of: rest) } while rest > 0
    }
}
