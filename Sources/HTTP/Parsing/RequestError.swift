/// Why a request cannot be served: the status to answer with, and a sentence for the log and the plain answer
/// that says what was wrong and repeats nothing of what was sent.
package struct RequestError: Error, Equatable {
    package var status: Status
    package var reason: String
    /// The path that was asked for, percent-encoded; nil where it could not be read.
    package var path: String?

    package init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
