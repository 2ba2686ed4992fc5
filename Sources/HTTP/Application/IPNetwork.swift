import Glibc

/// An address, or all that begin with the same bits: `192.0.2.1`, `10.0.0.0/8`, `fd00::/8` (RFC 4632, RFC 4291 §2.3).
package struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16; those behind the prefix are zero.
    private let bytes: [UInt8]
    /// Bits.
    private let prefix: Int

    /// Nil for what is neither, and for an address with bits behind the prefix, which is a mistake more often than not.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = IPAddress.bytes(String(parts[0])) else { return nil }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard let number = Int(parts[1]), parts[1].utf8.allSatisfy(\.isDigit),
                (0...prefix).contains(number)
            else { return nil }
            prefix = number
        }
        self.bytes = bytes
        self.prefix = prefix
        guard Self.cut(bytes, to: prefix) == bytes else { return nil }
    }

    /// The address, where it is a single one.
    package var address: String? { prefix == bytes.count * 8 ? IPAddress.text(bytes) : nil }

    package var description: String { IPAddress.text(bytes) + (address == nil ? "/\(prefix)" : "") }

    package func contains(_ address: String) -> Bool {
        guard let other = IPAddress.bytes(address), other.count == bytes.count else { return false }
        return Self.cut(other, to: prefix) == bytes
    }

    /// With all bits behind the prefix zero.
    private static func cut(_ bytes: [UInt8], to prefix: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefix - index * 8))
            return kept == 0 ? 0 : byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}
