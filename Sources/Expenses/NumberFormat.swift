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

    /// What is usual for this language (RFC 5646) in this region (ISO 3166, capitals), by Unicode CLDR.
    package init(usualFor language: String, in region: String) {
        switch region {
        case "CH", "LI": self = .apostrophePoint
        case "IN": self = .indian
        case "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US": self = .commaPoint
        default:
            self =
                switch language {
                case "da", "de", "el", "es", "hr", "id", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi":
                    .pointComma
                case "bg", "cs", "et", "fi", "fr", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk",
                    "sv", "uk":
                    .spaceComma
                default: .commaPoint
                }
        }
    }

    /// What stands between groups of three digits; with `indian`, between groups of two after the first three.
    var separator: String {
        switch self {
        case .commaPoint, .indian: ","
        case .pointComma: "."
        case .spaceComma: "\u{202F}"
        case .apostrophePoint: "'"
        }
    }

    /// The decimal mark.
    var mark: UInt8 {
        switch self {
        case .commaPoint, .apostrophePoint, .indian: UInt8(ascii: ".")
        case .pointComma, .spaceComma: UInt8(ascii: ",")
        }
    }

    /// What a spreadsheet that writes figures in this way takes for the end of a cell.
    package var delimiter: UInt8 { mark == UInt8(ascii: ",") ? UInt8(ascii: ";") : CSVWriter.comma }

    /// Whether the currency's symbol stands behind the figures, as is usual with a decimal comma.
    var symbolFollows: Bool { self == .pointComma || self == .spaceComma }
}
