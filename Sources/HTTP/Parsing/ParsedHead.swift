/// A head that is complete and unambiguous.
package struct ParsedHead: ~Copyable {
    package let method: Method
    private let head: RequestHead
    package let framing: BodyFraming
    package let isHTTP10: Bool
    /// Whether the client wants to use the connection again (RFC 9112 §9.3).
    package let keepsAlive: Bool
    /// Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 §10.1.1).
    package let expectsContinue: Bool
    /// Of a target in absolute form: it replaces `Host` (RFC 9112 §3.2.2).
    private let authority: RequestHead.Extent?

    init(
        line: RequestLine, framing fields: FramingFields, head: RequestHead
    ) throws(RequestError) {
        let isHTTP10 = line.isHTTP10
        let framing = try fields.framing(isHTTP10: isHTTP10)
        try fields.checkHost(isHTTP10: isHTTP10)
        if fields.hasUnknownExpectation && !isHTTP10 {
            throw RequestError(.expectationFailed, "The only expectation known here is 100-continue.")
        }
        method = line.method
        authority = line.authority
        self.head = head
        self.framing = framing
        self.isHTTP10 = isHTTP10
        keepsAlive = fields.keepsAlive(isHTTP10: isHTTP10)
        expectsContinue = fields.expectsContinue && !isHTTP10
    }

    package func request(body: [UInt8], _ received: ReceivedBody? = nil, peer: String) -> Request {
        var request = Request(method: method, head: head, body: body, received, peer: peer)
        guard let authority else { return request }
        request.headers["Host"] = head.text(authority)
        let target = head.target
        if !target.hasPrefix("/") {
            request.target = target.isEmpty && method == .options ? "*" : "/" + target
        }
        return request
    }

    /// Gives back what `RequestParser` was given, once the request has been dealt with.
    consuming func releaseHead() -> RequestHead { head }
}
