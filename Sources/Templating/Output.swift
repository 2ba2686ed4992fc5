/// Where a page's bytes go: a block whose size does not change.
///
/// A page that does not fit is given up and made again with more room, so that no append has to look after memory.
/// Only `bytes(room:_:)` makes one, for the time of its closure: none outlives its block.
@safe
public struct Output: ~Copyable {
    private let start: UnsafeMutablePointer<UInt8>
    /// How many bytes there may be; negative once something did not fit: what follows is left out too.
    private var limit: Int
    package private(set) var count = 0
    var isFull: Bool { limit < 0 }
    /// The language in which sentences and dates are written.
    package let translation: Translation

    /// All that `write` appends, in a block of `room` bytes at first and twice as many as often as needed.
    static func bytes(
        room: Int, _ translation: Translation = .english, _ write: (inout Output) -> Void
    ) -> [UInt8] {
        var room = room
        while true {
            var isComplete = false
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { block, count in
                var output = unsafe Output(block, translation)
                write(&output)
                isComplete = !output.isFull
                count = output.count
            }
            if isComplete { return bytes }
            room *= 2
        }
    }

    private init(_ block: UnsafeMutableBufferPointer<UInt8>, _ translation: Translation) {
        self.translation = translation
        guard let address = block.baseAddress, block.count > Output.stride else {
            preconditionFailure("a block has room for something")
        }
        unsafe start = address
        // What is left lets literals be written, and bytes looked through, some at a time.
        limit = block.count - Output.stride
    }

    package mutating func append(_ byte: UInt8) {
        guard makeRoom(for: 1) else { return }
        unsafe start[count - 1] = byte
    }

