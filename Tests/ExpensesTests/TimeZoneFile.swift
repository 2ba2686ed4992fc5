import Expenses
import Testing

/// A TZif file made to order (RFC 9636 §3).
struct TimeZoneFile: Sendable {
    var transitions: [(instant: Int64, type: UInt8)] = []
    var offsets: [Int32] = [0]
    var footer: String

    /// Version 2: an empty block of 32-bit times, the block of 64-bit times, the footer.
    var bytes: [UInt8] {
        let empty = TimeZoneFile(footer: "").block(version: "2", timeSize: 4)
        return empty + block(version: "2", timeSize: 8) + Array("\n\(footer)\n".utf8)
    }

    var firstVersion: [UInt8] { block(version: "\0", timeSize: 4) }

    private func block(version: Unicode.Scalar, timeSize: Int) -> [UInt8] {
        var block = Array("TZif".utf8) + [UInt8(ascii: version)] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, 0, transitions.count, offsets.count, 4] { block += Self.number(Int64(count), 4) }
        for transition in transitions { block += Self.number(transition.instant, timeSize) }
        block += transitions.map(\.type)
        for offset in offsets { block += Self.number(Int64(offset), 4) + [0, 0] }
        return block + Array("LMT\0".utf8)
    }

    private static func number(_ value: Int64, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
