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

/// The key that signs, and former ones that still verify.
package struct TokenKeys: Sendable {
    let current: TokenKey
    let previous: [TokenKey]

    package init(current: TokenKey, previous: [TokenKey] = []) {
        self.current = current
        self.previous = previous
    }

    func verify(_ signature: [UInt8], of bytes: Span<UInt8>) -> Bool {
        if constantTimeEqual(current.signature(of: bytes), signature) { return true }
        return previous.contains { constantTimeEqual($0.signature(of: bytes), signature) }
    }
}
