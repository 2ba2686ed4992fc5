/// A text of at most 64 bytes that needs no memory of its own: an amount, a count. Built from its end.
package struct ShortText: Sendable {
    private static let capacity = 64
    private var bytes = InlineArray<64, UInt8>(repeating: 0)
    private var start = ShortText.capacity

    mutating func prepend(_ byte: UInt8) {
        start -= 1
        bytes[start] = byte
    }

    /// The last `count` decimal digits of a number; returns what stands before them.
    @discardableResult
    mutating func prepend(digits count: Int, of number: UInt64) -> UInt64 {
        var rest = number
        for _ in 0..<count {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            prepend(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
            rest = quotient
        }
        return rest
    }

    /// The bytes of a word, the last one lowest, without those that are zero.
    mutating func prepend(word: UInt64) {
        var rest = word
        while rest != 0 {
            prepend(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    package func withBytes<Result>(_ read: (Span<UInt8>) -> Result) -> Result {
        read(bytes.span.extracting(start..<ShortText.capacity))
    }

    /// The text's bytes as `prepend(word:)` takes them; at most eight.
    static func word(_ text: String) -> UInt64 {
        precondition(text.utf8.count <= 8, "\(text) is longer than eight bytes")
        return text.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ShortText: CustomStringConvertible {
    package var description: String {
        withBytes { bytes in
            unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
}
