/// Bytes that have arrived and nobody has used yet. Holds no memory while it is empty.
struct InputBuffer {
    private(set) var bytes: [UInt8] = []
    /// What lies before it in `bytes` has been used.
    private(set) var start = 0

    var isEmpty: Bool { bytes.isEmpty }
    var unused: Range<Int> { start..<bytes.count }

    mutating func append(_ more: Span<UInt8>) {
        if more.isEmpty { return }
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(more)
    }

    mutating func use(_ count: Int) {
        start += count
        if start == bytes.count {
            bytes = []
            start = 0
        }
    }
}
