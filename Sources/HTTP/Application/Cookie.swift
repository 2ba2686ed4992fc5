/// A cookie to set (RFC 6265 §4.1), kept from what other sites send but for links (SameSite=Lax of RFC 6265bis). What belongs
/// to a user is HttpOnly.
package struct Cookie: Hashable, Sendable {
    package let name: String
    package let value: String
    package let path: String
    /// Seconds. Nil lives until the browser closes, 0 unsets the cookie.
    package var maxAge: Int?
    package var httpOnly: Bool
    package var secure: Bool

    /// Name and path stand in the program: a token, and a path without `;`. In the value, whatever is no `cookie-octet` of
    /// RFC 6265 is percent-encoded.
    package init(
        name: String, value: String, path: String = "/", maxAge: Int? = nil, httpOnly: Bool = true,
        secure: Bool = false
    ) {
        precondition(!name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter), "a cookie's name is a token")
        precondition(
            path.utf8.allSatisfy { $0 != Byte.semicolon && $0 > 0x20 && $0 < 0x7F }, "not a cookie's path")
        self.name = name
        self.value = value.utf8.allSatisfy(Self.isValueCharacter) ? value : Self.encoded(value)
        self.path = path
        self.maxAge = maxAge
        self.httpOnly = httpOnly
        self.secure = secure
    }

    /// The value of a `Set-Cookie` field.
    package var headerValue: String {
        var text = "\(name)=\(value); Path=\(path)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if httpOnly { text += "; HttpOnly" }
        if secure { text += "; Secure" }
        return text + "; SameSite=Lax"
    }

    /// The values that one `Cookie` field has for a name, in order. Names are case-sensitive.
    static func values(of name: String, in header: String) -> [String] {
        let (bytes, name) = (header.utf8.span, name.utf8.span)
        var values: [String] = []
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(of: Byte.semicolon, from: start) ?? bytes.count
            let pair = bytes.extracting(start..<end)
            start = end + 1
            let trimmed = pair.extracting(pair.trimmedRange)
            guard let value = valueRange(of: name, in: trimmed) else { continue }
            // The span stays valid for the call and is copied in it.
            unsafe trimmed.extracting(value).withUnsafeBufferPointer { value in
                values.append(unsafe String(decoding: value, as: UTF8.self))
            }
        }
        return values
    }

    /// Where the value of a `name=value` lies, without the quotes around it; nil where the name is another.
    private static func valueRange(of name: Span<UInt8>, in pair: Span<UInt8>) -> Range<Int>? {
        guard pair.count > name.count, pair[name.count] == Byte.equals else { return nil }
        for index in name.indices where pair[index] != name[index] { return nil }
        let value = name.count + 1..<pair.count
        guard value.count >= 2, pair[value.lowerBound] == Byte.quote, pair[value.upperBound - 1] == Byte.quote
        else { return value }
        return value.lowerBound + 1..<value.upperBound - 1
    }

    private static func encoded(_ value: String) -> String {
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            if isValueCharacter(byte) {
                bytes.append(byte)
            } else {
                PercentEncoding.append(byte, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `cookie-octet` of RFC 6265 §4.1.1.
    private static func isValueCharacter(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"\",;\\".utf8.contains(byte)
    }
}
