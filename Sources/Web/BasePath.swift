import HTTP

/// Where the app stands on a host that it shares, such as `/money`.
///
/// Nothing inside knows of it: requests lose it when they come in, cookies and redirects get it when they go out, and
/// templates write it before every address (`TemplateLibrary`). So a proxy may take it off, or leave it there.
package struct BasePath: Sendable {
    /// Empty, or segments each with a `/` before it.
    package let text: String

    package init() { text = "" }

    /// `/money`, or several segments; a `/` at the end means nothing. Nil for more than 256 bytes, and for segments of others
    /// than RFC 3986's unreserved characters (§2.3), of dots alone, or of none.
    package init?(_ text: String) {
        let path = text.hasSuffix("/") ? text.dropLast() : text[...]
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.isEmpty || path.hasPrefix("/"), path.utf8.count <= 256,
            segments.dropFirst().allSatisfy({ segment in
                segment.contains { $0 != "." }
                    && segment.unicodeScalars.allSatisfy {
                        $0.isASCII
                            && ($0.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains($0))
                    }
            })
        else { return nil }
        self.text = String(path)
    }

    /// Whether it begins as addresses of ours do: with a proxy that takes the base path off, those could mean either.
    package var isTaken: Bool { text.split(separator: "/").first.map(Self.taken.contains) ?? false }

    /// The first segments of our addresses.
    package static let taken: Set<Substring> = [
        "account", "api", "categories", "categories.csv", "categories.json", "expenses", "expenses.csv",
        "expenses.json", "healthz", "language", "login", "logout", "manifest.webmanifest", "offline",
        "readyz",
        "refresh", "register", "repeating", "rules", "static", "summary", "tags", "targets", "worker.js",
    ]

    /// From what is asked for, and from the page that led there.
    func removed(from request: Request) -> Request {
        guard !text.isEmpty else { return request }
        var request = request
        if let rest = rest(of: request.target) { request.target = rest }
        guard let referrer = request.headers["Referer"],
            let authority = referrer.firstRange(of: "://")?.upperBound,
            let path = referrer[authority...].firstIndex(of: "/"),
            let rest = rest(of: String(referrer[path...]))
        else { return request }
        request.headers["Referer"] = referrer[..<path] + rest
        return request
    }

    /// A path of this site, with or without it.
    func removed(from path: String) -> String { text.isEmpty ? path : rest(of: path) ?? path }

    /// To redirects and cookies. `elsewhere` is an address of somebody else's on the same host.
    func add(to response: inout Response, elsewhere: String?) {
        guard !text.isEmpty else { return }
        if let location = response.headers["Location"], location.hasPrefix("/"), location != elsewhere {
            response.headers["Location"] = text + location
        }
        let cookies = response.headers.values("Set-Cookie")
        guard !cookies.isEmpty else { return }
        response.headers["Set-Cookie"] = nil
        for cookie in cookies {
            let all = cookie.replacing("; Path=/;", with: "; Path=\(text);", maxReplacements: 1)
            response.headers.add(
                "Set-Cookie",
                all != cookie
                    ? all : cookie.replacing("; Path=/", with: "; Path=\(text)/", maxReplacements: 1))
        }
    }

    /// What follows it in a path with a query; nil for a path of another kind.
    private func rest(of target: String) -> String? {
        guard target.hasPrefix(text) else { return nil }
        let rest = target.dropFirst(text.count)
        switch rest.first {
        case nil: return "/"
        case "?": return "/" + rest
        case "/": return String(rest)
        default: return nil
        }
    }
}
