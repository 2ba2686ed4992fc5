/// Base32 in capital letters, without padding (RFC 4648 §6): what a person can type.
package enum Base32 {
    private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 8 + 4) / 5)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                output.append(symbols[Int(bits >> UInt32(count) & 31)])
            }
        }
        if count > 0 { output.append(symbols[Int(bits << UInt32(5 - count) & 31)]) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Strict: nil for foreign symbols, impossible lengths and stray bits.
    package static func decode(_ text: String) -> [UInt8]? {
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for symbol in text.utf8 {
            guard let value = symbols.firstIndex(of: symbol) else { return nil }
            bits = bits << 5 | UInt32(value)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        // A symbol that begins no byte, or bits that belong to none.
        guard count < 5, bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return output
    }

    /// Whether `encode` could have written it.
    package static func isSymbol(_ byte: UInt8) -> Bool { symbols.contains(byte) }
}
