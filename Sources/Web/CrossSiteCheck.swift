package import HTTP

/// Tells a write that another site made the browser send from one that comes from our own pages.
package enum CrossSiteCheck {
    /// False for an unsafe method that the browser says comes from elsewhere.
    ///
    /// `Sec-Fetch-Site` decides where it is present (w3.org/TR/fetch-metadata §2.4), else `Origin` against
    /// `Host`. A request with neither is no browser's, or a very old one's, and passes: the cookies are
    /// SameSite=Lax.
    package static func allows(_ request: Request) -> Bool {
        guard !isSafe(request.method) else { return true }
        let sites = request.headers.values("Sec-Fetch-Site")
        guard sites.isEmpty else { return sites.allSatisfy { $0 == "same-origin" || $0 == "none" } }
        let host = request.headers["Host"] ?? ""
        return request.headers.values("Origin").allSatisfy { isOrigin($0, ofHost: host) }
    }

    /// RFC 9110 §9.2.1.
    private static func isSafe(_ method: Method) -> Bool {
        method == .get || method == .head || method == .options || method == .trace
    }

    /// `Origin: null`, and anything else without an authority, is never ours.
    private static func isOrigin(_ origin: String, ofHost host: String) -> Bool {
        let defaultPort: String
        let authority: Substring
        if origin.hasPrefix("http://") {
            defaultPort = "80"
            authority = origin.dropFirst("http://".count)
        } else if origin.hasPrefix("https://") {
            defaultPort = "443"
            authority = origin.dropFirst("https://".count)
        } else {
            return false
        }
        guard !authority.isEmpty else { return false }
        // `Host` names no scheme: where it names no port either, it is taken to be of the origin's scheme.
        return withPort(authority, default: defaultPort) == withPort(host[...], default: defaultPort)
    }

    private static func withPort(_ authority: Substring, default port: String) -> String {
        let lowered = authority.lowercased()
        // The colons of an IPv6 address stand before its bracket.
        let afterAddress = lowered.lastIndex(of: "]") ?? lowered.startIndex
        guard let colon = lowered[afterAddress...].lastIndex(of: ":") else { return lowered + ":" + port }
        return colon == lowered.index(before: lowered.endIndex) ? lowered + port : lowered
    }
}
