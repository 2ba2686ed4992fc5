import Crypto
import Expenses

/// A new secret on its way through the page that shows it and back with its first code, so that nothing is stored of a
/// set-up that is not finished.
struct TwoFactorSetup: Sendable {
    let owner: User.ID
    let secret: [UInt8]

    init(for owner: User.ID) {
        self.owner = owner
        secret = SecureRandom.bytes(TOTP.secretSize)
    }

    func sealed(by seal: Seal) -> String {
        seal.seal(Array("\(owner) \(Base32.encode(secret))".utf8), for: .twoFactorSetup)
    }

    /// Nil for anything that `sealed(by:)` did not make.
    init?(sealed text: String, by seal: Seal) {
        guard let bytes = seal.open(text, for: .twoFactorSetup) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
        guard parts.count == 2, let owner = User.ID(parts[0]), let secret = Base32.decode(parts[1]) else {
            return nil
        }
        self.owner = owner
        self.secret = secret
    }

    /// The secret as it is typed where no code can be scanned.
    var key: String { Base32.encode(secret).inFours(separatedBy: " ") }
}
