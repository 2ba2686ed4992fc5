import Crypto
import Expenses
import HTTP
import Storage

/// Works out who sent a request: where from, how, and with whose access token.
struct VisitorReader: Sendable {
    let services: Services

    /// Where the request comes from, and how.
    func readOrigin(into visit: inout Visit) {
        let origin = origin(of: visit.request)
        visit.address = origin.address
        visit.host = origin.host ?? visit.request.headers["Host"] ?? ""
        visit.isSecure =
            switch services.configuration.secureCookies {
            case .always: true
            case .never: false
            case .auto: services.configuration.isHTTPS || origin.scheme == "https"
            }
        if !visit.isSecure, !visit.isReading {
            services.proxyMistakes.noteUntrusted(
                visit.request, origin, trusted: services.configuration.trustedProxies)
        }
    }

    /// Who sends it, by the access cookie.
    func readVisitor(into visit: inout Visit) throws {
        visit.visitor = try visitor(visit)
    }

    func origin(of request: Request) -> ForwardedOrigin {
        ForwardedOrigin(
            headers: request.headers, peer: request.peer, trusted: services.configuration.trustedProxies)
    }

    /// Of several tokens the first that is good wins, then one that has expired, then one whose session has
    /// ended.
    private func visitor(_ visit: Visit) throws -> Visitor {
        var best = Visitor.nobody
        for token in visit.request.cookies(services.tokens.accessCookie).prefix(Tokens.maxCookies) {
            switch (try visitor(token, visit), best) {
            case (.user(let user, let session), _): return .user(user, session)
            case (.expired(let user, let session), _): best = .expired(user, session)
            case (.ended(let claims), .nobody): best = .ended(claims)
            case (.ended, _), (.nobody, _): break
            }
        }
        return best
    }

    /// Whose access token this is.
    func visitor(_ token: String, _ visit: Visit) throws -> Visitor {
        let now = visit.now
        let claims: Claims
        var hasExpired = false
        do {
            claims = try services.tokens.verify(token, expecting: .access, at: now)
        } catch .expired(let expired) {
            claims = expired
            hasExpired = true
        } catch {
            return .nobody
        }
        let found = try visit.read { try $0.sessions.find(claims.session, at: now) }
        guard let found, String(found.user.id.rawValue) == claims.subject else { return .ended(claims) }
        return hasExpired ? .expired(found.user, found.session) : .user(found.user, found.session)
    }
}
