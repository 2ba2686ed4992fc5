import Crypto

/// Names entries of tables of a fixed size, where clients choose what is entered. The hash has a secret of this
/// process, so that nobody can choose texts that share a slot with somebody else's.
struct SecretDigest: Sendable {
    /// 128 bits of the digest: an attacker who could find two texts with the same key gains nothing by it.
    struct Key: Equatable {
        let high: UInt64
        let low: UInt64
    }

    private let secret = SecureRandom.bytes(32)

    func key(_ text: String) -> Key {
        let digest = SHA256.hash(secret + Array(text.utf8))
        return Key(
            high: digest[..<8].reduce(0) { $0 << 8 | UInt64($1) },
            low: digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
