/// Bytes that a template says itself, kept so that they are copied sixteen at a time, whatever their count.
struct Literal: Sendable {
    /// How many bytes are read and written at a time, and so stand behind the last one here and have room there.
    static let stride = MemoryLayout<SIMD16<UInt8>>.size

    private let padded: [UInt8]
    let count: Int

    init(_ bytes: [UInt8]) {
        count = bytes.count
        padded = bytes + [UInt8](repeating: 0, count: Literal.stride)
    }

    /// - Parameter target: has room for `count` bytes and `stride` more.
    @unsafe @inline(__always)
    func copy(to target: UnsafeMutablePointer<UInt8>) {
        unsafe padded.withUnsafeBytes { bytes in
            let target = UnsafeMutableRawPointer(target)
            var place = 0
            while place < count {
                let some = unsafe bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
                unsafe target.storeBytes(of: some, toByteOffset: place, as: SIMD16<UInt8>.self)
                place += Literal.stride
            }
        }
    }
}
