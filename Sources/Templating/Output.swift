/// Where a page's bytes go: a block whose size does not change.
///
/// A page that does not fit is given up and made again with more room, so that no append has to look after memory.
/// Nobody can make or keep one: it is lent by `bytes(room:_:)`, and gone before its block is.
@safe
package struct Output: ~Copyable {
    private let start: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    package private(set) var count = 0
    /// Whether something did not fit; what follows is left out too.
    private(set) var isFull = false

    /// All that `write` appends, in a block of `room` bytes at first and twice as many as often as needed.
    static func bytes(room: Int, _ write: (inout Output) -> Void) -> [UInt8] {
        var room = room
        while true {
            var isComplete = false
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { block, count in
                var output = unsafe Output(block)
                write(&output)
                isComplete = !output.isFull
                count = output.count
            }
            if isComplete { return bytes }
            room *= 2
        }
    }

    private init(_ block: UnsafeMutableBufferPointer<UInt8>) {
        guard let address = block.baseAddress else { preconditionFailure("a block has at least one byte") }
        unsafe start = address
        capacity = block.count
    }

    package mutating func append(_ byte: UInt8) {
        guard makeRoom(for: 1) else { return }
        unsafe start[count - 1] = byte
    }

    package mutating func append(_ bytes: borrowing Span<UInt8>) {
        let place = count
        guard makeRoom(for: bytes.count) else { return }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let address = bytes.baseAddress else { return }
            unsafe (start + place).update(from: address, count: bytes.count)
        }
    }

    package mutating func append(_ text: String) {
        append(text.utf8.span)
    }

    /// Decimal, with a `-` where it is negative.
    package mutating func append(_ number: some FixedWidthInteger) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(number.magnitude)
        var digits = 1
        var scale = rest
        while scale >= 10 {
            scale /= 10
            digits += 1
        }
        guard makeRoom(for: digits) else { return }
        for place in 1...digits {
            unsafe start[count - place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// Counts the bytes as written; false where they do not fit.
    private mutating func makeRoom(for more: Int) -> Bool {
        guard more <= capacity - count, !isFull else {
            isFull = true
            return false
        }
        count += more
        return true
    }

    /// The bytes since `place`.
    func bytes<Result>(since place: Int, _ read: (Span<UInt8>) -> Result) -> Result {
        let written = unsafe UnsafeBufferPointer(start: start + place, count: count - place)
        return unsafe read(written.span)
    }

    /// Takes back the bytes since `place`.
    mutating func rewind(to place: Int) {
        count = place
    }

    /// Puts `replacement(byte)` in the place of each byte since `place` for which it is not empty. `longer` is by
    /// how much that makes the text longer.
    mutating func replace(since place: Int, longer: Int, _ replacement: (UInt8) -> StaticString) {
        var source = count
        guard makeRoom(for: longer) else { return }
        var target = count
        // From the end, so that nothing is overwritten before it is read; where both meet, the rest may stay.
        while source > place, source < target {
            source -= 1
            let byte = unsafe start[source]
            let text = replacement(byte)
            let length = max(text.utf8CodeUnitCount, 1)
            target -= length
            if text.utf8CodeUnitCount == 0 {
                unsafe start[target] = byte
            } else {
                unsafe (start + target).update(from: text.utf8Start, count: length)
            }
        }
    }
}
