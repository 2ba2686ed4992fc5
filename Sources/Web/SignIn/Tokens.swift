package import Crypto
package import Expenses
package import HTTP

/// Issues and reads the tokens of sessions, and puts them into cookies.
package struct Tokens: Sendable {
    /// The refresh token is sent where it is needed and nowhere else.
    package static let refreshPath = "/refresh"
    /// Seconds after its rotation during which a used refresh token still gets the answer that the first use
    /// got: two tabs, a double click, an answer lost on the way.
    package static let grace: Int64 = 10

    /// A sibling domain can plant cookies of the same name; more than this many are not looked at.
    package static let maxCookies = 4

    /// Our own have about 300 bytes; what is much longer is not looked at.
    private static let longest = 2048

    /// Names of cookies.
    let accessCookie: String
    let refreshCookie: String
    /// Seconds.
    package let accessLifetime: Int64
    /// Seconds; also how long both cookies live, so that an expired access token still arrives and can be
    /// told from a missing one.
    package let refreshLifetime: Int64
    private let keys: TokenKeys
    private let successorKey: HMACKey

    /// The secret signs; the previous one, if any, only verifies. Lifetimes are in seconds.
    package init(
        secret: [UInt8], previousSecret: [UInt8]? = nil, accessLifetime: Int64, refreshLifetime: Int64,
        cookieNames: CookieNames = CookieNames()
    ) {
        accessCookie = cookieNames.name("access_token")
        refreshCookie = cookieNames.name("refresh_token", path: Self.refreshPath)
        self.accessLifetime = accessLifetime
        self.refreshLifetime = refreshLifetime
        keys = TokenKeys(
            current: TokenKey(secret), previous: previousSecret.map { [TokenKey($0)] } ?? [])
        successorKey = HMACKey(HMAC.sha256(Array("refresh token successor".utf8), key: secret))
    }

    package func verify(
        _ token: String, expecting type: TokenType, at now: Int64
    ) throws(TokenError) -> Claims {
        guard token.utf8.count <= Self.longest else { throw .malformed }
        return try JWT.verify(token, with: keys, expecting: type, at: now)
    }

    /// A fresh access token beside the refresh token with this id. `refreshExpiresAt` alone decides the
    /// refresh token's times, so that whoever asks again gets it byte for byte.
    package func pair(
        of user: User.ID, session: String, refreshID: String, refreshExpiresAt: Int64, at now: Int64
    ) -> TokenPair {
        let access = Claims(
            subject: String(user.rawValue), issuedAt: now, expiresAt: now + accessLifetime,
            id: SecureRandom.token(bytes: 16), session: session, type: .access)
        let refresh = Claims(
            subject: String(user.rawValue), issuedAt: refreshExpiresAt - refreshLifetime,
            expiresAt: refreshExpiresAt, id: refreshID, session: session, type: .refresh)
        return TokenPair(access: JWT.sign(access, with: keys), refresh: JWT.sign(refresh, with: keys))
    }

    /// The id of the refresh token that follows the one with this id. It is worked out, not drawn, so that of
    /// many requests with the same token each gets the same successor although no token is ever stored.
    package func successor(of refreshID: String) -> String {
        Base64URL.encode(Array(successorKey.code(of: Array(refreshID.utf8).span).prefix(16)))
    }

    /// What the database keeps of a refresh token.
    package static func hash(ofRefreshID id: String) -> [UInt8] { SHA256.hash(Array(id.utf8)) }

    package func setCookies(_ pair: TokenPair, on response: inout Response, isSecure: Bool) {
        setCookies(
            access: pair.access, refresh: pair.refresh, maxAge: Int(refreshLifetime), on: &response,
            isSecure: isSecure)
    }

    package func unsetCookies(on response: inout Response, isSecure: Bool) {
        setCookies(access: "", refresh: "", maxAge: 0, on: &response, isSecure: isSecure)
    }

    private func setCookies(
        access: String, refresh: String, maxAge: Int, on response: inout Response, isSecure: Bool
    ) {
        response.setCookie(
            Cookie(name: accessCookie, value: access, maxAge: maxAge, secure: isSecure))
        response.setCookie(
            Cookie(
                name: refreshCookie, value: refresh, path: Self.refreshPath, maxAge: maxAge,
                secure: isSecure))
    }
}
