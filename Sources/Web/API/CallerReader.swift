import Crypto
import Expenses
import HTTP
import Storage

/// Finds out who calls the API: by the token in `Authorization`, else by the access cookie.
struct CallerReader: Sendable {
    let services: Services
    let visitors: VisitorReader

    /// Throws a `Problem` with status 401.
    func caller(_ visit: Visit) throws -> Caller {
        let presented = visit.request.headers.values("Authorization")
        guard !presented.isEmpty else { return try caller(visit.visitor, isCookie: true) }
        guard presented.count == 1, let token = CallerReader.bearerToken(presented[0]) else {
            throw Problem.unauthorized("Authorization has to be “Bearer” and one token.")
        }
        guard !PersonalToken.isOne(token) else { return try owner(of: token, visit) }
        return try caller(visitors.visitor(token, visit), isCookie: false)
    }

    private func caller(_ visitor: Visitor, isCookie: Bool) throws(Problem) -> Caller {
        switch visitor {
        case .user(let user, let session):
            return Caller(user: user, credential: .session(session, isCookie: isCookie))
        case .expired:
            throw .unauthorized("The access token has expired: refresh it.", tokenError: "expired")
        case .ended:
            throw .unauthorized("The token's session has ended: log in again.", tokenError: "revoked")
        case .nobody:
            guard isCookie else { throw .unauthorized("The token is not valid.", tokenError: "invalid") }
            throw .unauthorized("This needs a token.")
        }
    }

    /// The personal token whose use has to be noted now.
    func unnotedToken(of caller: Caller, at now: Int64) -> APIToken? {
        guard case .personalToken(let token) = caller.credential, APITokenStore.isNoteDue(token, at: now)
        else {
            return nil
        }
        return token
    }

    func note(_ token: APIToken, at now: Int64) async throws {
        try await services.storage.write(of: token.owner) {
            try $0.apiTokens.noteUse(of: token.id, owner: token.owner, at: now)
        }
    }

    private func owner(of token: String, _ visit: Visit) throws -> Caller {
        let hash = PersonalToken.hash(token)
        guard let (token, user) = try visit.read({ try $0.apiTokens.find(hash: hash) }) else {
            throw Problem.unauthorized("The token is not valid, or was revoked.", tokenError: "invalid")
        }
        return Caller(user: user, credential: .personalToken(token))
    }

    /// The token that a request presents in `Authorization`.
    static func bearerToken(of request: Request) -> String? {
        request.headers["Authorization"].flatMap(bearerToken)
    }

    /// What follows the scheme, whose case does not matter (RFC 9110 §11.1).
    private static func bearerToken(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1].drop { $0 == " " })
    }
}
