/// Error correction codewords (ISO/IEC 18004 §7.5): the remainder of a division in GF(256), whose polynomial is
/// x⁸ + x⁴ + x³ + x² + 1.
package struct ReedSolomon {
    /// The coefficients of the generator, the highest, which is 1, left out.
    private let divisor: [UInt8]

    /// `count`: codewords of a block, 1 to 68.
    package init(count: Int) {
        // The product of (x - 2⁰) … (x - 2ⁿ⁻¹).
        var divisor = [UInt8](repeating: 0, count: count)
        divisor[count - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<count {
            for index in divisor.indices {
                divisor[index] = Self.product(divisor[index], root)
                if index + 1 < count { divisor[index] ^= divisor[index + 1] }
            }
            root = Self.product(root, 2)
        }
        self.divisor = divisor
    }

    package func codewords(of data: some Sequence<UInt8>) -> [UInt8] {
        var remainder = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for index in divisor.indices { remainder[index] ^= Self.product(divisor[index], factor) }
        }
        return remainder
    }

    private static func product(_ x: UInt8, _ y: UInt8) -> UInt8 {
        var product = 0
        for bit in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7) * 0x11D
            product ^= Int(y >> UInt8(bit) & 1) * Int(x)
        }
        return UInt8(product)
    }
}
