import HTTP

/// The headers that every answer carries, so that no route can forget them.
enum SecurityHeaders {
    /// Own origin only; `data:` images because the icons inside Bootstrap's stylesheet are.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    private static let headers: Headers = [
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": contentSecurityPolicy,
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    ]

    /// What a page shows depends on who asks, so no cache keeps it.
    private static let headersOfPages: Headers = {
        var ofPages = headers
        ofPages.add("Cache-Control", "no-store")
        return ofPages
    }()

    /// A file, and an answer whose controller says how long it may be kept, bring a Cache-Control of their own.
    static func add(to response: inout Response) {
        let isPage = response.headers["Cache-Control"] == nil
        response.headers.append(contentsOf: isPage ? headersOfPages : headers)
    }
}
