/// What a `Range` field asks for (RFC 9110 §14.1.2, §14.2).
package enum ByteRange: Equatable, Sendable {
    /// The field is ignored: other unit, several ranges, or malformed.
    case whole
    case part(Range<Int>)
    /// 416
    case unsatisfiable

    /// `size` in bytes.
    package init(_ value: String, size: Int) {
        self = .whole
        guard let mark = value.utf8.firstIndex(of: Byte.equals),
            value.utf8[..<mark].elementsEqual("bytes".utf8, by: { $0.lowercased == $1 })
        else { return }
        let ends = value[value.utf8.index(after: mark)...].split(
            separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        let (first, last) = (Self.trimmed(ends[0]), Self.trimmed(ends[1]))
        if first.isEmpty {
            guard let count = Self.number(last) else { return }
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
            return
        }
        guard let start = Self.number(first) else { return }
        var end = Int.max
        if !last.isEmpty {
            guard let number = Self.number(last), number >= start else { return }
            end = number
        }
        self = start >= size ? .unsatisfiable : .part(start..<min(end, size - 1) + 1)
    }

    private static func trimmed(_ text: Substring) -> Substring.UTF8View {
        var text = text.utf8
        while text.first?.isBlank == true { text.removeFirst() }
        while text.last?.isBlank == true { text.removeLast() }
        return text
    }

    /// Digits only; one beyond `Int` is `Int.max`.
    private static func number(_ text: Substring.UTF8View) -> Int? {
        guard !text.isEmpty, text.allSatisfy(\.isDigit) else { return nil }
        return Int(Substring(text)) ?? .max
    }
}
