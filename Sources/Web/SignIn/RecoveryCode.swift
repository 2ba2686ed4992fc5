import Crypto

/// A code that logs somebody in once whose phone is not at hand. It has 80 random bits, so that a plain hash keeps it.
enum RecoveryCode {
    /// How many are made at a time.
    static let count = 10
    /// Letters and digits, without the hyphens between them.
    static let length = 16

    /// Such as `ABCDEFGHIJKLMNOP`.
    static func make() -> String { Base32.encode(SecureRandom.bytes(10)) }

    /// What the database keeps.
    static func hash(_ code: String) -> [UInt8] { SHA256.hash(Array(code.utf8)) }
}

extension String {
    /// In groups of four, which are easier to read and to type.
    func inFours(separatedBy separator: String) -> String {
        var groups: [Substring] = []
        var rest = self[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: separator)
    }
}