    package mutating func append(_ bytes: borrowing Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let address = bytes.baseAddress else { return }
            unsafe append(from: address, count: bytes.count)
        }
    }

    package mutating func append(_ text: String) {
        append(text.utf8.span)
    }

    package mutating func append(_ text: StaticString) {
        unsafe append(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// How many bytes are read and written at a time where there are some more behind the last ones.
    static let stride = MemoryLayout<SIMD16<UInt8>>.size

    /// Bytes that are followed by `stride` more.
    @unsafe @inline(__always)
    mutating func append(padded source: UnsafePointer<UInt8>, count length: Int) {
        let target = unsafe UnsafeMutableRawPointer(start + count)
        guard makeRoom(for: length) else { return }
        let source = unsafe UnsafeRawPointer(source)
        var place = 0
        while place < length {
            let some = unsafe source.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
            unsafe target.storeBytes(of: some, toByteOffset: place, as: SIMD16<UInt8>.self)
            place &+= Output.stride
        }
    }

    /// Decimal, with a `-` where it is negative.
    package mutating func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        guard makeRoom(for: Output.digits(of: rest)) else { return }
        var place = count
        while rest >= 100 {
            place &-= 2
            write(twoDigits: rest % 100, at: place)
            rest /= 100
        }
        if rest >= 10 {
            write(twoDigits: rest, at: place &- 2)
        } else {
            unsafe start[place &- 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
        }
    }

    /// A day of the years 0 to 9999, given as the decimal number yyyymmdd, as `YYYY-MM-DD`.
    package mutating func append(date number: Int) {
        precondition(number >= 0 && number <= 9999_99_99, "a date has eight digits")
        guard makeRoom(for: 10) else { return }
        let (year, day) = UInt(number).quotientAndRemainder(dividingBy: 10_000)
        let place = count &- 10
        write(twoDigits: year / 100, at: place)
        write(twoDigits: year % 100, at: place &+ 2)
        unsafe start[place &+ 4] = UInt8(ascii: "-")
        write(twoDigits: day / 100, at: place &+ 5)
        unsafe start[place &+ 7] = UInt8(ascii: "-")
        write(twoDigits: day % 100, at: place &+ 8)
    }

    /// - Parameters:
    ///   - number: below a hundred.
    ///   - place: has room for two bytes.
    @inline(__always)
    private func write(twoDigits number: UInt, at place: Int) {
        let digits = unsafe UnsafeRawPointer(Output.pairs.utf8Start)
        let pair = unsafe digits.loadUnaligned(fromByteOffset: Int(number) &* 2, as: UInt16.self)
        unsafe UnsafeMutableRawPointer(start).storeBytes(of: pair, toByteOffset: place, as: UInt16.self)
    }

    /// The numbers below a hundred, two digits each.
    private static var pairs: StaticString {
        """
        00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354\
        555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
        """
    }

    private static func digits(of number: UInt) -> Int {
        if number < 10 { return 1 }
        if number < 100 { return 2 }
        if number < 1000 { return 3 }
        if number < 10_000 { return 4 }
        return 4 + digits(of: number / 10_000)
    }

    /// Most texts are short: up to 32 bytes are copied as one byte or as two words that may overlap, without a call.
    @inline(__always)
    private mutating func append(from source: UnsafePointer<UInt8>, count length: Int) {
        let place = count
        guard makeRoom(for: length) else { return }
        let source = unsafe UnsafeRawPointer(source)
        let target = unsafe UnsafeMutableRawPointer(start + place)
        switch length {
        case 1: unsafe target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
        case 16...32: unsafe copyEnds(of: source, to: target, length, as: SIMD16<UInt8>.self)
        case 8..<16: unsafe copyEnds(of: source, to: target, length, as: UInt64.self)
        case 4..<8: unsafe copyEnds(of: source, to: target, length, as: UInt32.self)
        case 2..<4: unsafe copyEnds(of: source, to: target, length, as: UInt16.self)
        default: unsafe target.copyMemory(from: source, byteCount: length)
        }
    }

    /// Counts the bytes as written; false where they do not fit.
    @inline(__always)
    private mutating func makeRoom(for more: Int) -> Bool {
        guard more <= limit &- count else {
            limit = -1
            return false
        }
        count &+= more
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

    /// False where markup holds all bytes since `place` as they are: none is `"&'<>`, CR or NUL, nor one of a few that
    /// are not told from them: `#`, TAB and controls.
    func mayHoldSpecial(since place: Int) -> Bool {
        // Letters behind the end, for which there is room; whatever comes next overwrites them.
        unsafe UnsafeMutableRawPointer(start + count).storeBytes(of: Output.each(0x41), as: Words.self)
        var index = place
        while index < count {
            let bytes = unsafe UnsafeRawPointer(start + index).loadUnaligned(as: Words.self)
            let found =
                Output.zeros(in: (bytes | Output.each(0x05)) ^ Output.each(0x27))
                | Output.zeros(in: (bytes | Output.each(0x02)) ^ Output.each(0x3E))
                | Output.zeros(in: bytes & ~Output.each(0x0D))
            if found[0] | found[1] != 0 { return true }
            index &+= Output.stride
        }
        return false
    }

    /// As many bytes as `stride`.
    private typealias Words = SIMD2<UInt64>

    @inline(__always)
    private static func each(_ byte: UInt64) -> Words { Words(repeating: byte &* 0x0101_0101_0101_0101) }

    /// Not zero where a byte of the word is.
    @inline(__always)
    private static func zeros(in words: Words) -> Words { (words &- each(1)) & ~words & each(0x80) }

    /// Writes a reference for each byte since `place` that markup does not hold as it is.
    mutating func replaceSpecial(since place: Int) {
        var longer = 0
        for index in place..<count {
            longer += max(Output.reference(for: unsafe start[index]).utf8CodeUnitCount, 1) - 1
        }
        var source = count
        guard makeRoom(for: longer) else { return }
        var target = count
        // From the end, so that nothing is overwritten before it is read; where both meet, the rest may stay.
        while source < target {
            source -= 1
            let byte = unsafe start[source]
            let reference = Output.reference(for: byte)
            if reference.utf8CodeUnitCount == 0 {
                target -= 1
                unsafe start[target] = byte
            } else {
                target -= reference.utf8CodeUnitCount
                unsafe (start + target).update(from: reference.utf8Start, count: reference.utf8CodeUnitCount)
            }
        }
    }

    /// Empty for a byte that is written as it is.
    private static func reference(for byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "\""): "&#34;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "'"): "&#39;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        // A bare one would be read as a line feed.
        case 13: "&#13;"
        // HTML has no way to write NUL.
        case 0: "\u{FFFD}"
        default: ""
        }
    }
}

/// Copies a word from either end of `length` bytes, which are at least one word and at most two.
@inline(__always)
private func copyEnds<Word: BitwiseCopyable>(
    of source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ length: Int, as word: Word.Type
) {
    let last = length &- MemoryLayout<Word>.size
    let (first, second) = unsafe (
        source.loadUnaligned(as: word), source.loadUnaligned(fromByteOffset: last, as: word)
    )
    unsafe target.storeBytes(of: first, as: word)
    unsafe target.storeBytes(of: second, toByteOffset: last, as: word)
}
