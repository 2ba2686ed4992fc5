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
    /// What was typed with this proof so far, and when the last wrong code before that was, 0 for never: whoever types the
    /// right one in the end has made these slips.
    private(set) var wrongCodes = WrongCodes()
    private(set) var formerWrongCode: Int64 = 0

    init(_ credentials: Credentials, at now: Int64) {
        user = credentials.user.id
        digest = Self.digest(of: credentials)
        expiresAt = now + Self.lifetime
    }

    func sealed(by seal: Seal) -> String {
        let wrong = "\(wrongCodes.count) \(wrongCodes.last) \(formerWrongCode)"
        let text = "\(user) \(expiresAt) \(Base64URL.encode(digest)) \(wrong)"
        return seal.seal(Array(text.utf8), for: .passwordProof)
    }

    /// `former` is when the last wrong code before this one was typed, with this proof or another, 0 for never.
    mutating func noteWrongCode(at now: Int64, after former: Int64) {
        if wrongCodes.count == 0 { formerWrongCode = former }
        wrongCodes = WrongCodes(count: wrongCodes.count + 1, last: now)
    }

    /// Nil for anything that `sealed(by:)` did not make.
    init?(sealed text: String, by seal: Seal) {
        guard let bytes = seal.open(text, for: .passwordProof) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
        guard parts.count == 6, let user = User.ID(parts[0]), let expiresAt = Int64(parts[1]),
            let digest = Base64URL.decode(parts[2]), let count = Int(parts[3]), let last = Int64(parts[4]),
            let former = Int64(parts[5])
        else { return nil }
        wrongCodes = WrongCodes(count: count, last: last)
        formerWrongCode = former
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
