extension Response {
    /// A smaller page fits in one packet anyway.
    private static let leastCompressed = 1024
    /// A larger one would hold the thread that has made it for more than a millisecond.
    private static let mostCompressed = 256 * 1024

    /// Compresses a page (`text/html`, in memory) for a client that takes gzip (RFC 9110 §12.5.3).
    ///
    /// Pages alone: static files have a compressed form of their own, and the API's answers have strong entity tags. The
    /// length of a page tells another site nothing (BREACH): what must stay secret in one, such as the id of a form, is
    /// another in the next, and cookies are not sent along with what other sites load.
    package mutating func compressPage(for request: Request) {
        guard case .bytes(let bytes) = body, headers["Content-Type"]?.hasPrefix("text/html") == true,
            (Self.leastCompressed...Self.mostCompressed).contains(bytes.count)
        else { return }
        headers.add("Vary", "Accept-Encoding")
        guard let codings = request.headers["Accept-Encoding"], AcceptEncoding.accepts("gzip", in: codings),
            let compressed = Gzip.compress(bytes, .least)
        else { return }
        body = .bytes(compressed)
        headers.add("Content-Encoding", "gzip")
    }
}
