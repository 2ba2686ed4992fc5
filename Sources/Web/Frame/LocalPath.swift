import HTTP

/// What `next` and its like may be: an address on this site that no browser or proxy can read as one
/// elsewhere.
package enum LocalPath {
    /// The longest one followed, in bytes.
    static let longest = 4096

    /// The text itself when it is a path (and query) on this site, else nil.
    ///
    /// Browsers take `\` for `/` and drop tabs and line breaks before they look (url.spec.whatwg.org §4.4),
    /// so `/\host` and `/<tab>/host` are addresses of another site. What only turns into one of those after
    /// decoding is refused as well, for the sake of whatever decodes in between.
    package static func check(_ text: String) -> String? {
        guard text.utf8.count <= longest, isPlain(text), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let decoded = PercentEncoding.decode(text), isPlain(decoded)
        else { return nil }
        return text
    }

    /// Begins with one slash, has no empty segment, no backslash and no control character.
    private static func isPlain(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "/") else { return false }
        let path = text.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        var previous: UInt8 = 0
        for byte in path {
            if byte == UInt8(ascii: "/") && previous == byte { return false }
            previous = byte
        }
        return path.allSatisfy { $0 != UInt8(ascii: "\\") }
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
