package import HTTP

/// Tells a write that another site made the browser send from one that comes from our own pages.
package enum CrossSiteCheck {
    /// False for an unsafe method that the browser says comes from elsewhere.
    ///
    /// `Sec-Fetch-Site` decides where it is present (w3.org/TR/fetch-metadata §2.4), else `Origin` against
    /// `host`, which is the field `Host` unless a trusted proxy tells another one. A request with neither is no browser's, or a
    /// very old one's, and passes: the cookies are SameSite=Lax.
    package static func allows(_ request: Request, host: String? = nil) -> Bool {
        guard !request.method.isSafe else { return true }
        let sites = request.headers.values("Sec-Fetch-Site")
        guard sites.isEmpty else { return sites.allSatisfy { $0 == "same-origin" || $0 == "none" } }
        let host = host ?? request.headers["Host"] ?? ""
        return request.headers.values("Origin").allSatisfy { isOrigin($0, ofHost: host) }
    }

    /// `Origin: null`, and anything else without an authority, is never ours.
    private static func isOrigin(_ origin: String, ofHost host: String) -> Bool {
        for (scheme, port) in [("http://", "80"), ("https://", "443")] where origin.hasPrefix(scheme) {
            let authority = origin.utf8.dropFirst(scheme.utf8.count)
            // `Host` names no scheme: where it names no port either, it is taken to be of the origin's scheme.
            return !authority.isEmpty && withPort(authority, port) == withPort(host.utf8[...], port)
        }
        return false
    }

    /// The authority in lower case, with the port where it names none.
    private static func withPort(_ authority: Substring.UTF8View, _ port: String) -> [UInt8] {
        var bytes = authority.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        // The colons of an IPv6 address stand before its bracket.
        let name = bytes.lastIndex(of: UInt8(ascii: "]")) ?? 0
        if let colon = bytes[name...].lastIndex(of: UInt8(ascii: ":")) {
            if colon == bytes.count - 1 { bytes += port.utf8 }
        } else {
            bytes += ":\(port)".utf8
        }
        return bytes
    }
}
