/// An `Accept-Encoding` field (RFC 9110 §12.5.3).
package enum AcceptEncoding {
    /// Whether a client that has sent this value takes a body in that coding, which is not `identity`; in lower case.
    package static func accepts(_ coding: String, in value: String) -> Bool {
        var ofAny = false
        for item in value.utf8.split(separator: Byte.comma) {
            let parts = item.split(separator: Byte.semicolon, omittingEmptySubsequences: false)
            let name = trimmed(parts[0])
            let isAny = name.elementsEqual("*".utf8)
            guard isAny || isName(name, coding) else { continue }
            let isTaken =
                parts.dropFirst().first { trimmed($0).prefix(2).map(\.lowercased).elementsEqual("q=".utf8) }
                .map { !isZero(trimmed($0).dropFirst(2)) } ?? true
            if !isAny { return isTaken }
            ofAny = isTaken
        }
        return ofAny
    }

    /// `x-gzip` is another name of `gzip` (RFC 9110 §8.4.1.3).
    private static func isName(_ name: Substring.UTF8View, _ coding: String) -> Bool {
        let name = name.prefix(2).map(\.lowercased).elementsEqual("x-".utf8) ? name.dropFirst(2) : name
        return name.count == coding.utf8.count && zip(name, coding.utf8).allSatisfy { $0.lowercased == $1 }
    }

    /// A weight is `0` or `1` with up to three decimals; what is no weight counts as none.
    private static func isZero(_ weight: Substring.UTF8View) -> Bool {
        !weight.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while text.first?.isBlank ?? false { text.removeFirst() }
        while text.last?.isBlank ?? false { text.removeLast() }
        return text
    }
}
