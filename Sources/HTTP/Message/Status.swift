/// A status code with its reason phrase (RFC 9110 §15, RFC 6585).
package struct Status: Hashable, Sendable {
    /// 100…599.
    package let code: Int
    package let reason: String
    /// The status line of an answer (RFC 9112 §4).
    let line: [UInt8]

    package init(code: Int, reason: String) {
        precondition((100...599).contains(code), "a status code has three digits, 100 to 599")
        self.code = code
        self.reason = reason
        line = Array("HTTP/1.1 \(code) \(reason)\r\n".utf8)
    }

    package static func == (a: Status, b: Status) -> Bool { a.code == b.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// Whether an answer with this status can have a body at all (RFC 9112 §6.3 rule 1).
    package var allowsBody: Bool { code >= 200 && code != 204 && code != 304 }
}

extension Status {
    package static let ok = Status(code: 200, reason: "OK")
    package static let created = Status(code: 201, reason: "Created")
    package static let noContent = Status(code: 204, reason: "No Content")
    package static let partialContent = Status(code: 206, reason: "Partial Content")

    package static let seeOther = Status(code: 303, reason: "See Other")
    package static let notModified = Status(code: 304, reason: "Not Modified")

    package static let badRequest = Status(code: 400, reason: "Bad Request")
    package static let unauthorized = Status(code: 401, reason: "Unauthorized")
    package static let forbidden = Status(code: 403, reason: "Forbidden")
    package static let notFound = Status(code: 404, reason: "Not Found")
    package static let methodNotAllowed = Status(code: 405, reason: "Method Not Allowed")
    package static let requestTimeout = Status(code: 408, reason: "Request Timeout")
    package static let conflict = Status(code: 409, reason: "Conflict")
    package static let preconditionFailed = Status(code: 412, reason: "Precondition Failed")
    package static let contentTooLarge = Status(code: 413, reason: "Content Too Large")
    package static let uriTooLong = Status(code: 414, reason: "URI Too Long")
    package static let unsupportedMediaType = Status(code: 415, reason: "Unsupported Media Type")
    package static let rangeNotSatisfiable = Status(code: 416, reason: "Range Not Satisfiable")
    package static let expectationFailed = Status(code: 417, reason: "Expectation Failed")
    package static let unprocessableContent = Status(code: 422, reason: "Unprocessable Content")
    package static let tooManyRequests = Status(code: 429, reason: "Too Many Requests")
    package static let headerFieldsTooLarge = Status(code: 431, reason: "Request Header Fields Too Large")

    package static let internalServerError = Status(code: 500, reason: "Internal Server Error")
    package static let notImplemented = Status(code: 501, reason: "Not Implemented")
    package static let serviceUnavailable = Status(code: 503, reason: "Service Unavailable")
    package static let httpVersionNotSupported = Status(code: 505, reason: "HTTP Version Not Supported")
    package static let insufficientStorage = Status(code: 507, reason: "Insufficient Storage")
}
