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
        if let claims = Claims(written: json) {
            self = claims
            return
        }
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

extension Claims {
    /// Reads what `json` has written, at a third of the cost of reading any JSON: every request of a user has such a token.
    /// Nil for anything else.
    private init?(written json: [UInt8]) {
        var reader = WrittenReader(json)
        guard let subject = reader.text(after: #"{"sub":""#),
            let issuedAt = reader.number(after: #"","iat":"#),
            let expiresAt = reader.number(after: #","exp":"#),
            let id = reader.text(after: #","jti":""#),
            let session = reader.text(after: #"","sid":""#),
            let typeName = reader.text(after: #"","type":""#), let type = TokenType(rawValue: typeName),
            reader.passes(#""}"#), reader.isAtEnd
        else { return nil }
        self.init(
            subject: subject, issuedAt: issuedAt, expiresAt: expiresAt, id: id, session: session, type: type)
    }
}

private struct WrittenReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func passes(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard bytes.count - place >= length else { return false }
        for index in 0..<length where unsafe bytes[place + index] != text.utf8Start[index] { return false }
        place += length
        return true
    }

    /// Up to the quotation mark that ends it; nil where it holds anything that JSON writes in another way.
    mutating func text(after name: StaticString) -> String? {
        guard passes(name) else { return nil }
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            guard (0x20..<0x7F).contains(bytes[place]), bytes[place] != UInt8(ascii: "\\") else { return nil }
            place += 1
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Digits alone, as many as always fit.
    mutating func number(after name: StaticString) -> Int64? {
        guard passes(name) else { return nil }
        let start = place
        var number: Int64 = 0
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
            guard place - start < 18 else { return nil }
            number = number * 10 + Int64(bytes[place] - UInt8(ascii: "0"))
            place += 1
        }
        // JSON has no number that begins with a needless zero.
        guard place > start, bytes[start] != UInt8(ascii: "0") || place == start + 1 else { return nil }
        return number
    }
}
