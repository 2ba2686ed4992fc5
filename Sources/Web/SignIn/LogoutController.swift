import Crypto
import Expenses
import HTTP

/// Logging out.
struct LogoutController: Sendable {
    static let path = "/logout"

    let services: Services

    /// Ends the session that the access token names, expired or not. Cookies are unset in any case.
    func logOut(_ visit: Visit) async throws -> Response {
        if let session = visit.visitor.session {
            try await services.sessions.end(session.id, of: session.owner)
        }
        var response = Response.seeOther(services.configuration.identityLogout ?? "/")
        services.tokens.unsetCookies(on: &response, isSecure: visit.isSecure)
        return response
    }
}

extension Visitor {
    /// Whom the access token names, whatever has become of the session.
    var owner: User.ID? {
        switch self {
        case .nobody: nil
        case .user(let user, _), .expired(let user, _): user.id
        case .ended(let claims): User.ID(claims.subject)
        }
    }

    /// The session of this browser, where it goes on; its access token may have expired.
    var session: Session? {
        switch self {
        case .user(_, let session), .expired(_, let session): session
        case .nobody, .ended: nil
        }
    }

    /// Who it is, also where the access token has expired.
    var user: User? {
        switch self {
        case .user(let user, _), .expired(let user, _): user
        case .nobody, .ended: nil
        }
    }
}
