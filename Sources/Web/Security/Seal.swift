import Crypto
package import Expenses

/// Marks what travels through a browser and back, so that it is known to be ours when it returns. It does not
/// hide it.
package struct Seal: Sendable {
    /// What was sealed for one purpose does not open for another.
    package enum Purpose: String, Sendable {
        case pendingForm = "pending form"
        case formStamp = "form stamp"
        case passwordProof = "password proof"
        case twoFactorSetup = "two-factor set-up"
    }

    private struct Keys: Sendable {
        let pendingForm: HMACKey
        let formStamp: HMACKey
        let passwordProof: HMACKey
        let twoFactorSetup: HMACKey

        init(_ secret: [UInt8]) {
            pendingForm = HMACKey(HMAC.sha256(Array("seal of a pending form".utf8), key: secret))
            formStamp = HMACKey(HMAC.sha256(Array("seal of a form stamp".utf8), key: secret))
            passwordProof = HMACKey(HMAC.sha256(Array("seal of a password proof".utf8), key: secret))
            twoFactorSetup = HMACKey(HMAC.sha256(Array("seal of a two-factor set-up".utf8), key: secret))
        }

        subscript(_ purpose: Purpose) -> HMACKey {
            switch purpose {
            case .pendingForm: pendingForm
            case .formStamp: formStamp
            case .passwordProof: passwordProof
            case .twoFactorSetup: twoFactorSetup
            }
        }
    }

    private static let macLength = 16
    private let keys: Keys
    private let previousKeys: Keys?

    /// The secret seals; what the previous one has sealed still opens.
    package init(secret: [UInt8], previousSecret: [UInt8]? = nil) {
        keys = Keys(secret)
        previousKeys = previousSecret.map { Keys($0) }
    }

    /// Letters, digits, `-` and `_` only, a third longer than the bytes.
    package func seal(_ bytes: [UInt8], for purpose: Purpose) -> String {
        Base64URL.encode(bytes + mac(of: bytes, keys[purpose]))
    }

    /// Nil for what was not sealed here for this purpose.
    package func open(_ text: String, for purpose: Purpose) -> [UInt8]? {
        guard let sealed = Base64URL.decode(text), sealed.count >= Self.macLength else { return nil }
        let bytes = Array(sealed.dropLast(Self.macLength))
        let claimed = Array(sealed.suffix(Self.macLength))
        let isSealedHere = [keys, previousKeys].compactMap { $0?[purpose] }.contains { key in
            constantTimeEqual(mac(of: bytes, key), claimed)
        }
        return isSealedHere ? bytes : nil
    }

    /// A fresh one-time id for a form, which also tells whose form it is.
    package func stamp(for user: User.ID) -> String {
        var bytes = SecureRandom.bytes(16)
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: user.rawValue >> (56 - 8 * $0)) }
        return seal(bytes, for: .formStamp)
    }

    /// Whose form this is; nil for an id that is not one of our stamps.
    package func owner(ofStamp stamp: String) -> User.ID? {
        guard let bytes = open(stamp, for: .formStamp), bytes.count == 24 else { return nil }
        return User.ID(bytes[16...].reduce(0) { $0 << 8 | Int64($1) })
    }

    private func mac(of bytes: [UInt8], _ key: HMACKey) -> [UInt8] {
        Array(key.code(of: bytes.span).prefix(Self.macLength))
    }
}
