package import Templating

/// What a name and an email address may look like. Each check gives nil when all is well, else a message for
/// the person who typed it.
package enum AccountRules {
    /// In letters, digits and signs; marks count with their letter.
    package static let usernameLength = 3...30
    /// In bytes: four for each character.
    package static let longestUsername = 120
    /// In bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    package static let longestEmail = 254

    /// Letters (with the marks that many scripts write them with), digits, `.`, `_` and `-`: never an `@`, so
    /// that a name cannot be taken for an email at log-in.
    package static func problem(withUsername username: String) -> Message? {
        guard !username.isEmpty else { return Message("Choose a username.") }
        // One character can be a letter under a megabyte of marks.
        guard username.utf8.count <= longestUsername else {
            return
                Message(
                    "A username has at most {most} characters ({bytes} bytes).",
                    ["most": usernameLength.upperBound, "bytes": longestUsername])
        }
        guard usernameLength.contains(username.unicodeScalars.count { !isMark($0) }) else {
            return Message(
                "A username has {least} to {most} characters.",
                ["least": usernameLength.lowerBound, "most": usernameLength.upperBound])
        }
        guard username.unicodeScalars.allSatisfy(isAllowedInUsername),
            username.unicodeScalars.first.map(isMark) == false
        else {
            return Message("A username is made of letters, digits, “.”, “_” and “-” only.")
        }
        return nil
    }

    package static func problem(withEmail email: String) -> Message? {
        guard !email.isEmpty else { return Message("Type your email address.") }
        guard email.utf8.count <= longestEmail else {
            return Message("An email address has at most {most} bytes.", ["most": longestEmail])
        }
        guard !email.unicodeScalars.contains(where: isSpaceOrControl) else {
            return Message("An email address has no spaces in it.")
        }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") })
        else {
            return Message("An email address looks like name@example.com.")
        }
        return nil
    }

    /// Without the white space around it, which phones like to add. A text of more than 4,096 bytes is longer than
    /// any field may be, and comes back as it is.
    static func trimmed(_ text: String) -> String {
        guard text.utf8.count <= 4096 else { return text }
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
