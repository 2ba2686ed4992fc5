extension Money {
    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func formatted(_ preferences: Preferences) -> String {
        let format = preferences.numberFormat
        let currency = preferences.currency
        let sign = isRefund ? "-" : ""
        let figures = render(in: currency, grouping: format.grouping, mark: format.mark).dropFirst(sign.count)
        let symbol = currency.symbol
        if format.symbolFollows { return "\(sign)\(figures)\u{A0}\(symbol)" }
        // "CHF 5" and "kr. 5" need the space that "$5" does not.
        let isSign = symbol.unicodeScalars.last?.properties.generalCategory == .currencySymbol
        return isSign ? "\(sign)\(symbol)\(figures)" : "\(sign)\(symbol)\u{A0}\(figures)"
    }

    /// As it stands in a form's field, ready to be changed: the user's decimal mark, no symbol, no grouping.
    package func typed(_ preferences: Preferences) -> String {
        render(in: preferences.currency, grouping: nil, mark: preferences.numberFormat.mark)
    }

    func render(in currency: Currency, grouping: NumberFormat.Grouping?, mark: String) -> String {
        let digits = Array(String(minorUnits.magnitude).utf8)
        let padding = max(0, currency.decimals + 1 - digits.count)
        let padded = [UInt8](repeating: UInt8(ascii: "0"), count: padding) + digits
        let whole = padded.dropLast(currency.decimals)
        var text = minorUnits < 0 ? "-" : ""
        for (index, digit) in whole.enumerated() {
            let following = whole.count - index
            if let grouping, index > 0, grouping.separates(before: following) { text += grouping.separator }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        guard currency.decimals > 0 else { return text }
        text += mark
        for digit in padded.suffix(currency.decimals) { text.unicodeScalars.append(Unicode.Scalar(digit)) }
        return text
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
