/// How the amounts of one account are written; made once for all that a page shows.
package struct MoneyFormat: Hashable, Sendable {
    let decimals: Int
    let numberFormat: NumberFormat
    /// The symbol's bytes, the first one lowest, without those that are zero: eight are enough for every currency.
    private let symbol: UInt64
    private let isSymbolSpaced: Bool

    package init(_ preferences: Preferences) {
        let currency = preferences.currency
        decimals = currency.decimals
        numberFormat = preferences.numberFormat
        symbol = currency.symbol.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        // "CHF 5" and "kr. 5" need the space that "$5" does not.
        isSymbolSpaced = !currency.symbolIsSign || preferences.numberFormat.symbolFollows
    }

    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func text(_ amount: Money) -> ShortText {
        var text = ShortText()
        if numberFormat.symbolFollows {
            prependSymbol(to: &text)
            text.prepend("\u{A0}")
        }
        text.prepend(amount, decimals: decimals, numberFormat.mark, numberFormat.grouping)
        if !numberFormat.symbolFollows {
            if isSymbolSpaced { text.prepend("\u{A0}") }
            prependSymbol(to: &text)
        }
        if amount.isRefund { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    /// As on a page, without the currency: `1,234.56`, for tables that name it once.
    package func figures(_ amount: Money) -> ShortText {
        var text = ShortText()
        text.prepend(amount, decimals: decimals, numberFormat.mark, numberFormat.grouping)
        if amount.isRefund { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    /// A count, its thousands grouped as in amounts: `12,345`.
    package func count(_ count: Int) -> ShortText {
        var text = ShortText()
        text.prepend(UInt64(count.magnitude), numberFormat.grouping)
        if count < 0 { text.prepend(UInt8(ascii: "-")) }
        return text
    }

    private func prependSymbol(to text: inout ShortText) {
        var shift = 56
        while shift >= 0 {
            let byte = UInt8(truncatingIfNeeded: symbol >> UInt64(shift))
            if byte != 0 { text.prepend(byte) }
            shift -= 8
        }
    }
}

extension ShortText {
    /// The magnitude, without a sign.
    mutating func prepend(
        _ amount: Money, decimals: Int, _ mark: StaticString, _ grouping: NumberFormat.Grouping?
    ) {
        var rest = amount.minorUnits.magnitude
        for _ in 0..<decimals {
            prepend(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        if decimals > 0 { prepend(mark) }
        prepend(rest, grouping)
    }

    fileprivate mutating func prepend(_ whole: UInt64, _ grouping: NumberFormat.Grouping?) {
        var rest = whole
        var count = 0
        repeat {
            if let grouping, count > 0, grouping.separates(before: count) { prepend(grouping.separator) }
            prepend(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        } while rest > 0
    }
}
