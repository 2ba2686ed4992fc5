/// The readers of single fields and of paths take any text, and what they give keeps their promises.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    if let seconds = HTTPDate.parse(text, now: 0) {
        precondition(HTTPDate.parse(HTTPDate.format(seconds), now: 0) == seconds)
    }
    for size in [0, 1, 1000] {
        if case .part(let range) = ByteRange(text, size: size) {
            precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= size)
        }
    }
    _ = AcceptEncoding.accepts("gzip", in: text)
    _ = Cookie.values(of: "a", in: text)
    _ = MediaType.essence(of: text)
    _ = MediaType.parameter("boundary", of: text)
    if let decoded = PercentEncoding.decode(text) {
        precondition(PercentEncoding.decode(PercentEncoding.encodePathSegment(decoded)) == decoded)
    }
    _ = router.match(.get, text)
    guard text.utf8.allSatisfy({ $0 != 0 && $0 != 10 && $0 != 13 }) else { return 0 }
    let validators = Validators(entityTag: "\"a\"", lastModified: 0)
    _ = Preconditions(["If-Match": text]).evaluate(validators)
    _ = Preconditions(["If-None-Match": text, "If-Modified-Since": text]).evaluate(validators)
    for name in ["Forwarded", "X-Forwarded-For"] {
        let origin = ForwardedOrigin(
            headers: [name: text], peer: "127.0.0.1",
            trusted: ["127.0.0.1", "::1"].compactMap { IPNetwork($0) })
        precondition(IPAddress.canonical(origin.address) == origin.address)
        precondition(origin.scheme == "http" || origin.scheme == "https")
    }
    return 0
}

private let router = Router([(.get, "/"), (.get, "/a/{b}"), (.post, "/{c}/d"), (.get, "/a/b/{e}")])
