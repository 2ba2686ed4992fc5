import Crypto
import Expenses
import HTTP
import Storage
import Testing
import Web

/// Tokens that are not ours, or not for this, let nobody in; each is tried at a page and at a form.
struct ForgedTokenTests {
    private static let key = [UInt8](repeating: 7, count: 32)
    private static let header = #"{"alg":"HS256","typ":"JWT"}"#

    private let app: TestApp
    private let browser: TestBrowser
    private let claims: Claims

    init() async throws {
        app = try TestApp()
        browser = try await app.loggedIn()
        claims = try JWT.verify(
            browser.cookie("access_token") ?? "", with: TokenKeys(current: TokenKey(Self.key)),
            expecting: .access, at: TestApp.noon)
    }

    /// Signs whatever it is given.
    private func token(
        _ payload: String, header: String = Self.header, key: [UInt8] = Self.key
    ) -> String {
        let signed = [header, payload].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        return signed + "." + Base64URL.encode(HMAC.sha256(Array(signed.utf8), key: key))
    }

    private func payload(
        sub: String? = nil, iat: String = "1795435200", exp: String = "1795437000", jti: String = #""x""#,
        sid: String? = nil, type: String = #""access""#
    ) -> String {
        let (sub, sid) = (sub ?? "\"\(claims.subject)\"", sid ?? "\"\(claims.session)\"")
        return #"{"sub":\#(sub),"iat":\#(iat),"exp":\#(exp),"jti":\#(jti),"sid":\#(sid),"type":\#(type)}"#
    }

    private func expectRefused(
        _ token: String, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let other = app.browser()
        other.cookies = [.init(name: "access_token", value: token, path: "/")]
        let page = await other.get("/account")
        #expect(page.status == 303, comment, sourceLocation: sourceLocation)
        #expect(page.location?.hasPrefix("/login?") == true, comment, sourceLocation: sourceLocation)
        let form = await other.post("/account/sessions/end-others")
        #expect(
            form.status != 303 || form.location?.hasPrefix("/login?") == true, sourceLocation: sourceLocation)
    }

    private func isAccepted(_ token: String) async -> Bool {
        let other = app.browser()
        other.cookies = [.init(name: "access_token", value: token, path: "/")]
        return await other.get("/account").status == 200
    }

    @Test func `the tokens of these tests are good but for what each test makes wrong`() async {
        #expect(await isAccepted(token(payload())))
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"NONE"}"#, #"{"typ":"JWT"}"#,
        #"{"alg":"hs256"}"#, #"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"RS256","typ":"JWT"}"#, #"{"alg":""}"#,
        #"{"alg":null}"#, #"{"alg":256}"#, #"{"alg":["HS256"]}"#, #"{"alg":"none","alg":"HS256"}"#,
        #"{"alg":"HS256","crit":["exp"]}"#, "{}", "[]", "", "null",
    ])
    func `another algorithm is refused, signed or not`(header: String) async {
        await expectRefused(token(payload(), header: header))
        let unsigned = [header, payload()].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        await expectRefused(unsigned + ".")
        await expectRefused(unsigned)
    }

    @Test func `another key, no key, and a signature cut short or added to are refused`() async {
        await expectRefused(token(payload(), key: [UInt8](repeating: 8, count: 32)))
        await expectRefused(token(payload(), key: []))
        let good = token(payload())
        for count in [1, 2, 10, 42] { await expectRefused(String(good.dropLast(count))) }
        await expectRefused(good + "A")
        await expectRefused(good + "=")
        await expectRefused(good + ".")
        await expectRefused("." + good)
    }

    @Test func `every changed character is noticed`() async {
        let good = token(payload())
        for offset in stride(from: 0, to: good.count, by: 7) {
            var characters = Array(good)
            characters[offset] = characters[offset] == "B" ? "C" : "B"
            await expectRefused(String(characters), "character \(offset)")
        }
    }

    @Test(arguments: ["sub", "iat", "exp", "jti", "sid", "type"])
    func `every claim must be there, once and of its kind`(name: String) async {
        let whole = payload()
        await expectRefused(token(whole.replacing("\"\(name)\":", with: "\"x\(name)\":")))
        for value in ["null", "true", "[]", "{}", "1.5", "\"\"", "-1", "1e9", "99999999999999999999"] {
            let broken: String
            switch name {
            case "sub": broken = payload(sub: value)
            case "iat": broken = payload(iat: value)
            case "exp": broken = payload(exp: value)
            case "jti": broken = payload(jti: value)
            case "sid": broken = payload(sid: value)
            default: broken = payload(type: value)
            }
            // An empty id and a time long ago are of the right kind.
            if (name == "jti" && value == "\"\"") || (value == "-1" && ["iat", "exp"].contains(name)) {
                continue
            }
            await expectRefused(token(broken), "\(name): \(value)")
        }
        await expectRefused(token(whole.replacing("{", with: "{\"\(name)\":\"9\",")), "\(name) twice")
    }

    @Test func `a refresh token does not open a page, nor a session of somebody else`() async throws {
        await expectRefused(token(payload(type: #""refresh""#)))
        await expectRefused(token(payload(type: #""Access""#)))
        let bob = try await app.loggedIn(as: "bob")
        let bobs = try JWT.verify(
            bob.cookie("access_token") ?? "", with: TokenKeys(current: TokenKey(Self.key)),
            expecting: .access,
            at: TestApp.noon)
        await expectRefused(token(payload(sub: "\"\(bobs.subject)\"")))
        await expectRefused(token(payload(sid: "\"\(bobs.session)\"")))
        await expectRefused(token(payload(sid: "\"' OR 1=1 --\"")))
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "Bearer x", "%00", "é", String(repeating: "A", count: 100_000),
        String(repeating: ".", count: 100_000), String(repeating: "eyJhbGciOiJIUzI1NiJ9.", count: 5000),
    ])
    func `what is no token at all is refused`(text: String) async {
        await expectRefused(text)
    }

    @Test func `a planted cookie before or after the real one does not hide it`() async {
        let real = browser.cookie("access_token") ?? ""
        for planted in [
            "x", String(repeating: "A", count: 6000), token(payload(), key: []),
            token(payload(sid: "\"no\"")),
        ] {
            for cookies in [[planted, real], [real, planted], [planted, planted, real]] {
                let other = app.browser()
                other.cookies = cookies.map { .init(name: "access_token", value: $0, path: "/") }
                #expect(await other.get("/account").status == 200)
            }
        }
    }

    @Test func `after a change of keys nobody is logged out, and the former key no longer signs`()
        async throws
    {
        let changed = try app.restarted(secret: [UInt8](repeating: 9, count: 32), previousSecret: Self.key)
        let after = changed.browser()
        after.cookies = browser.cookies
        #expect(await after.get("/account").status == 200)
        app.clock.advance(by: 1800)
        #expect(await after.post("/refresh").location == "/expenses")
        #expect(await after.get("/account").status == 200)
        // The new tokens are signed with the new key alone.
        let before = app.browser()
        before.cookies = after.cookies
        #expect(await before.get("/account").location?.hasPrefix("/login?next=") == true)
    }
}
