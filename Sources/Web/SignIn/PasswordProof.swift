import Crypto
import Expenses
import Storage

/// Shows that somebody has just typed the right password of an account. Sealed, it travels through the page that asks for
/// the code, so that nothing is kept of a log-in that is not complete.
struct PasswordProof: Sendable {
    /// Seconds.
    private static let lifetime: Int64 = 5 * 60

    let user: User.ID
    /// Of the stored hash: a password that is changed in the meantime ends the proof.
    private let digest: [UInt8]
    /// Unix seconds.
    private let expiresAt: Int64

    init(_ credentials: Credentials, at now: Int64) {
        user = credentials.user.id
        digest = Self.digest(of: credentials)
        expiresAt = now + Self.lifetime
    }

    func sealed(by seal: Seal) -> String {
        seal.seal(Array("\(user) \(expiresAt) \(Base64URL.encode(digest))".utf8), for: .passwordProof)
    }

    /// Nil for anything that `sealed(by:)` did not make.
    init?(sealed text: String, by seal: Seal) {
        guard let bytes = seal.open(text, for: .passwordProof) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
        guard parts.count == 3, let user = User.ID(parts[0]), let expiresAt = Int64(parts[1]),
            let digest = Base64URL.decode(parts[2])
        else { return nil }
        self.user = user
        self.expiresAt = expiresAt
        self.digest = digest
    }

    func isGood(for credentials: Credentials, at now: Int64) -> Bool {
        now < expiresAt && credentials.user.id == user && digest == Self.digest(of: credentials)
    }

    private static func digest(of credentials: Credentials) -> [UInt8] {
        SHA256.hash(Array(credentials.passwordHash.utf8))
    }
}
