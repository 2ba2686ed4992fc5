import HTTP

/// Carries what was just made, and is shown once, to the page that shows it.
struct OneTimeCookie: Sendable {
    /// Seconds that the page may take to come.
    private static let lifetime = 60

    private let name: String
    private let path: String

    /// `path`: the page's.
    init(_ name: String, to path: String, _ services: Services) {
        self.name = services.configuration.cookieNames.name(name, path: path)
        self.path = path
    }

    /// Empty where nothing was made. A sibling domain can plant a cookie of this name.
    func value(_ visit: UserVisit) -> String { visit.request.cookie(name) ?? "" }

    /// Leads to the page.
    func redirect(carrying value: String, _ visit: UserVisit) -> Response {
        var response = Response.seeOther(path)
        set(value, maxAge: OneTimeCookie.lifetime, on: &response, visit)
        return response
    }

    /// Has the browser forget what the page shows.
    func end(on response: inout Response, _ visit: UserVisit) {
        if !value(visit).isEmpty { set("", maxAge: 0, on: &response, visit) }
    }

    private func set(_ value: String, maxAge: Int, on response: inout Response, _ visit: UserVisit) {
        response.setCookie(
            Cookie(name: name, value: value, path: path, maxAge: maxAge, secure: visit.visit.isSecure))
    }
}
