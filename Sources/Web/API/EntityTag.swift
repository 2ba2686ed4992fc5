import Crypto
import HTTP

/// The strong `ETag` of a representation: what it is, and nothing else, decides it.
enum EntityTag {
    static func of(_ body: [UInt8]) -> String {
        "\"" + Base64URL.encode(Array(SHA256.hash(body).prefix(12))) + "\""
    }

    /// Throws a `Problem` with status 412 where `If-Match` names other states than this one (RFC 9110 §13.1.1).
    static func check(_ request: Request, against current: [UInt8]) throws(Problem) {
        guard Preconditions(request.headers).allowsChange(of: of(current)) else {
            throw Problem(.preconditionFailed, "It has been changed meanwhile. Nothing was changed now.")
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
