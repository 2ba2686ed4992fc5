import Crypto

/// Names entries of tables of a fixed size, where clients choose what is entered. The hash has a secret of this
/// process, or of all that share a database, so that nobody can choose texts that share a slot with somebody else's.
struct SecretDigest: Sendable {
    /// 128 bits of the digest: an attacker who could find two texts with the same key gains nothing by it.
    struct Key: Equatable {
        let high: UInt64
        let low: UInt64

        var bytes: [UInt8] {
            [high, low].flatMap { part in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: part >> UInt64($0)) }
            }
        }
    }

    private let secret: [UInt8]

    init(secret: [UInt8] = SecureRandom.bytes(32)) { self.secret = secret }

    func key(_ text: String) -> Key {
        let digest = SHA256.hash(secret + Array(text.utf8))
        return Key(
            high: digest[..<8].reduce(0) { $0 << 8 | UInt64($1) },
            low: digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
