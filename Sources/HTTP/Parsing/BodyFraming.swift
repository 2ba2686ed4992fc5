/// How the end of a request's body is found (RFC 9112 §6.3).
package enum BodyFraming: Equatable, Sendable {
    /// Bytes; 0 when there is no body. A length beyond `Int` is `Int.max`.
    case length(Int)
    case chunked
}
