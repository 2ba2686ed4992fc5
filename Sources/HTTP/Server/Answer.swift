/// What a handler makes of a request.
package enum Answer: Sendable {
    /// The response is there: the usual case, which costs no task.
    case ready(Response)
    /// The response needs waiting for (a write to the database, a password hash). The work runs as a task on the
    /// connection's event loop, at once up to where it waits. It is cancelled when the connection ends: a reset ends it, but
    /// not a client that only says that it sends no more, since it may still read.
    case pending(@Sendable () async -> Response)

    /// The response, waited for where it has to be.
    package func response() async -> Response {
        switch self {
        case .ready(let response): response
        case .pending(let work): await work()
        }
    }
}
