/// DEFLATE (RFC 1951) with a code of its own for each block (§3.2.7). Made for files that are compressed once and sent
/// often: it looks for good matches rather than for speed.
enum Deflate {
    /// Tokens that share a code.
    private static let blockSize = 16 * 1024

    static func compress(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
        var writer = BitWriter()
        var block: [MatchFinder.Token] = []
        block.reserveCapacity(blockSize)
        var finder = MatchFinder()
        finder.tokens(of: bytes) { token in
            if block.count == blockSize {
                append(block, isLast: false, &writer, to: &output)
                block.removeAll(keepingCapacity: true)
            }
            block.append(token)
        }
        append(block, isLast: true, &writer, to: &output)
        writer.finish(to: &output)
    }

    private static let endOfBlock = 256
    private static let dynamicCodes: UInt32 = 2

    private static func append(
        _ tokens: [MatchFinder.Token], isLast: Bool, _ writer: inout BitWriter, to output: inout [UInt8]
    ) {
        var literalFrequencies = [Int](repeating: 0, count: 286)
        var distanceFrequencies = [Int](repeating: 0, count: 30)
        for token in tokens {
            switch token {
            case .literal(let byte): literalFrequencies[Int(byte)] += 1
            case .match(let length, let distance):
                literalFrequencies[Ranges.lengths.symbol(of: length) + endOfBlock + 1] += 1
                distanceFrequencies[Ranges.distances.symbol(of: distance)] += 1
            }
        }
        literalFrequencies[endOfBlock] = 1
        let literals = HuffmanCode(frequencies: literalFrequencies, limit: 15)
        let distances = HuffmanCode(frequencies: distanceFrequencies, limit: 15)

        writer.write(isLast ? 1 : 0, 1, to: &output)
        writer.write(dynamicCodes, 2, to: &output)
        appendCodes(literals, distances, &writer, to: &output)
        for token in tokens {
            switch token {
            case .literal(let byte):
                writer.write(literals.words[Int(byte)], literals.lengths[Int(byte)], to: &output)
            case .match(let length, let distance):
                append(length, of: .lengths, by: literals, offset: endOfBlock + 1, &writer, to: &output)
                append(distance, of: .distances, by: distances, offset: 0, &writer, to: &output)
            }
        }
        writer.write(literals.words[endOfBlock], literals.lengths[endOfBlock], to: &output)
    }

    /// The symbol of the range that the number lies in, and where in it.
    private static func append(
        _ number: Int, of ranges: Ranges, by code: HuffmanCode, offset: Int, _ writer: inout BitWriter,
        to output: inout [UInt8]
    ) {
        let symbol = ranges.symbol(of: number)
        writer.write(code.words[symbol + offset], code.lengths[symbol + offset], to: &output)
        writer.write(UInt32(number - ranges.starts[symbol]), ranges.extraBits[symbol], to: &output)
    }

    /// In this order come the lengths of the code that the lengths are written in.
    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// The lengths of both codes' words, run-length encoded and in a third code (RFC 1951 §3.2.7).
    private static func appendCodes(
        _ literals: HuffmanCode, _ distances: HuffmanCode, _ writer: inout BitWriter, to output: inout [UInt8]
    ) {
        let literalCount = (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1
        let distanceCount = (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1
        let runs = Run.runs(of: literals.lengths[..<literalCount] + distances.lengths[..<distanceCount])
        var frequencies = [Int](repeating: 0, count: 19)
        for run in runs { frequencies[run.symbol] += 1 }
        let code = HuffmanCode(frequencies: frequencies, limit: 7)
        let codeCount = (lengthOrder.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1

        writer.write(UInt32(literalCount - 257), 5, to: &output)
        writer.write(UInt32(distanceCount - 1), 5, to: &output)
        writer.write(UInt32(max(codeCount, 4) - 4), 4, to: &output)
        for symbol in lengthOrder.prefix(max(codeCount, 4)) {
            writer.write(UInt32(code.lengths[symbol]), 3, to: &output)
        }
        for run in runs {
            writer.write(code.words[run.symbol], code.lengths[run.symbol], to: &output)
            writer.write(UInt32(run.extra), run.extraBits, to: &output)
        }
    }
}

/// Lengths or distances, cut into ranges that share a symbol (RFC 1951 §3.2.5).
private struct Ranges {
    let starts: [Int]
    let extraBits: [Int]
    /// The symbol of each number up to 256, and of the numbers beyond by their multiple of 128.
    private let small: [UInt8]
    private let large: [UInt8]

    /// 3…258, the last one by itself.
    static let lengths = Ranges(first: 3, doublingEvery: 4, count: 28, last: 258)
    /// 1…32768.
    static let distances = Ranges(first: 1, doublingEvery: 2, count: 30, last: nil)

    private init(first: Int, doublingEvery step: Int, count: Int, last: Int?) {
        var starts: [Int] = []
        var extraBits: [Int] = []
        var start = first
        for symbol in 0..<count {
            let bits = max(0, symbol / step - 1)
            starts.append(start)
            extraBits.append(bits)
            start += 1 << bits
        }
        if let last {
            starts.append(last)
            extraBits.append(0)
        }
        self.starts = starts
        self.extraBits = extraBits
        func symbol(_ number: Int) -> UInt8 { UInt8(starts.lastIndex { $0 <= number } ?? 0) }
        small = (0...258).map(symbol)
        large = (0...256).map { symbol($0 * 128 + 1) }
    }

    func symbol(of number: Int) -> Int {
        Int(number < small.count ? small[number] : large[(number - 1) / 128])
    }
}

/// A word's length, or a repetition of one.
private struct Run {
    let symbol: Int
    var extra = 0
    var extraBits = 0

    static func runs(of lengths: some Collection<Int>) -> [Run] {
        var runs: [Run] = []
        var rest = Array(lengths)[...]
        while let length = rest.first {
            let count = rest.prefix { $0 == length }.count
            if length == 0, count >= 3 {
                let repeated = min(count, 138)
                runs.append(
                    repeated < 11
                        ? Run(symbol: 17, extra: repeated - 3, extraBits: 3)
                        : Run(symbol: 18, extra: repeated - 11, extraBits: 7))
                rest = rest.dropFirst(repeated)
            } else {
                runs.append(Run(symbol: length))
                rest = rest.dropFirst()
                let repeated = min(count - 1, 6)
                if repeated >= 3 {
                    runs.append(Run(symbol: 16, extra: repeated - 3, extraBits: 2))
                    rest = rest.dropFirst(repeated)
                }
            }
        }
        return runs
    }
}
