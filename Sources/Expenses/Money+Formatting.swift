extension Money {
    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func formatted(_ preferences: Preferences) -> String {
        MoneyFormat(preferences).text(self).description
    }

    /// As it stands in a form's field, ready to be changed: the user's decimal mark, no symbol, no grouping.
    package func typed(_ preferences: Preferences) -> String {
        render(in: preferences.currency, grouping: nil, mark: preferences.numberFormat.mark)
    }

    func render(in currency: Currency, grouping: NumberFormat.Grouping?, mark: StaticString) -> String {
        var text = ShortText()
        text.prepend(self, decimals: currency.decimals, mark, grouping)
        if isRefund { text.prepend(UInt8(ascii: "-")) }
        return text.description
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
        let separator: StaticString
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
    package var mark: StaticString {
        switch self {
        case .commaPoint, .apostrophePoint, .indian: "."
        case .pointComma, .spaceComma: ","
        }
    }

    /// Whether the currency's symbol stands behind the figures, as is usual with a decimal comma.
    var symbolFollows: Bool { self == .pointComma || self == .spaceComma }
}
