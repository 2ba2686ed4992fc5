/// The gzip format (RFC 1952): one member, without a name or a time, so that the same bytes always give the same file.
package enum Gzip {
    package static func compress(_ bytes: [UInt8]) -> [UInt8] {
        // Identification, DEFLATE, no flags, no time, slowest compression, unknown system (RFC 1952 §2.3.1).
        var output: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255]
        output.reserveCapacity(bytes.count / 3)
        Deflate.compress(bytes.span, into: &output)
        append(CRC32.checksum(of: bytes.span), to: &output)
        append(UInt32(truncatingIfNeeded: bytes.count), to: &output)
        return output
    }

    private static func append(_ number: UInt32, to output: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) {
            output.append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
        }
    }
}

/// The checksum of RFC 1952 §8.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    static func checksum(of bytes: Span<UInt8>) -> UInt32 {
        let table = table
        var checksum = UInt32.max
        for index in bytes.indices {
            checksum = table[Int(UInt8(truncatingIfNeeded: checksum) ^ bytes[index])] ^ checksum >> 8
        }
        return ~checksum
    }
}
