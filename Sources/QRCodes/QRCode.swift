/// A QR code (ISO/IEC 18004:2015) of bytes, at error correction level M: readable with 15% of it damaged.
package struct QRCode: Sendable {
    /// Modules of light that have to be around it (§6.3.8).
    package static let margin = 4

    /// Modules on a side, without the margin.
    package let size: Int
    private let isDark: [Bool]

    /// The smallest that holds the bytes; nil where there are more than fit in any. `mask` is chosen by the penalty that
    /// readers would pay, unless a test wants one of the eight.
    package init?(_ bytes: [UInt8], mask: Int? = nil) {
        guard let version = QRVersion.all.first(where: { $0.capacity >= bytes.count }) else { return nil }
        var plain = QRMatrix(version)
        plain.fill(with: Self.codewords(of: bytes, version))
        let matrices = QRMatrix.masks.filter { mask ?? $0 == $0 }.map { plain.masked(by: $0) }
        guard let best = matrices.min(by: { $0.penalty < $1.penalty }) else { return nil }
        let size = version.size
        self.size = size
        isDark = (0..<size * size).map { best[$0 % size, $0 / size] }
    }

    package subscript(x: Int, y: Int) -> Bool { isDark[y * size + x] }

    /// Data and error correction, block by block, then codeword by codeword of all blocks (§7.6).
    private static func codewords(of bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        let data = dataCodewords(of: bytes, version)
        let correction = ReedSolomon(count: version.correctionCodewords)
        let (short, longer) = data.count.quotientAndRemainder(dividingBy: version.blocks)
        var start = 0
        let blocks = (0..<version.blocks).map { number in
            let end = start + short + (number >= version.blocks - longer ? 1 : 0)
            defer { start = end }
            return Array(data[start..<end])
        }
        let corrections = blocks.map { correction.codewords(of: $0) }
        return [blocks, corrections].flatMap { parts in
            (0...short + version.correctionCodewords).flatMap { index in
                parts.compactMap { index < $0.count ? $0[index] : nil }
            }
        }
    }

    /// Byte mode (§7.4.5), its count, the bytes, a terminator, and what fills the rest (§7.4.10).
    package static func dataCodewords(of bytes: [UInt8], version number: Int) -> [UInt8] {
        dataCodewords(of: bytes, QRVersion(number: number))
    }

    private static func dataCodewords(of bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        // The mode, 0100, and the terminator, 0000, shift everything by four bits.
        let count = version.countBits == 8 ? [bytes.count] : [bytes.count >> 8, bytes.count & 0xFF]
        let halves = [4] + (count + bytes.map(Int.init)).flatMap { [$0 >> 4, $0 & 0xF] } + [0]
        var data = stride(from: 0, to: halves.count, by: 2).map { UInt8(halves[$0] << 4 | halves[$0 + 1]) }
        for filler in [0xEC, 0x11].cycled(version.dataCodewords - data.count) { data.append(filler) }
        return data
    }
}

extension [UInt8] {
    /// That many elements, again and again from the beginning.
    fileprivate func cycled(_ count: Int) -> [UInt8] { (0..<count).map { self[$0 % self.count] } }
}
