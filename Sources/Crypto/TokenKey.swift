/// A key that signs and verifies tokens. Copies share what makes this cheap.
package struct TokenKey: Sendable {
    private let key: HMACKey

    /// At least 32 bytes (RFC 7518 §3.2); fewer are a programming error.
    package init(_ secret: [UInt8]) {
        precondition(secret.count >= 32, "a key for HS256 has at least 32 bytes")
        key = HMACKey(secret)
    }

    func signature(of bytes: Span<UInt8>) -> [UInt8] {
        key.code(of: bytes)
    }
}
