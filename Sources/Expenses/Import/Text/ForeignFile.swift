/// A file that is no table in plain text, by the bytes that it begins with.
package enum ForeignFile: Sendable {
    case workbook
    case archive
    case pdf
    case picture
    case webPage
    case xml
    case json
    /// A format for accounting programs (OFX, QIF, MT940).
    case statement
    /// Bytes that are no text.
    case binary

    /// Nil for what may be text.
    package init?(_ bytes: [UInt8]) {
        func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
        // Tags and words may follow a mark and blanks; one case is enough to compare.
        let start = String(
            decoding: bytes.prefix(600).drop { $0 >= 0x80 || $0 <= 32 }, as: UTF8.self
        ).lowercased()
        if begins("PK\u{3}\u{4}") {
            let names = String(decoding: bytes.prefix(4000), as: UTF8.self)
            self =
                names.contains("xl/") || names.contains("[Content_Types]") || names.contains("spreadsheet")
                ? .workbook : .archive
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .workbook
        } else if bytes.starts(with: [0x1F, 0x8B]) || begins("7z\u{BC}") || begins("Rar!") {
            self = .archive
        } else if begins("%PDF") {
            self = .pdf
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF])
            || begins("GIF8") || (begins("RIFF") && bytes.dropFirst(8).starts(with: "WEBP".utf8))
        {
            self = .picture
        } else if start.hasPrefix("ofxheader") || start.contains("<ofx>") || start.hasPrefix("!type:")
            || start.hasPrefix("!account") || start.hasPrefix(":20:") || start.hasPrefix("{1:")
        {
            self = .statement
        } else if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.contains("<table") {
            self = .webPage
        } else if start.hasPrefix("<?xml") {
            self = .xml
        } else if start.hasPrefix("{\"") || start.hasPrefix("[{") || start.hasPrefix("{\n") {
            self = .json
        } else if ForeignFile.isBinary(bytes) {
            self = .binary
        } else {
            return nil
        }
    }

    /// Control characters that no text has, and that are no halves of UTF-16 either.
    private static func isBinary(_ bytes: [UInt8]) -> Bool {
        let sample = bytes.prefix(2000)
        return sample.count { $0 < 9 && $0 > 0 || (14..<32).contains($0) && $0 != 27 } * 50 > sample.count
    }
}
