import Crypto
import Testing

@Suite struct JWTTests {
    static let secret = [UInt8](repeating: 7, count: 32)
    static let otherSecret = [UInt8](repeating: 8, count: 32)
    static let keys = TokenKeys(current: TokenKey(secret))
    static let noon: Int64 = 1_795_348_800
    static let claims = Claims(
        subject: "42", issuedAt: noon, expiresAt: noon + 1800, id: "abc", session: "def", type: .access)
    static let header = #"{"alg":"HS256","typ":"JWT"}"#
    static let payload =
        #"{"sub":"42","iat":1795348800,"exp":1795350600,"jti":"abc","sid":"def","type":"access"}"#

    /// A token of any header and payload, rightly signed.
    static func token(_ header: String = header, _ payload: String = payload, secret: [UInt8] = secret)
        -> String
    {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
        return signed + "." + Base64URL.encode(HMAC.sha256(Array(signed.utf8), key: secret))
    }

    /// The error, or nil where the token is accepted.
    func refusal(of token: String, with keys: TokenKeys = keys, expecting type: TokenType = .access)
        -> TokenError?
    {
        do {
            _ = try JWT.verify(token, with: keys, expecting: type, at: Self.noon)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a token is read back as it was signed`() throws {
        let token = JWT.sign(Self.claims, with: Self.keys)
        #expect(token == Self.token())
        #expect(try JWT.verify(token, with: Self.keys, expecting: .access, at: Self.noon) == Self.claims)
    }

    @Test(arguments: ["", "\"\\\u{1}\n", "Grüße 🎉", String(repeating: "x", count: 500), "</script>"])
    func `any text may stand in a claim`(text: String) throws {
        let claims = Claims(
            subject: text, issuedAt: .min, expiresAt: .max, id: text, session: text, type: .refresh)
        let token = JWT.sign(claims, with: Self.keys)
        #expect(try JWT.verify(token, with: Self.keys, expecting: .refresh, at: Self.noon) == claims)
    }

    /// RFC 7515 A.1: its signature is right, and only then are its claims found to be other than ours.
    @Test func `the example of RFC 7515 has the right signature`() throws {
        let key = try #require(
            Base64URL.decode(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let keys = TokenKeys(current: TokenKey(key))
        let signed =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        #expect(
            Base64URL.encode(HMAC.sha256(Array(signed.utf8), key: key))
                == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(
            refusal(of: signed + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", with: keys) == .claimsInvalid
        )
        #expect(
            refusal(of: signed + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXg", with: keys)
                == .signatureInvalid)
    }

    @Test func `a former key verifies and does not sign`() {
        let both = TokenKeys(current: TokenKey(Self.otherSecret), previous: [TokenKey(Self.secret)])
        #expect(refusal(of: Self.token(), with: both) == nil)
        #expect(refusal(of: JWT.sign(Self.claims, with: both)) == .signatureInvalid)
        #expect(refusal(of: JWT.sign(Self.claims, with: both), with: both) == nil)
    }

    @Test(arguments: [
        "", ".", "..", "...", "a", "a.b", "a.b.c.d", token() + ".", "." + token(), token() + ".x",
        " " + token(),
        token() + "\n", token() + "=", "Bearer " + token(), token().replacing(".", with: ".."), "é.é.é",
        token(""), token("null"), token("[]"), token("\"HS256\""), token("{"), token(#"{"alg":"HS256"}x"#),
        token(#"{"alg":"HS256","alg":"HS256"}"#), token(#"{"alg":"none","alg":"HS256"}"#),
        token(#"{"alg":"HS256","crit":["b64"],"b64":false}"#), token(#"{"alg":"HS256","crit":"b64"}"#),
        token(#"{"alg":"HS256",}"#), token("{'alg':'HS256'}"), token("\u{FEFF}" + header),
        token(header, String(repeating: "x", count: 4096)), String(repeating: "a.", count: 51_200),
    ])
    func `a malformed token is refused`(token: String) {
        #expect(refusal(of: token) == .malformed)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"hs256"}"#, #"{"alg":"HS512"}"#,
        #"{"alg":"RS256"}"#,
        #"{"alg":"HS256 "}"#, #"{"alg":""}"#, #"{"alg":null}"#, #"{"alg":256}"#, #"{"typ":"JWT"}"#, "{}",
        #"{"ALG":"HS256"}"#,
    ])
    func `another algorithm is refused, whatever the signature`(header: String) {
        #expect(refusal(of: Self.token(header)) == .algorithmRefused)
        let unsigned =
            Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(Self.payload.utf8)) + "."
        #expect(refusal(of: unsigned) == .algorithmRefused)
    }

    @Test(arguments: [
        #"{"typ":"JWT","alg":"HS256"}"#, #" { "alg" : "HS256" } "#,
        #"{"alg":"HS256","typ":"at+jwt","kid":"1","n":1.5}"#,
        #"{"\u0061lg":"HS\u003256"}"#,
    ])
    func `a header may have other members`(header: String) {
        #expect(refusal(of: Self.token(header)) == nil)
    }

    @Test func `a changed token is refused at every place`() {
        let token = Self.token()
        for offset in token.utf8.indices {
            for symbol in ["A", "b", "_", "."] {
                let index = token.index(after: offset)
                guard token[offset..<index] != symbol else { continue }
                #expect(refusal(of: token.replacingCharacters(in: offset..<index, with: symbol)) != nil)
            }
        }
    }

    @Test func `a shortened token is refused at every length`() {
        let token = Self.token()
        for length in 0..<token.utf8.count { #expect(refusal(of: String(token.prefix(length))) != nil) }
    }

    @Test func `a token signed with another key, or not at all, is refused`() {
        #expect(refusal(of: Self.token(secret: Self.otherSecret)) == .signatureInvalid)
        let unsigned = Self.token().split(separator: ".").dropLast().joined(separator: ".") + "."
        #expect(refusal(of: unsigned) == .signatureInvalid)
        #expect(refusal(of: unsigned + "AAAA") == .signatureInvalid)
    }

    @Test func `nothing is said about the claims before the signature is right`() {
        #expect(refusal(of: Self.token(Self.header, "{}", secret: Self.otherSecret)) == .signatureInvalid)
    }

    @Test(arguments: ["sub", "iat", "exp", "jti", "sid", "type"])
    func `every claim has to be there once and of its kind`(name: String) throws {
        let members = Self.payload.dropFirst().dropLast().split(separator: ",")
        let index = try #require(members.firstIndex { $0.hasPrefix("\"\(name)\"") })
        let isText = !members[index].hasSuffix("0")
        var wrong = [
            "null", "true", "[]", "{}", "1.5", "1e9", "-", "99999999999999999999", isText ? "1" : "\"1\"",
        ]
        if name == "type" { wrong += ["\"\"", "\"Access\"", "\"id\""] }
        var payloads = wrong.map { value in
            "{"
                + members.indices.map { $0 == index ? "\"\(name)\":\(value)" : members[$0] }.joined(
                    separator: ",") + "}"
        }
        payloads.append(
            "{" + members.indices.filter { $0 != index }.map { members[$0] }.joined(separator: ",") + "}")
        payloads.append("{" + (members + [members[index]]).joined(separator: ",") + "}")
        for payload in payloads {
            #expect(refusal(of: Self.token(Self.header, payload)) == .claimsInvalid, "\(payload)")
        }
    }

    @Test(arguments: [
        "", "null", "[]", payload + "x", "[" + payload + "]", String(payload.dropLast()),
        String(payload.dropFirst()),
        payload.replacing("42", with: "\u{1}"), payload.replacing("42", with: #"\ud800"#),
        payload.replacing("42", with: #"\udc00\ud800"#), payload.replacing("42", with: #"\x"#),
        payload.replacing("42", with: #"\u00g0"#), payload.replacing("1795348800", with: "01795348800"),
        payload.replacing("1795348800", with: "+1795348800"), payload.replacing("1795348800", with: "0x10"),
        payload.replacing("1795348800", with: "1795348800."), payload.replacing(",", with: ",,"),
        payload.replacing("}", with: ",}"), payload.replacing(":", with: "="),
        payload.replacing("}", with: #","a":nul}"#),
        payload.replacing("}", with: #","a":1,"a":1}"#),
    ])
    func `claims that are no JSON object are refused`(payload: String) {
        #expect(refusal(of: Self.token(Self.header, payload)) == .claimsInvalid)
    }

    @Test func `claims that are not UTF-8 are refused`() {
        for broken: [UInt8] in [
            [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3],
        ] {
            let payload = Array(#"{"a":""#.utf8) + broken + Array(#"","#.utf8) + Self.payload.utf8.dropFirst()
            let signed = Base64URL.encode(Array(Self.header.utf8)) + "." + Base64URL.encode(payload)
            let token = signed + "." + Base64URL.encode(HMAC.sha256(Array(signed.utf8), key: Self.secret))
            #expect(refusal(of: token) == .claimsInvalid)
        }
    }

    @Test(arguments: [
        (payload.replacing("42", with: #"\u0034\u0032"#), "42"),
        (payload.replacing("42", with: #"\/\b\f\n\r\t\"\\"#), "/\u{8}\u{C}\n\r\t\"\\"),
        (payload.replacing("42", with: #"\ud83c\uDF89"#), "🎉"),
        (payload.replacing("\"42\"", with: " \"42\"\n"), "42"),
        (payload.replacing("}", with: #","scope":"x","a":-0.5e+3,"b":null,"c":false}"#), "42"),
    ])
    func `any way to write the same JSON is read`(payload: String, subject: String) throws {
        let token = Self.token(Self.header, payload)
        let claims = try JWT.verify(token, with: Self.keys, expecting: .access, at: Self.noon)
        #expect(claims.subject == subject)
        #expect(claims.session == "def")
    }

    @Test func `a token of the other type is refused`() {
        #expect(refusal(of: Self.token(), expecting: .refresh) == .wrongType)
        var claims = Self.claims
        claims.type = .refresh
        #expect(refusal(of: JWT.sign(claims, with: Self.keys)) == .wrongType)
    }

    @Test(arguments: [(1799, false), (1800, true), (1801, true)] as [(Int64, Bool)])
    func `a token counts until the second it expires`(age: Int64, isExpired: Bool) {
        let token = Self.token()
        let now = Self.noon + age
        if isExpired {
            #expect(throws: TokenError.expired(Self.claims)) {
                try JWT.verify(token, with: Self.keys, expecting: .access, at: now)
            }
        } else {
            #expect(throws: Never.self) {
                try JWT.verify(token, with: Self.keys, expecting: .access, at: now)
            }
        }
    }

    @Test func `expired is said last, when everything else is right`() {
        var claims = Self.claims
        claims.expiresAt = 1
        #expect(refusal(of: JWT.sign(claims, with: Self.keys)) == .expired(claims))
        #expect(refusal(of: JWT.sign(claims, with: Self.keys), expecting: .refresh) == .wrongType)
        #expect(
            refusal(
                of: JWT.sign(claims, with: Self.keys), with: TokenKeys(current: TokenKey(Self.otherSecret)))
                == .signatureInvalid)
    }

    @Test func `a key too short for HS256 stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = TokenKey([UInt8](repeating: 1, count: 31)) }
    }

    @Test func `many threads may verify with the same keys`() async {
        let tokens = (0..<16).map { number in
            var claims = Self.claims
            claims.subject = String(number)
            return (claims, JWT.sign(claims, with: Self.keys))
        }
        await withTaskGroup(of: Bool.self) { group in
            for (claims, token) in tokens {
                group.addTask {
                    (0..<100).allSatisfy { _ in
                        let read = try? JWT.verify(token, with: Self.keys, expecting: .access, at: Self.noon)
                        return read == claims && JWT.sign(claims, with: Self.keys) == token
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
