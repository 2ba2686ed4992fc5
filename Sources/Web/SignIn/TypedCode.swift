import Crypto

/// A code of two-factor log-in as somebody typed it: with blanks and hyphens, in small letters, in digits of any script.
enum TypedCode {
    /// What the app shows: six digits.
    case app(String)
    case recovery(String)

    /// In bytes; more than any code has.
    private static let longest = 200

    /// Nil for what can be no code.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        var code = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && !scalar.properties.isDash {
            if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue {
                code += String(Int(digit))
            } else {
                code += scalar.properties.uppercaseMapping
            }
        }
        if code.utf8.count == TOTP.digits, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .app(code)
        } else if code.utf8.count == RecoveryCode.length, code.utf8.allSatisfy(Base32.isSymbol) {
            self = .recovery(code)
        } else {
            return nil
        }
    }
}
