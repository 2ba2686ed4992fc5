import HTTP

extension Request {
    /// The path and query of the page of this site that led here; nil where the browser does not tell one
    /// (RFC 9110 §10.1.3).
    var referrer: String? {
        guard let referer = headers["Referer"], let host = headers["Host"],
            let scheme = ["http://", "https://"].first(where: { referer.hasPrefix($0 + host + "/") })
        else { return nil }
        return LocalPath.check(String(referer.dropFirst(scheme.count + host.count)))
    }
}
