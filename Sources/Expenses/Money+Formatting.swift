extension Money {
    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func formatted(_ preferences: Preferences) -> String {
        let format = preferences.numberFormat
        let currency = preferences.currency
        var text: [UInt8] = []
        if isRefund { text.append(UInt8(ascii: "-")) }
        if !format.symbolFollows {
            text += currency.symbol.utf8
            // "CHF 5" and "kr. 5" need the space that "$5" does not.
            if !currency.symbolIsSign { text += "\u{A0}".utf8 }
        }
        appendFigures(in: currency, grouping: format.grouping, mark: format.mark, to: &text)
        if format.symbolFollows {
            text += "\u{A0}".utf8
            text += currency.symbol.utf8
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// As it stands in a form's field, ready to be changed: the user's decimal mark, no symbol, no grouping.
    package func typed(_ preferences: Preferences) -> String {
        render(in: preferences.currency, grouping: nil, mark: preferences.numberFormat.mark)
    }

    func render(in currency: Currency, grouping: NumberFormat.Grouping?, mark: String) -> String {
        var text: [UInt8] = isRefund ? [UInt8(ascii: "-")] : []
        appendFigures(in: currency, grouping: grouping, mark: mark, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The magnitude, without a sign.
    private func appendFigures(
        in currency: Currency, grouping: NumberFormat.Grouping?, mark: String, to text: inout [UInt8]
    ) {
        text.reserveCapacity(40)
        var scale: UInt64 = 1
        for _ in 0..<currency.decimals { scale *= 10 }
        let (whole, fraction) = minorUnits.magnitude.quotientAndRemainder(dividingBy: scale)

        var power: UInt64 = 1
        var following = 1
        while whole / power >= 10 {
            power *= 10
            following += 1
        }
        let count = following
        while power > 0 {
            if let grouping, following < count, grouping.separates(before: following) {
                text += grouping.separator.utf8
            }
            text.append(UInt8(ascii: "0") + UInt8(whole / power % 10))
            power /= 10
            following -= 1
        }
        guard currency.decimals > 0 else { return }
        text += mark.utf8
        while scale > 1 {
            scale /= 10
            text.append(UInt8(ascii: "0") + UInt8(fraction / scale % 10))
        }
    }
}

/// How figures are written; what is typed is understood in any of these forms.
package enum NumberFormat: String, CaseIterable, Sendable {
    /// 1,234.56
    case commaPoint = "1,234.56"
    /// 1.234,56
    case pointComma = "1.234,56"
    /// 1 234,56
    case spaceComma = "1 234,56"
    /// 1'234.56
    case apostrophePoint = "1'234.56"
    /// 12,34,567.89
    case indian = "12,34,567.89"

    struct Grouping {
        let separator: String
        var isIndian = false

        /// Whether a separator stands before the last `count` digits of the whole part.
        func separates(before count: Int) -> Bool {
            isIndian ? count == 3 || (count > 3 && !count.isMultiple(of: 2)) : count.isMultiple(of: 3)
        }
    }

    var grouping: Grouping {
        switch self {
        case .commaPoint: Grouping(separator: ",")
        case .pointComma: Grouping(separator: ".")
        case .spaceComma: Grouping(separator: "\u{202F}")
        case .apostrophePoint: Grouping(separator: "'")
        case .indian: Grouping(separator: ",", isIndian: true)
        }
    }

    /// The decimal mark.
    package var mark: String {
        switch self {
        case .commaPoint, .apostrophePoint, .indian: "."
        case .pointComma, .spaceComma: ","
        }
    }

    /// Whether the currency's symbol stands behind the figures, as is usual with a decimal comma.
    var symbolFollows: Bool { mark == "," }
}
