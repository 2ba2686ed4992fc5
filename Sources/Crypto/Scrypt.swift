import COpenSSL

/// scrypt (RFC 7914).
package enum Scrypt {
    /// What deriving a key costs: memory 128 · r · 2^logN bytes, time that times p.
    package struct Cost: Sendable, Equatable {
        package let logN: Int
        package let r: Int
        package let p: Int

        /// Memory beyond this is a mistake or an attack: 256 MiB.
        private static let maximumMemory = 256 << 20

        /// Nil for costs that scrypt does not know, or that nobody means: over 256 MiB, r over 64 or p over 64.
        package init?(logN: Int, r: Int, p: Int) {
            guard (1...20).contains(logN), (1...64).contains(r), (1...64).contains(p),
                // RFC 7914 §2: N is less than 2^(128 · r / 8).
                logN < 16 * r, 128 * r << logN <= Self.maximumMemory
            else { return nil }
            self.init(checkedLogN: logN, r: r, p: p)
        }

        private init(checkedLogN logN: Int, r: Int, p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// What OWASP's Password Storage Cheat Sheet names for 16 MiB a hash.
        package static let standard = Cost(checkedLogN: 14, r: 8, p: 5)
        /// Protects nothing.
        package static let cheapForTests = Cost(checkedLogN: 1, r: 1, p: 1)

        /// How much one guess takes.
        var work: Int { p * r << logN }

        /// What OpenSSL sets aside, and a little more.
        fileprivate var memory: Int {
            128 * r << logN + 128 * r * p + 256 * r + (1 << 20)
        }
    }

    /// Blocks for as long as the cost says: about 0.2 s with the standard one.
    package static func derive(
        _ password: [UInt8], salt: [UInt8], cost: Cost, count: Int
    ) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: count)
        let result = unsafe password.withUnsafeBytes { password in
            unsafe EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt, salt.count,
                UInt64(1) << UInt64(cost.logN), UInt64(cost.r), UInt64(cost.p), UInt64(cost.memory), &key,
                count)
        }
        // The cost is one that scrypt knows, so this fails for want of memory alone.
        precondition(result == 1, "EVP_PBE_scrypt: \(lastOpenSSLError())")
        return key
    }
}
