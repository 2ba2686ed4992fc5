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
