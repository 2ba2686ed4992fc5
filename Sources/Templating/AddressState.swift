/// How far the value of a URL attribute has got: whether a variable may still decide its scheme.
///
/// A scheme is what stands before a `:`, unless a `/`, `?` or `#` came first (RFC 3986 §3.1).
enum AddressState: Equatable, Sendable {
    /// Nothing but blanks so far.
    case start
    /// The template's own text, which may yet turn out to be a scheme; in lower case.
    case prefix(String)
    /// A variable began the value, and no text after it has ended the part where a scheme can stand.
    case afterVariable
    /// Whatever follows is path, query or fragment.
    case settled
    /// The template names a scheme that a variable must not complete.
    case refused(String)

    static let allowedSchemes = ["http", "https", "mailto", "otpauth"]

    mutating func advance(over byte: UInt8) throws(HTMLContext.Problem) {
        switch (self, byte) {
        case (.settled, _), (.refused, _), (.start, 0...0x20): break
        case (.start, UInt8(ascii: "&")), (.prefix, UInt8(ascii: "&")):
            self = .refused("written with character references")
        case (_, UInt8(ascii: "/")), (_, UInt8(ascii: "?")), (_, UInt8(ascii: "#")):
            self = .settled
        case (.start, UInt8(ascii: ":")): self = .settled
        case (.prefix(let scheme), UInt8(ascii: ":")):
            self = Self.allowedSchemes.contains(scheme) ? .settled : .refused("`\(scheme):`")
        case (.afterVariable, UInt8(ascii: ":")):
            throw HTMLContext.Problem(
                message:
                    "a variable would decide this address's scheme; write the scheme, or put it in the variable"
            )
        case (.afterVariable, UInt8(ascii: "&")):
            throw HTMLContext.Problem(
                message:
                    "a character reference after a variable could stand for the `:` of a scheme; write a / or ? before it"
            )
        case (.afterVariable, _): break
        case (.start, _): self = .prefix(Self.lowercased(byte))
        // Browsers drop tabs and line breaks wherever they stand in an address.
        case (.prefix, 0x09), (.prefix, 0x0A), (.prefix, 0x0D): break
        case (.prefix(let text), _): self = .prefix(text + Self.lowercased(byte))
        }
    }

    mutating func escapingOfVariable() throws(HTMLContext.Problem) -> Escaping {
        switch self {
        case .start:
            self = .afterVariable
            return .address
        case .prefix, .afterVariable:
            self = .afterVariable
            return .addressContinuation
        case .settled: return .markup
        case .refused(let scheme):
            throw HTMLContext.Problem(
                message: "a variable in an address with the scheme \(scheme) cannot be made safe")
        }
    }

    func joined(with other: AddressState) -> AddressState {
        if self == other { return self }
        if case .refused = self { return self }
        if case .refused = other { return other }
        return .afterVariable
    }

    private static func lowercased(_ byte: UInt8) -> String {
        String(Unicode.Scalar(byte)).lowercased()
    }
}
