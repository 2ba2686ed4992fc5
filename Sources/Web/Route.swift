import HTTP

/// One line of the site map.
struct Route: Sendable {
    enum Handler: Sendable {
        case anyone(@Sendable (Visit) async throws -> Response)
        /// Reached only by somebody who is logged in.
        case user(@Sendable (UserVisit) async throws -> Response)
    }

    let method: HTTP.Method
    let pattern: PathPattern
    let handler: Handler

    init(_ method: HTTP.Method, _ pattern: PathPattern, _ handler: Handler) {
        self.method = method
        self.pattern = pattern
        self.handler = handler
    }
}
