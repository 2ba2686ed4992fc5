/// A prefix code as DEFLATE defines it by the lengths of its words alone (RFC 1951 §3.2.2).
struct HuffmanCode {
    /// Bits of each symbol's word; 0 for a symbol without one.
    let lengths: [Int]
    /// The words, their first bit lowest, as they are written.
    let words: [UInt32]

    /// A code for symbols that occur this often, with no word longer than `limit`. At least two symbols get a word, used
    /// or not, so that the code is complete, which readers insist on.
    init(frequencies: [Int], limit: Int) {
        var used = frequencies.indices.filter { frequencies[$0] > 0 }
        for symbol in frequencies.indices where used.count < 2 && frequencies[symbol] == 0 {
            used.append(symbol)
        }
        used.sort { (frequencies[$0], $0) < (frequencies[$1], $1) }
        var counts = Self.wordsByLength(used.map { frequencies[$0] }, limit: limit)
        var lengths = [Int](repeating: 0, count: frequencies.count)
        var length = limit
        // The rarest symbols get the longest words.
        for symbol in used {
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            lengths[symbol] = length
        }
        self.lengths = lengths
        words = Self.words(lengths, limit: limit)
    }

    /// How many words of each length the best code has for these frequencies, which ascend.
    private static func wordsByLength(_ frequencies: [Int], limit: Int) -> [Int] {
        // Huffman's algorithm with two queues: the leaves, and the nodes made of them, which ascend as well.
        let leaves = frequencies.count
        var weights = frequencies
        var parents = [Int](repeating: 0, count: 2 * leaves - 1)
        var leaf = 0
        var node = leaves
        func lightest() -> Int {
            if node == weights.count || (leaf < leaves && weights[leaf] <= weights[node]) {
                leaf += 1
                return leaf - 1
            }
            node += 1
            return node - 1
        }
        while weights.count < 2 * leaves - 1 {
            let first = lightest()
            let second = lightest()
            parents[first] = weights.count
            parents[second] = weights.count
            weights.append(weights[first] + weights[second])
        }
        var depths = [Int](repeating: 0, count: parents.count)
        var counts = [Int](repeating: 0, count: limit + 1)
        for node in (0..<parents.count - 1).reversed() {
            depths[node] = depths[parents[node]] + 1
            if node < leaves { counts[min(depths[node], limit)] += 1 }
        }
        // Cutting long words down to the limit has used up more than there is (Kraft's sum, in words of the limit's
        // length): lengthen a shorter word, and hang one of the longest beside it, until it fits.
        var sum = (1...limit).reduce(0) { $0 + counts[$1] << (limit - $1) }
        while sum > 1 << limit {
            var length = limit - 1
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            counts[length + 1] += 2
            counts[limit] -= 1
            sum -= 1
        }
        return counts
    }

    private static func words(_ lengths: [Int], limit: Int) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: limit + 1)
        for length in lengths where length > 0 { counts[length] += 1 }
        var next = [UInt32](repeating: 0, count: limit + 1)
        for length in 1...limit {
            next[length] = (next[length - 1] + (length > 1 ? counts[length - 1] : 0)) << 1
        }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            defer { next[length] += 1 }
            return next[length].reversed(bits: length)
        }
    }
}

extension UInt32 {
    /// The lowest `bits` bits in the opposite order.
    fileprivate func reversed(bits: Int) -> UInt32 {
        (0..<bits).reduce(0) { $0 << 1 | self >> UInt32($1) & 1 }
    }
}
