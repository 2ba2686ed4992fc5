/// Writes numbers of some bits each, the lowest bit first (RFC 1951 §3.1.1).
struct BitWriter {
    private var bits: UInt64 = 0
    private var count = 0

    /// The lowest `length` bits of `value`, 32 at most; its other bits are zero.
    mutating func write(_ value: UInt32, _ length: Int, to output: inout [UInt8]) {
        bits |= UInt64(value) << UInt64(count)
        count += length
        while count >= 8 {
            output.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            count -= 8
        }
    }

    /// Fills up the last byte.
    mutating func finish(to output: inout [UInt8]) {
        if count > 0 { write(0, 8 - count, to: &output) }
    }
}
