/// What a name and an email address may look like. Each check gives nil when all is well, else a message for
/// the person who typed it.
package enum AccountRules {
    /// In letters, digits and signs; marks count with their letter.
    package static let usernameLength = 3...30
    /// In bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    package static let longestEmail = 254

    /// Letters (with the marks that many scripts write them with), digits, `.`, `_` and `-`: never an `@`, so
    /// that a name cannot be taken for an email at log-in.
    package static func problem(withUsername username: String) -> String? {
        guard !username.isEmpty else { return "Choose a username." }
        guard usernameLength.contains(username.unicodeScalars.count { !isMark($0) }) else {
            return "A username has \(usernameLength.lowerBound) to \(usernameLength.upperBound) characters."
        }
        // One character can be a letter under a hundred marks.
        guard username.unicodeScalars.allSatisfy(isAllowedInUsername), username.utf8.count <= 300,
            username.unicodeScalars.first.map(isMark) == false
        else {
            return "A username is made of letters, digits, “.”, “_” and “-” only."
        }
        return nil
    }

    package static func problem(withEmail email: String) -> String? {
        guard !email.isEmpty else { return "Type your email address." }
        guard email.utf8.count <= longestEmail else { return "This email address is too long." }
        guard !email.unicodeScalars.contains(where: isSpaceOrControl) else {
            return "An email address has no spaces in it."
        }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") })
        else {
            return "An email address looks like name@example.com."
        }
        return nil
    }

    /// Without the white space around it, which phones like to add.
    static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    private static func isAllowedInUsername(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "_" || scalar == "-" || isMark(scalar) || isLetterOrDigit(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber:
            true
        default:
            false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .nonspacingMark
            || scalar.properties.generalCategory == .spacingMark
    }

    private static func isSpaceOrControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            true
        default:
            false
        }
    }
}
