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

    static func add(to response: inout Response) {
        response.headers.append(contentsOf: headers)
    }
}

extension Response {
    /// What a page shows depends on who asks, so no cache keeps it, unless its controller says otherwise.
    mutating func forbidStoring() {
        if headers["Cache-Control"] == nil { headers["Cache-Control"] = "no-store" }
    }
}
