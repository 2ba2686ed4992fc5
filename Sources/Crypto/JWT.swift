import JSON

/// JSON Web Tokens signed with HMAC-SHA-256 (RFC 7519, RFC 7515).
package enum JWT {
    /// Longer tokens are refused unread; ours have about 300 bytes.
    private static let maximumSize = 4096

    /// The header of every token we sign: `{"alg":"HS256","typ":"JWT"}`.
    private static let header = Array("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9".utf8)

    package static func sign(_ claims: Claims, with keys: TokenKeys) -> String {
        var token = header
        token.reserveCapacity(384)
        token.append(UInt8(ascii: "."))
        Base64.append(claims.json.span, to: &token, .url)
        let signature = keys.current.signature(of: token.span)
        token.append(UInt8(ascii: "."))
        Base64.append(signature.span, to: &token, .url)
        return String(decoding: token, as: UTF8.self)
    }

    /// Checks form, algorithm and signature, and only then looks at the claims; whether it has expired comes last.
    package static func verify(
        _ token: String, with keys: TokenKeys, expecting type: TokenType, at now: Int64
    ) throws(TokenError) -> Claims {
        let bytes = token.utf8.span
        guard bytes.count <= maximumSize, let (firstPoint, secondPoint) = points(in: bytes) else {
            throw .malformed
        }
        try checkHeader(bytes.extracting(0..<firstPoint))
        guard let signature = Base64.decode(bytes.extracting(secondPoint + 1..<bytes.count), .url) else {
            throw .malformed
        }
        guard keys.verify(signature, of: bytes.extracting(0..<secondPoint)) else { throw .signatureInvalid }
        guard let payload = Base64.decode(bytes.extracting(firstPoint + 1..<secondPoint), .url) else {
            throw .malformed
        }
        guard let claims = Claims(json: payload) else { throw .claimsInvalid }
        guard claims.type == type else { throw .wrongType }
        guard now < claims.expiresAt else { throw .expired(claims) }
        return claims
    }

    /// Where the points are, when there are exactly two.
    private static func points(in bytes: Span<UInt8>) -> (Int, Int)? {
        var first: Int?
        var second: Int?
        for index in bytes.indices where bytes[index] == UInt8(ascii: ".") {
            guard second == nil else { return nil }
            if first == nil { first = index } else { second = index }
        }
        guard let first, let second else { return nil }
        return (first, second)
    }

    private static func checkHeader(_ text: Span<UInt8>) throws(TokenError) {
        guard !isOwnHeader(text) else { return }
        var isHS256 = false
        var hasCritical = false
        guard let json = Base64.decode(text, .url) else { throw .malformed }
        let object: Void? = try? JSONReader.readObject(json) { name, value in
            if name == "alg", case .string("HS256") = value { isHS256 = true }
            if name == "crit" { hasCritical = true }
        }
        // We understand no extension, so one that must be understood is refused (RFC 7515 §4.1.11).
        guard object != nil, !hasCritical else { throw .malformed }
        guard isHS256 else { throw .algorithmRefused }
    }

    private static func isOwnHeader(_ text: Span<UInt8>) -> Bool {
        guard text.count == header.count else { return false }
        for index in text.indices where text[index] != header[index] { return false }
        return true
    }
}
