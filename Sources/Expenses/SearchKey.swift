@_spi(_Unicode) import Swift

/// The form in which descriptions are found, and names of categories told apart: without case, without the accents of Latin,
/// Greek and Cyrillic letters (U+0300 to U+036F), so that "cafe" finds "Café", with ß as ss and ł, ø, đ, ı as their letters,
/// with runs of blanks as one and none at the ends, and without characters that nobody sees. Marks of other scripts are
/// letters there, and stay.
package func searchKey(_ text: String) -> String {
    if let key = simpleKey(text) { return key }
    var base = String.UnicodeScalarView()
    var isAfterBlank = true
    for scalar in text.uppercased().lowercased()._nfd {
        if scalar.properties.isWhitespace {
            if !isAfterBlank { base.append(" ") }
            isAfterBlank = true
            continue
        }
        switch scalar {
        case "\u{300}"..."\u{36F}", "\u{FE00}"..."\u{FE0F}": continue
        case "ß": base.append(contentsOf: "ss".unicodeScalars)
        case "ł": base.append("l")
        case "ø": base.append("o")
        case "đ": base.append("d")
        case "ı": base.append("i")
        // Flags of regions are spelled in them.
        case "\u{E0020}"..."\u{E007F}": base.append(scalar)
        default:
            let category = scalar.properties.generalCategory
            if category == .format || category == .control { continue }
            base.append(scalar)
        }
        isAfterBlank = false
    }
    if base.last == " " { base.removeLast() }
    var key = String.UnicodeScalarView()
    key.append(contentsOf: String(base)._nfc)
    return String(key)
}

/// The key of a text of printable ASCII whose blanks are single spaces; nil for any other.
private func simpleKey(_ text: String) -> String? {
    var previous = UInt8(ascii: " ")
    for byte in text.utf8 {
        guard (0x20..<0x7F).contains(byte) else { return nil }
        let blank = UInt8(ascii: " ")
        if byte == blank, previous == blank { return nil }
        previous = byte
    }
    if previous == UInt8(ascii: " "), !text.isEmpty { return nil }
    return text.lowercased()
}
