/// The square of modules while it is drawn (ISO/IEC 18004 §7.7 to §7.9). `x` counts columns, `y` rows, from 0.
struct QRMatrix {
    let size: Int
    private var isDark: [Bool]
    /// Whether a module belongs to a pattern, and takes no data and no mask.
    private var isPattern: [Bool]

    /// With all patterns; those of the mask are drawn by `apply`.
    init(_ version: QRVersion) {
        size = version.size
        isDark = Array(repeating: false, count: size * size)
        isPattern = isDark
        for place in 0..<size {
            draw(place % 2 == 0, x: 6, y: place)
            draw(place % 2 == 0, x: place, y: 6)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawSquares(x, y, radius: 4, light: [2, 4]) }
        let positions = version.alignmentPositions
        for x in positions {
            for y in positions where !isFinder(x, y) { drawSquares(x, y, radius: 2, light: [1]) }
        }
        drawFormat(mask: 0)
        if version.number >= 7 { drawVersion(version.number) }
    }

    subscript(x: Int, y: Int) -> Bool { isDark[y * size + x] }

    private mutating func draw(_ isDark: Bool, x: Int, y: Int) {
        self.isDark[y * size + x] = isDark
        isPattern[y * size + x] = true
    }

    /// Squares around a centre, one in another; `light` are the distances from it that are not dark.
    private mutating func drawSquares(_ x: Int, _ y: Int, radius: Int, light: Set<Int>) {
        for row in max(0, y - radius)...min(size - 1, y + radius) {
            for column in max(0, x - radius)...min(size - 1, x + radius) {
                draw(!light.contains(max(abs(column - x), abs(row - y))), x: column, y: row)
            }
        }
    }

    /// Whether there is a finder pattern in this corner, and so no alignment pattern.
    private func isFinder(_ x: Int, _ y: Int) -> Bool {
        (x == 6 && y == 6) || (x == 6 && y == size - 7) || (x == size - 7 && y == 6)
    }

    /// Level M and the mask, with a BCH code, twice (§7.9). Level M is 00.
    private mutating func drawFormat(mask: Int) {
        let bits = Self.withRemainder(mask, generator: 0x537, degree: 10) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0..<6 { draw(bit(index), x: 8, y: index) }
        draw(bit(6), x: 8, y: 7)
        draw(bit(7), x: 8, y: 8)
        draw(bit(8), x: 7, y: 8)
        for index in 9..<15 { draw(bit(index), x: 14 - index, y: 8) }
        for index in 0..<8 { draw(bit(index), x: size - 1 - index, y: 8) }
        for index in 8..<15 { draw(bit(index), x: 8, y: size - 15 + index) }
        draw(true, x: 8, y: size - 8)
    }

    /// The version with a Golay code, twice (§7.10).
    private mutating func drawVersion(_ number: Int) {
        let bits = Self.withRemainder(number, generator: 0x1F25, degree: 12)
        for index in 0..<18 {
            let (far, near) = (size - 11 + index % 3, index / 3)
            draw(bits >> index & 1 == 1, x: far, y: near)
            draw(bits >> index & 1 == 1, x: near, y: far)
        }
    }

    private static func withRemainder(_ data: Int, generator: Int, degree: Int) -> Int {
        var remainder = data
        for _ in 0..<degree { remainder = remainder << 1 ^ (remainder >> (degree - 1)) * generator }
        return data << degree | remainder
    }

    /// Fills the modules between the patterns, in columns of two from the right, upwards and downwards in turns (§7.7.3).
    mutating func fill(with codewords: [UInt8]) {
        var bit = 0
        var (right, goesUp) = (size - 1, true)
        while right > 0 {
            // The column of the timing pattern is left out.
            if right == 6 { right = 5 }
            for step in 0..<size {
                let y = goesUp ? size - 1 - step : step
                for x in [right, right - 1] where !isPattern[y * size + x] && bit < codewords.count * 8 {
                    isDark[y * size + x] = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
                    bit += 1
                }
            }
            right -= 2
            goesUp.toggle()
        }
    }

    static let masks = 0..<8

    /// With the data under this mask (table 10), and the format that says so.
    func masked(by mask: Int) -> QRMatrix {
        var masked = self
        for y in 0..<size {
            for x in 0..<size where !isPattern[y * size + x] && Self.inverts(mask, x, y) {
                masked.isDark[y * size + x].toggle()
            }
        }
        masked.drawFormat(mask: mask)
        return masked
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// How much there is that readers have trouble with (table 11).
    var penalty: Int {
        (0..<size).reduce(blockPenalty + balancePenalty) { sum, line in
            sum + penalty(ofLine: { self[$0, line] }) + penalty(ofLine: { self[line, $0] })
        }
    }

    /// 3 and more for five or more modules of one colour, 40 for what looks like a finder pattern with light beside it.
    private func penalty(ofLine isDark: (Int) -> Bool) -> Int {
        var penalty = 0
        var run = 0
        // The last eleven modules; around the code everything is light.
        var last = 0
        for place in 0..<size + QRCode.margin {
            let module = place < size && isDark(place)
            last = (last << 1 | (module ? 1 : 0)) & 0b111_1111_1111
            if last == 0b000_0101_1101 || last == 0b101_1101_0000 { penalty += 40 }
            guard place < size else { continue }
            run = place > 0 && isDark(place - 1) == module ? run + 1 : 1
            if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
        }
        return penalty
    }

    /// 3 for each square of two by two in one colour.
    private var blockPenalty: Int {
        var squares = 0
        for y in 1..<size {
            for x in 1..<size
            where self[x, y] == self[x - 1, y] && self[x, y] == self[x, y - 1]
                && self[x, y] == self[x - 1, y - 1]
            {
                squares += 1
            }
        }
        return squares * 3
    }

    /// 10 for each 5% by which the dark modules are more or fewer than half.
    private var balancePenalty: Int {
        let dark = isDark.count { $0 }
        return abs(dark * 20 - isDark.count * 10) / isDark.count * 10
    }
}
