/// Why a request cannot be served: the status to answer with, and a sentence for the log and the plain answer
/// that says what was wrong and repeats nothing of what was sent.
package struct RequestError: Error, Equatable {
    package var status: Status
    package var reason: String
    /// The path that was asked for, percent-encoded; nil where it could not be read.
    package var path: String?
    /// Its head, where that was read before something was wrong; nobody has read its body.
    package var request: Request? {
        didSet { path = request?.path }
    }
    /// What was exceeded, in bytes; nil where it is not a body's length.
    package private(set) var limit: Int?

    package init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    /// 413 that names the limit, in bytes.
    static func bodyTooLarge(_ limit: Int) -> RequestError {
        var error = RequestError(
            .contentTooLarge, "What was sent is larger than \(words(limit)), the limit here.")
        error.limit = limit
        return error
    }

    /// Whose request it was makes no difference.
    package static func == (left: RequestError, right: RequestError) -> Bool {
        left.status == right.status && left.reason == right.reason && left.path == right.path
            && left.limit == right.limit
    }

    /// "16 MiB"
    package static func words(_ bytes: Int) -> String {
        for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where bytes >= size && bytes % size == 0 {
            return "\(bytes / size) \(unit)"
        }
        return "\(bytes) bytes"
    }
}
