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
        let device: HMACKey

        init(_ secret: [UInt8]) {
            pendingForm = HMACKey(HMAC.sha256(Array("seal of a pending form".utf8), key: secret))
            formStamp = HMACKey(HMAC.sha256(Array("seal of a form stamp".utf8), key: secret))
            passwordProof = HMACKey(HMAC.sha256(Array("seal of a password proof".utf8), key: secret))
            twoFactorSetup = HMACKey(HMAC.sha256(Array("seal of a two-factor set-up".utf8), key: secret))
            device = HMACKey(HMAC.sha256(Array("keys of devices".utf8), key: secret))
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

    /// A fresh one-time id for a form, which also tells whose form it is and when it was made.
    package func stamp(for user: User.ID, at now: Int64) -> String {
        let bytes = SecureRandom.bytes(12) + Self.bytes(of: now).suffix(4) + Self.bytes(of: user.rawValue)
        return seal(bytes, for: .formStamp)
    }

    /// Whose form this is, and when its stamp was made, in unix seconds; nil for an id that is not one of our stamps.
    package func stamp(_ text: String) -> (owner: User.ID, madeAt: Int64)? {
        guard let bytes = open(text, for: .formStamp), bytes.count == 24 else { return nil }
        return (User.ID(Self.number(bytes[16...])), Self.number(bytes[12..<16]))
    }

    /// Whose form this is; nil for an id that is not one of our stamps.
    package func owner(ofStamp text: String) -> User.ID? { stamp(text)?.owner }

    /// The keys with which a browser encrypts what it keeps for the user: one, and after a change of the secret also the
    /// former one, which comes second.
    package func deviceKeys(of user: User.ID) -> [[UInt8]] {
        let message = Self.bytes(of: user.rawValue)
        return [keys, previousKeys].compactMap { $0?.device.code(of: message.span) }
    }

    private static func bytes(of number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    private func mac(of bytes: [UInt8], _ key: HMACKey) -> [UInt8] {
        Array(key.code(of: bytes.span).prefix(Self.macLength))
    }
}
