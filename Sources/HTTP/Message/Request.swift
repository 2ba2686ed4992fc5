package import Platform

/// A complete request: its head and its whole body.
///
/// It is cheap to make and to pass on: the head stays bytes until a part of it is asked for.
package struct Request: Sendable {
    private enum Target {
        case received(RequestHead)
        case made(String)
    }

    package var method: Method
    private var storedTarget: Target
    package var headers: Headers
    /// Empty where `received` has it.
    package var body: [UInt8]
    /// A body that was taken while it arrived.
    package var received: ReceivedBody?

    /// The peer's IP address as text, without a port. Behind a proxy, the proxy's: see `ForwardedOrigin`.
    package var peer: String

    /// A request that did not come over the wire: for tests, and to dispatch one again inside.
    package init(
        method: Method, target: String, headers: Headers = [:], body: [UInt8] = [], peer: String = "127.0.0.1"
    ) {
        self.method = method
        self.storedTarget = .made(target)
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    init(method: Method, head: RequestHead, body: [UInt8], _ received: ReceivedBody?, peer: String) {
        self.method = method
        self.storedTarget = .received(head)
        self.headers = Headers(of: head)
        self.body = body
        self.received = received
        self.peer = peer
    }

    /// In origin form, as received: path and query, such as `/expenses?year=2026`; or `*`, of `OPTIONS *`.
    package var target: String {
        get {
            switch storedTarget {
            case .received(let head): head.target
            case .made(let target): target
            }
        }
        set { storedTarget = .made(newValue) }
    }

    /// The target's path without the query, still percent-encoded.
    package var path: String {
        switch storedTarget {
        case .received(let head): head.path
        case .made(let target): String(target.prefix { $0 != "?" })
        }
    }

    /// The target's query, parsed when asked for.
    package var query: FormData {
        let target = target
        let bytes = target.utf8.span
        guard let mark = bytes.firstIndex(of: Byte.question) else { return FormData() }
        return FormData(urlEncoded: bytes.extracting((mark + 1)...))
    }

    /// Every cookie of that name, in the order sent, which is the most specific path first (RFC 6265 §5.4).
    package func cookies(_ name: String) -> [String] {
        headers.values("Cookie").flatMap { Cookie.values(of: name, in: $0) }
    }

    package func cookie(_ name: String) -> String? {
        for header in headers.values("Cookie") {
            if let value = Cookie.values(of: name, in: header).first { return value }
        }
        return nil
    }

    /// The body as it was sent, in memory or in a file.
    package var storedBody: StoredBytes {
        if case .bytes(let bytes) = received { bytes } else { .memory(body) }
    }

    /// The body as `multipart/form-data`, with a file in that field. Throws a `RequestError`: 415 for a body of another type,
    /// 400 for one that does not hold what its type says, 413 for too many parts.
    package func uploadedForm(fileField: String) throws -> UploadedForm {
        if case .form(let form) = received { return form }
        var writer = try UploadedFormWriter(
            contentType: headers["Content-Type"], fileField: fileField, TemporaryWriter(to: .memory, for: ""))
        try writer.write(body)
        return try writer.finish()
    }

    /// The body as `application/x-www-form-urlencoded`. An empty body without a type is an empty form; any
    /// other type throws a `RequestError` with status 415, and too many fields one with 413.
    package func form() throws(RequestError) -> FormData {
        guard let type = headers["Content-Type"] else {
            if body.isEmpty { return FormData() }
            throw RequestError(.unsupportedMediaType, "A form needs a Content-Type.")
        }
        let form = "application/x-www-form-urlencoded"
        guard type == form || MediaType.essence(of: type) == form else {
            throw RequestError(.unsupportedMediaType, "The form is not application/x-www-form-urlencoded.")
        }
        // Counted before any of them is taken apart.
        guard body.count(where: { $0 == Byte.ampersand }) < FormData.maxFields else {
            throw RequestError(.contentTooLarge, "A form can have \(FormData.maxFields) fields at most.")
        }
        return FormData(urlEncoded: body)
    }
}
