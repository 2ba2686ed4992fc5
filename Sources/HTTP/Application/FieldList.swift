/// A field whose value is a list (RFC 9110 §5.6.1).
enum FieldList {
    /// The parts between separators that do not stand in quotes, without the blanks outside of those.
    static func split(_ text: String, at separator: UInt8) -> [String] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in text.utf8 {
            if byte == Byte.quote { isQuoted.toggle() }
            if byte == separator && !isQuoted {
                parts.append([])
            } else if isQuoted || !byte.isBlank {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }
}
