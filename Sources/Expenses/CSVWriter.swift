/// Writes comma-separated values (RFC 4180), in a way that a spreadsheet takes text for text.
package enum CSVWriter {
    package enum Cell {
        /// What the program writes itself: a date, a figure, a heading.
        case plain(String)
        /// What a person typed. A spreadsheet would run it where it begins like a formula, so it gets a `'` in front;
        /// text that begins like that after any number of `'` gets one more, so that taking one off restores it.
        case text(String)
    }

    package static let comma = UInt8(ascii: ",")

    /// Appends one record with its line end, CR LF.
    package static func append(
        _ cells: [Cell], delimiter: UInt8 = CSVWriter.comma, to bytes: inout [UInt8]
    ) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            switch cell {
            case .plain(let text): append(text, isGuarded: false, delimiter, to: &bytes)
            case .text(let text): append(text, isGuarded: beginsLikeFormula(text), delimiter, to: &bytes)
            }
        }
        bytes += "\r\n".utf8
    }

    private static func append(
        _ text: String, isGuarded: Bool, _ delimiter: UInt8, to bytes: inout [UInt8]
    ) {
        let needsQuotes = text.utf8.contains { byte in
            byte == delimiter || byte == UInt8(ascii: "\"") || byte == 13 || byte == 10
        }
        if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
    }

    static func beginsLikeFormula(_ text: String) -> Bool {
        switch text.utf8.first(where: { $0 != UInt8(ascii: "'") }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
        default: false
        }
    }
}
