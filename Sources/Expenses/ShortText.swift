/// A text of at most 64 bytes that needs no memory of its own: an amount, a date, a count. Built from its end.
package struct ShortText: Sendable {
    private static let capacity = 64
    private var bytes = InlineArray<64, UInt8>(repeating: 0)
    private var start = ShortText.capacity

    mutating func prepend(_ byte: UInt8) {
        start -= 1
        bytes[start] = byte
    }

    mutating func prepend(_ text: StaticString) {
        text.withUTF8Buffer { text in
            start -= text.count
            for index in text.indices { bytes[start + index] = unsafe text[index] }
        }
    }

    /// At least `digits` digits, with leading zeros.
    mutating func prepend(_ number: Int, digits: Int) {
        var rest = number
        var count = 0
        while rest > 0 || count < digits {
            prepend(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        }
    }

    package func withBytes<Result>(_ read: (Span<UInt8>) -> Result) -> Result {
        read(bytes.span.extracting(start..<ShortText.capacity))
    }
}

extension ShortText: CustomStringConvertible {
    package var description: String {
        withBytes { bytes in
            unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
}
