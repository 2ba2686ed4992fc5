/// Base64 without padding (RFC 4648), in either alphabet.
enum Base64 {
    struct Alphabet: Sendable {
        fileprivate let symbols: [UInt8]
        /// The value of each ASCII symbol, 255 for bytes that are none.
        fileprivate let values: [UInt8]

        fileprivate init(_ last: String) {
            symbols = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
            var values = [UInt8](repeating: 255, count: 256)
            for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
            self.values = values
        }

        /// RFC 4648 §4.
        static let standard = Alphabet("+/")
        /// RFC 4648 §5.
        static let url = Alphabet("-_")
    }

    static func append(_ bytes: Span<UInt8>, to output: inout [UInt8], _ alphabet: Alphabet) {
        var bits: UInt32 = 0
        var count = 0
        for index in bytes.indices {
            bits = bits << 8 | UInt32(bytes[index])
            count += 8
            while count >= 6 {
                count -= 6
                output.append(alphabet.symbols[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { output.append(alphabet.symbols[Int(bits << UInt32(6 - count) & 63)]) }
    }

    static func encode(_ bytes: [UInt8], _ alphabet: Alphabet) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        append(bytes.span, to: &output, alphabet)
        return String(decoding: output, as: UTF8.self)
    }

    /// Nil for padding, for symbols of no or the other alphabet, for a length that no bytes have, and where the
    /// bits after the last byte are not zero: each text of bytes is the only one (RFC 4648 §3.5).
    static func decode(_ text: Span<UInt8>, _ alphabet: Alphabet) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(text.count * 3 / 4)
        let values = alphabet.values.span
        var index = 0
        while index + 4 <= text.count {
            let first = values[Int(text[index])]
            let second = values[Int(text[index + 1])]
            let third = values[Int(text[index + 2])]
            let fourth = values[Int(text[index + 3])]
            guard first | second | third | fourth < 64 else { return nil }
            output.append(first << 2 | second >> 4)
            output.append(second << 4 | third >> 2)
            output.append(third << 6 | fourth)
            index += 4
        }
        guard index < text.count else { return output }
        // One or two bytes are left, in two or three symbols.
        let first = values[Int(text[index])]
        let second = values[Int(text[index + 1])]
        let third = index + 2 < text.count ? values[Int(text[index + 2])] : 0
        guard first | second | third < 64 else { return nil }
        output.append(first << 2 | second >> 4)
        guard index + 2 < text.count else { return second << 4 == 0 ? output : nil }
        output.append(second << 4 | third >> 2)
        return third << 6 == 0 ? output : nil
    }
}

/// Base64url without padding (RFC 4648 §5, RFC 7515 §2).
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes, .url)
    }

    /// Strict: nil for padding, foreign symbols, impossible lengths and stray bits.
    package static func decode(_ text: String) -> [UInt8]? {
        Base64.decode(text.utf8.span, .url)
    }
}
