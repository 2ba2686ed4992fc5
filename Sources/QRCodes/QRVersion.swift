/// One of the 40 sizes of a QR code (ISO/IEC 18004), with what error correction level M makes of it.
struct QRVersion {
    static let all = (1...40).map { QRVersion(number: $0) }

    let number: Int

    /// Modules on a side.
    var size: Int { number * 4 + 17 }

    /// Bits of the field that counts bytes (table 3).
    var countBits: Int { number < 10 ? 8 : 16 }

    /// Data codewords of all blocks (table 7).
    var dataCodewords: Int { codewords - blocks * correctionCodewords }

    /// Bytes that fit.
    var capacity: Int { (dataCodewords * 8 - 4 - countBits) / 8 }

    /// Codewords of both kinds: what is left of the square without the patterns, eight modules each (table 1).
    var codewords: Int {
        let finders = 3 * 64
        let timing = 2 * (size - 16)
        // With the module that is always dark.
        let format = 31
        let ofVersion = number < 7 ? 0 : 36
        let count = alignmentPositions.count
        // Those in the first row and column share five modules with a timing pattern.
        let alignment = count == 0 ? 0 : (count * count - 3) * 25 - (count - 2) * 2 * 5
        return (size * size - finders - timing - format - ofVersion - alignment) / 8
    }

    /// Error correction codewords of each block (table 9).
    var correctionCodewords: Int { Self.correctionCodewords[number - 1] }

    /// How many blocks the codewords are divided into (table 9).
    var blocks: Int { Self.blocks[number - 1] }

    /// Rows, and columns, in which the centres of alignment patterns lie (table E.1).
    var alignmentPositions: [Int] {
        guard number > 1 else { return [] }
        let count = number / 7 + 2
        // The last one is seven modules from the edge, and those before it lie at equal, even distances.
        let distance = number == 32 ? 26 : (number * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<count - 1).reversed().map { size - 7 - $0 * distance }
    }

    private static let correctionCodewords = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ]
    private static let blocks = [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ]
}
