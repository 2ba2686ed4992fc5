import Glibc

/// Random bytes from the kernel, fit for keys and tokens.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        // getentropy gives 256 bytes at most.
        var piece = [UInt8](repeating: 0, count: min(256, count))
        while bytes.count < count {
            // It fails where the kernel has no such call (before Linux 3.17).
            let result = unsafe getentropy(&piece, piece.count)
            precondition(result == 0, "getentropy: errno \(errno)")
            bytes += piece.prefix(count - bytes.count)
        }
        return bytes
    }

    /// That many random bytes as base64url.
    package static func token(bytes count: Int = 16) -> String {
        Base64URL.encode(bytes(count))
    }
}
