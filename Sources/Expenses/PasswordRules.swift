/// What is wrong with a password that somebody has chosen.
package enum PasswordProblem: Error, Hashable {
    case missing
    case tooShort(count: Int)
    case tooLong(count: Int)
    /// In bytes, whatever the count of characters.
    case tooManyBytes
    case isName
    case isCommon
    case repeats
}

/// What makes a password acceptable: long enough, and not among the first that anyone would try.
package enum PasswordRules {
    /// In characters as a person counts them.
    package static let length = 8...256

    /// Nil when the password is fine, else what is wrong with it.
    package static func problem(with password: String, username: String, email: String) -> PasswordProblem? {
        // Bytes first: characters are slow to count, and one can be a megabyte of combining marks.
        guard password.utf8.count <= 4 * length.upperBound else {
            return .tooManyBytes
        }
        let count = password.count
        guard count > 0 else { return .missing }
        guard count >= length.lowerBound else {
            return .tooShort(count: count)
        }
        guard count <= length.upperBound else {
            return .tooLong(count: count)
        }
        let lowered = password.lowercased()
        let names = [username, email, String(email.prefix { $0 != "@" })].map { $0.lowercased() }
        guard !names.contains(lowered) else {
            return .isName
        }
        guard !isCommon(lowered) else {
            return .isCommon
        }
        guard !isRepetition(lowered) else {
            return .repeats
        }
        return nil
    }

    /// Compared as a whole, so that a phrase is never refused for a word in it.
    private static func isCommon(_ lowered: String) -> Bool {
        if CommonPasswords.whole.contains(lowered) || isRun(lowered) { return true }
        return (0...6).contains { count in
            let digits = "123456".prefix(count)
            return lowered.hasSuffix(digits)
                && CommonPasswords.words.contains(String(lowered.dropLast(count)))
        }
    }

    /// `12345678`, `87654321`, `abcdefgh`, `11111111`: each character as far from the one before as all the
    /// others.
    private static func isRun(_ password: String) -> Bool {
        let values = password.unicodeScalars.map { Int($0.value) }
        guard values.count > 1 else { return false }
        let step = values[1] - values[0]
        return abs(step) <= 1 && zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step }
    }

    /// `abcabcabc`, `12121212`: up to four characters over and over.
    private static func isRepetition(_ password: String) -> Bool {
        let characters = Array(password)
        return (1...4).contains { unit in
            characters.indices.dropFirst(unit).allSatisfy { characters[$0] == characters[$0 - unit] }
        }
    }
}
