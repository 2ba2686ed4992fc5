import HTTP

/// The headers that every answer carries, so that no route can forget them.
struct SecurityHeaders: Sendable {
    /// Own origin only; `data:` images because the icons inside Bootstrap's stylesheet are.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    /// Browsers ask `form-action` where a form's answer leads as well.
    private static func contentSecurityPolicy(_ logoutAddress: String?) -> String {
        let parts = (logoutAddress ?? "").split(
            separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix(":") else { return contentSecurityPolicy }
        let site = "\(parts[0])//\(parts[2].prefix { $0 != "/" && $0 != "?" })"
        return contentSecurityPolicy.replacing("form-action 'self'", with: "form-action 'self' \(site)")
    }

    private let headers: Headers
    /// What a page shows depends on who asks, so no cache keeps it.
    private let headersOfPages: Headers

    /// With `isHTTPS`, browsers that have been here come by https only, for a year. `logoutAddress` is where logging out may
    /// lead: a path, or an address elsewhere.
    init(isHTTPS: Bool, logoutAddress: String? = nil) {
        var headers: Headers = [
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": Self.contentSecurityPolicy(logoutAddress),
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        ]
        if isHTTPS { headers.add("Strict-Transport-Security", "max-age=31536000") }
        self.headers = headers
        headers.add("Cache-Control", "no-store")
        headersOfPages = headers
    }

    /// A file, and an answer whose controller says how long it may be kept, bring a Cache-Control of their own.
    func add(to response: inout Response) {
        let isPage = response.headers["Cache-Control"] == nil
        response.headers.append(contentsOf: isPage ? headersOfPages : headers)
    }
}
