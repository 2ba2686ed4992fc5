import Crypto
import Foundation
import Testing

/// The app on a phone that shows codes for two-factor log-in.
enum Authenticator {
    /// What it shows in so many seconds for a key as the page writes it.
    static func code(ofKey key: String, in seconds: Int64 = 0) throws -> String {
        let secret = try #require(Base32.decode(key.replacing(" ", with: "")))
        let time = Int64(Date().timeIntervalSince1970) + seconds
        return TOTP.code(of: TOTP.step(at: time), secret: secret)
    }
}
