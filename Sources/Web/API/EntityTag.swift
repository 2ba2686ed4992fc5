import Crypto
import HTTP

/// The strong `ETag` of a representation: what it is, and nothing else, decides it.
enum EntityTag {
    static func of(_ body: [UInt8]) -> String {
        "\"" + Base64URL.encode(Array(SHA256.hash(body).prefix(12))) + "\""
    }

    /// Throws a `Problem` with status 412 where `If-Match` names other states than this one, or `If-None-Match` this one
    /// (RFC 9110 §13.1.1, §13.1.2).
    static func check(_ request: Request, against current: [UInt8]) throws(Problem) {
        let (preconditions, tag) = (Preconditions(request.headers), of(current))
        guard preconditions.allowsChange(of: tag) else {
            throw Problem(.preconditionFailed, "It has been changed meanwhile. Nothing was changed now.")
        }
        guard !preconditions.isKnown(tag) else {
            throw Problem(.preconditionFailed, "If-None-Match names its state. Nothing was changed.")
        }
    }

    /// The answer to a GET: 304 where the client has it already.
    static func response(_ request: Request, _ body: [UInt8]) -> Response {
        let tag = of(body)
        if Preconditions(request.headers).isKnown(tag) {
            return Response(.notModified, headers: ["ETag": tag])
        }
        return .tagged(.ok, body)
    }
}
