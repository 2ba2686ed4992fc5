/// The work for one request that takes more than the call in which it was read: a response that has to be waited for, or
/// a stream. Belongs to the loop's thread.
///
/// `@unchecked Sendable` is true because its task runs on that thread too, and `EventLoop.expectOwnThread` stops the
/// program where it does not.
final class Handler: @unchecked Sendable {
    enum Work {
        case response(@Sendable () async -> Response)
        case stream(ResponseStream)
        /// A piece of the request's body is to be taken.
        case piece(@Sendable () async throws(RequestError) -> ReceivedBody?)
    }

    /// What the request says about its answer.
    let terms: ResponsePlan.Terms
    private var task: Task<Void, Never>?
    /// The stream waits until what it has written is on its way.
    private var waiter: CheckedContinuation<Void, any Error>?
    private var hasEnded = false

    init(_ terms: ResponsePlan.Terms) {
        self.terms = terms
    }

    /// The task that does the work; one that is over already is not kept.
    func keep(_ task: Task<Void, Never>) {
        if !hasEnded { self.task = task }
    }

    func end() {
        hasEnded = true
        task = nil
    }

    func wait(_ waiter: CheckedContinuation<Void, any Error>) { self.waiter = waiter }

    func takeWaiter() -> CheckedContinuation<Void, any Error>? { waiter.take() }

    /// The connection has ended.
    func cancel() {
        task?.cancel()
        waiter.take()?.resume(throwing: ConnectionLost())
    }
}

/// A stream cannot be written any further: its client has gone, or the server stops.
struct ConnectionLost: Error {}

/// A body that is written piece by piece.
struct ResponseStream {
    let write: @Sendable (inout BodyWriter) async throws -> Void
    let isChunked: Bool
    let persistence: ResponsePlan.Persistence
}
