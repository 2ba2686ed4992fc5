import Expenses

/// Whether a description contains a text, regardless of case and Unicode form.
enum TextMatch {
    /// The name under which statements call `contains`.
    static let function = "contains_text"

    /// The form of a search text that `contains` wants.
    static func key(_ text: String) -> String { identityKey(text) }

    static func contains(_ text: Span<UInt8>, _ key: Span<UInt8>) -> Bool {
        var isASCII = true
        for index in text.indices where text[index] >= 0x80 {
            isASCII = false
            break
        }
        if isASCII { return isFound(key, in: text) }
        let folded = identityKey(String(decoding: Array(span: text), as: UTF8.self))
        return isFound(key, in: folded.utf8.span)
    }

    /// Looks for the bytes, taking capital letters of ASCII in `text` for small ones.
    private static func isFound(_ key: Span<UInt8>, in text: Span<UInt8>) -> Bool {
        guard !key.isEmpty else { return true }
        guard text.count >= key.count else { return false }
        let first = key[0]
        for start in 0...(text.count - key.count) where lowercased(text[start]) == first {
            var length = 1
            while length < key.count, lowercased(text[start + length]) == key[length] { length += 1 }
            if length == key.count { return true }
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}

extension Array where Element == UInt8 {
    init(span: Span<UInt8>) {
        self.init()
        reserveCapacity(span.count)
        for index in span.indices { append(span[index]) }
    }
}
