package import Platform

/// An answer. The server adds `Date`, `Content-Length` or `Transfer-Encoding`, and `Connection` by itself, and
/// leaves the body out where the request or the status wants none.
package struct Response: Sendable {
    package enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Part of a file, which the kernel sends without copying it through the program.
        case file(FileSlice)
    }

    package var status: Status
    package var headers: Headers
    package var body: Body

    package init(_ status: Status, headers: Headers = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// 303: the client is to GET `location`, a path or URL that is already percent-encoded.
    package static func seeOther(_ location: String) -> Response {
        Response(.seeOther, headers: ["Location": location])
    }

    package static func text(_ status: Status, _ text: String) -> Response {
        Response(
            status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }

    package static func html(_ status: Status, _ bytes: [UInt8]) -> Response {
        Response(status, headers: ["Content-Type": "text/html; charset=utf-8"], body: .bytes(bytes))
    }

    package static func json(_ status: Status, _ bytes: [UInt8], type: String = "application/json")
        -> Response
    {
        Response(status, headers: ["Content-Type": type], body: .bytes(bytes))
    }

    package mutating func setCookie(_ cookie: Cookie) {
        headers.add("Set-Cookie", cookie.headerValue)
    }
}

extension Response.Body {
    package init(_ bytes: StoredBytes) {
        switch bytes {
        case .memory(let bytes): self = .bytes(bytes)
        case .file(let file): self = .file(FileSlice(of: file))
        }
    }

    /// The whole body in memory: for tests, and for what has to look at an answer.
    package func collected() throws -> [UInt8] {
        switch self {
        case .empty: []
        case .bytes(let bytes): bytes
        case .file(let slice): try slice.read()
        }
    }
}
