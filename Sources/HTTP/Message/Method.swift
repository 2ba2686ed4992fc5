/// A request method of RFC 9110 §9, RFC 5789 or the draft of QUERY: the ones this server knows. A request with any other is
/// answered 501 before a handler sees it.
package enum Method: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
    case options = "OPTIONS"
    case patch = "PATCH"
    case trace = "TRACE"
    case connect = "CONNECT"
    case query = "QUERY"

    package var token: String { rawValue }
    package var description: String { rawValue }

    /// Whether the method only reads (RFC 9110 §9.2.1), so that a client may send it again unasked.
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace, .query: true
        case .post, .put, .delete, .patch, .connect: false
        }
    }
}

extension Method {
    /// Reads the method's token at the start of a request line; nil when it is none of ours.
    init?(token: Span<UInt8>) {
        switch token.count {
        case 3 where token.isEqual(to: "GET"): self = .get
        case 3 where token.isEqual(to: "PUT"): self = .put
        case 4 where token.isEqual(to: "HEAD"): self = .head
        case 4 where token.isEqual(to: "POST"): self = .post
        case 5 where token.isEqual(to: "QUERY"): self = .query
        case 5 where token.isEqual(to: "PATCH"): self = .patch
        case 5 where token.isEqual(to: "TRACE"): self = .trace
        case 6 where token.isEqual(to: "DELETE"): self = .delete
        case 7 where token.isEqual(to: "OPTIONS"): self = .options
        case 7 where token.isEqual(to: "CONNECT"): self = .connect
        default: return nil
        }
    }
}
