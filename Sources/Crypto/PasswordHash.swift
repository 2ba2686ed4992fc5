// The standard library's own normalization; without it, a table of Unicode's compositions would have to stand here.
@_spi(_Unicode) import Swift

/// Passwords as they are stored: `$scrypt$ln=14,r=8,p=5$salt$hash`, salt and hash in unpadded Base64.
///
/// A password is hashed in its NFC form, so that it is the same however the keyboard composes its letters.
/// `make` and `verify` block for as long as the cost says: call them on threads meant for it.
package enum PasswordHash {
    package typealias Cost = Scrypt.Cost

    private static let saltSize = 16
    fileprivate static let hashSize = 32

    package static func make(_ password: String, cost: Cost) -> String {
        let salt = SecureRandom.bytes(saltSize)
        let hash = Scrypt.derive(normalized(password), salt: salt, cost: cost, count: hashSize)
        return StoredHash(cost: cost, salt: salt, hash: hash).description
    }

    /// A random hash for accounts that do not exist; verifying it takes as long as a real one. Does not block.
    package static func decoy(cost: Cost) -> String {
        StoredHash(
            cost: cost, salt: SecureRandom.bytes(saltSize), hash: SecureRandom.bytes(hashSize)
        ).description
    }

    /// False for a wrong password, and at once for a stored text that is not such a hash.
    package static func verify(_ password: String, against stored: String) -> Bool {
        guard let stored = StoredHash(stored) else { return false }
        let hash = Scrypt.derive(
            normalized(password), salt: stored.salt, cost: stored.cost, count: stored.hash.count)
        return constantTimeEqual(hash, stored.hash)
    }

    /// Whether the stored hash was made at a lower cost, or cannot be read: a log-in never makes it cheaper to guess.
    package static func needsRehash(_ stored: String, cost: Cost) -> Bool {
        StoredHash(stored).map { $0.cost.work < cost.work } ?? true
    }

    private static func normalized(_ password: String) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: password._nfc)
        return Array(String(scalars).utf8)
    }
}

/// The parts of a stored hash.
private struct StoredHash: CustomStringConvertible {
    let cost: Scrypt.Cost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: Scrypt.Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Nil for anything that `description` would not write.
    init?(_ text: String) {
        // Far longer than any such hash.
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = Self.cost(parts[2]),
            let salt = Base64.decode(parts[3].utf8.span, .standard), (8...64).contains(salt.count),
            let hash = Base64.decode(parts[4].utf8.span, .standard), hash.count == PasswordHash.hashSize
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
    }

    var description: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)"
            + "$\(Base64.encode(salt, .standard))$\(Base64.encode(hash, .standard))"
    }

    private static func cost(_ text: Substring) -> Scrypt.Cost? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let logN = number(parts[0], after: "ln="),
            let r = number(parts[1], after: "r="),
            let p = number(parts[2], after: "p=")
        else { return nil }
        return Scrypt.Cost(logN: logN, r: r, p: p)
    }

    /// One or two digits after the prefix, without a sign or a leading zero.
    private static func number(_ text: Substring, after prefix: String) -> Int? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        guard (1...2).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        return Int(digits)
    }
}
