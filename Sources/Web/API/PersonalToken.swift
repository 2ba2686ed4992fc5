import Crypto

/// The text of a personal API token. It has 256 random bits, so that a plain hash keeps it.
enum PersonalToken {
    private static let prefix = "et_"
    private static let longest = 100

    static func make() -> String { prefix + SecureRandom.token(bytes: 32) }

    static func isOne(_ text: String) -> Bool { text.hasPrefix(prefix) && text.utf8.count <= longest }

    /// What the database keeps.
    static func hash(_ token: String) -> [UInt8] { SHA256.hash(Array(token.utf8)) }
}
