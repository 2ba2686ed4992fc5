import HTTP

/// The answer to somebody who is not logged in, or no longer, and asks for what only a user may see or do.
struct SignInPrompts: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    func response(to visit: Visit) throws -> Response {
        let next = PercentEncoding.encodeQueryComponent(visit.request.target)
        switch visit.visitor {
        case .expired: return .seeOther("/refresh?next=\(next)")
        case .nobody, .ended, .user: return .seeOther("/login?next=\(next)")
        }
    }
}
