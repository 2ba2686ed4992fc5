import JSON

/// What a token says (RFC 7519 §4.1, and two names of our own).
package struct Claims: Sendable, Equatable {
    /// `sub`: the user's id.
    package var subject: String
    /// `iat`, in seconds since 1970.
    package var issuedAt: Int64
    /// `exp`, in seconds since 1970: the first second in which the token no longer counts.
    package var expiresAt: Int64
    /// `jti`: the token's own id.
    package var id: String
    /// `sid`: the session's id.
    package var session: String
    /// `type`.
    package var type: TokenType

    package init(
        subject: String, issuedAt: Int64, expiresAt: Int64, id: String, session: String, type: TokenType
    ) {
        self.subject = subject
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.id = id
        self.session = session
        self.type = type
    }
}

extension Claims {
    var json: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(192)
        JSONWriter.append("sub", subject, after: "{", to: &output)
        JSONWriter.append("iat", issuedAt, to: &output)
        JSONWriter.append("exp", expiresAt, to: &output)
        JSONWriter.append("jti", id, after: ",", to: &output)
        JSONWriter.append("sid", session, after: ",", to: &output)
        JSONWriter.append("type", type.rawValue, after: ",", to: &output)
        output.append(UInt8(ascii: "}"))
        return output
    }

    /// Nil unless the JSON is an object that has every claim once, each of its kind; members with other names are
    /// passed over (RFC 7519 §4).
    init?(json: [UInt8]) {
        var subject: String?
        var issuedAt: Int64?
        var expiresAt: Int64?
        var id: String?
        var session: String?
        var type: TokenType?
        let object: Void? = try? JSONReader.readObject(json) { name, value in
            switch (name, value) {
            case ("sub", .string(let text)): subject = text
            case ("iat", .integer(let number)): issuedAt = number
            case ("exp", .integer(let number)): expiresAt = number
            case ("jti", .string(let text)): id = text
            case ("sid", .string(let text)): session = text
            case ("type", .string(let text)): type = TokenType(rawValue: text)
            default: break
            }
        }
        guard object != nil, let subject, let issuedAt, let expiresAt, let id, let session, let type else {
            return nil
        }
        self.init(
            subject: subject, issuedAt: issuedAt, expiresAt: expiresAt, id: id, session: session, type: type)
    }
}
