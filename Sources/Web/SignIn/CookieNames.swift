/// What our cookies are called: as they are, or with something in front where another program on the same host has
/// cookies of the same names.
package struct CookieNames: Sendable {
    /// Prefixes that browsers hold us to (RFC 6265bis §4.1.3): the first for cookies of the whole host, the other for those
    /// of a path.
    private static let (host, secure) = ("__Host-", "__Secure-")
    private static let longest = 64

    private let ofHost: String
    private let ofPath: String

    package init() { (ofHost, ofPath) = ("", "") }

    /// `money_`, or with one of the prefixes that browsers know: `__Host-money_`. Nil where it is longer than 64 characters,
    /// or has others than letters, digits, `.`, `_` and `-`.
    package init?(prefix: String) {
        guard (1...Self.longest).contains(prefix.utf8.count),
            prefix.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
            })
        else { return nil }
        ofHost = prefix
        guard
            let known = [Self.host, Self.secure].first(where: {
                prefix.lowercased().hasPrefix($0.lowercased())
            })
        else {
            ofPath = prefix
            return
        }
        ofPath = Self.secure + prefix.dropFirst(known.count)
    }

    /// Whether browsers take the cookies with `Secure` alone.
    package var needSecure: Bool { ofPath.hasPrefix(Self.secure) }

    /// Whether browsers take some for a whole host alone.
    package var areOfHost: Bool { ofHost.lowercased().hasPrefix(Self.host.lowercased()) }

    /// The name of a cookie that is sent to `path` and what lies under it.
    package func name(_ name: String, path: String = "/") -> String { (path == "/" ? ofHost : ofPath) + name }
}
