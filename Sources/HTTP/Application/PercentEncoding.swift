/// Percent-encoding of UTF-8 text (RFC 3986 §2.1).
package enum PercentEncoding {
    /// For one segment of a path: everything is encoded but RFC 3986's unreserved characters.
    package static func encodePathSegment(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes, space: "%20", keeping: .unreserved)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For a name or value in a query, as WHATWG's `application/x-www-form-urlencoded` serializer writes it: a
    /// space becomes `+`.
    package static func encodeQueryComponent(_ text: String) -> String {
        var bytes: [UInt8] = []
        appendQueryComponent(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func appendQueryComponent(_ text: String, to bytes: inout [UInt8]) {
        append(text, to: &bytes, space: "+", keeping: .formKept)
    }

    /// Nil when a `%` is not followed by two hexadecimal digits, or when the result is not UTF-8.
    package static func decode(_ text: String) -> String? {
        guard text.utf8.contains(Byte.percent) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == Byte.percent else {
                bytes.append(byte)
                continue
            }
            guard let decoded = pair(&rest) else { return nil }
            bytes.append(decoded)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// WHATWG's lenient decoding: `+` is a space, and a `%` that encodes nothing stands for itself.
    static func decodeForm(_ text: Span<UInt8>) -> String {
        if text.firstIndex(of: Byte.percent) == nil, text.firstIndex(of: Byte.plus) == nil {
            // The span stays valid for the call and is copied in it.
            return unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == Byte.plus {
                bytes.append(Byte.space)
            } else if byte == Byte.percent, index + 1 < text.count, let high = text[index].hexadecimalValue,
                let low = text[index + 1].hexadecimalValue
            {
                bytes.append(high << 4 | low)
                index += 2
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes two hexadecimal digits; leaves `rest` as it is when they are not there.
    private static func pair<Bytes: Collection<UInt8>>(_ rest: inout Bytes) -> UInt8?
    where Bytes.SubSequence == Bytes {
        var ahead = rest
        guard let high = ahead.popFirst()?.hexadecimalValue, let low = ahead.popFirst()?.hexadecimalValue
        else { return nil }
        rest = ahead
        return high << 4 | low
    }

    private static func append(
        _ text: String, to bytes: inout [UInt8], space: String, keeping kept: CharacterSet
    ) {
        for byte in text.utf8 {
            if kept.contains(byte) {
                bytes.append(byte)
            } else if byte == Byte.space {
                bytes += space.utf8
            } else {
                append(byte, to: &bytes)
            }
        }
    }

    /// `%` and the byte's two hexadecimal digits.
    static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(Byte.percent)
        bytes.append(hexadecimalDigit(byte >> 4))
        bytes.append(hexadecimalDigit(byte & 15))
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
