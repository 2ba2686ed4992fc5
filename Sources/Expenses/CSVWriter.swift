/// Writes comma-separated values (RFC 4180), in a way that a spreadsheet takes text for text.
package enum CSVWriter {
    package enum Cell {
        /// What the program writes itself: a date, a figure, a heading.
        case plain(String)
        /// What a person typed. A spreadsheet would run it where it begins like a formula, so it gets a `'` in front;
        /// text that begins like that after any number of `'` gets one more, so that taking one off restores it.
        case text(String)
    }

    /// Appends one record with its line end, CR LF.
    package static func append(_ cells: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .plain(let text): append(text, isGuarded: false, to: &bytes)
            case .text(let text): append(text, isGuarded: beginsLikeFormula(text), to: &bytes)
            }
        }
        bytes += "\r\n".utf8
    }

    private static func append(_ text: String, isGuarded: Bool, to bytes: inout [UInt8]) {
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 13 || byte == 10
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
