/// The work for one request that takes more than the call in which it was read: a response that has to be waited for, or
/// a piece of its body. Belongs to the loop's thread.
///
/// `@unchecked Sendable` is true because its task runs on that thread too, and `EventLoop.expectOwnThread` stops the
/// program where it does not.
final class Handler: @unchecked Sendable {
    enum Work {
        case response(@Sendable () async -> Response)
        /// A piece of the request's body is to be taken.
        case piece(@Sendable () async throws(RequestError) -> ReceivedBody?)
    }

    /// What the request says about its answer.
    let terms: ResponsePlan.Terms
    private var task: Task<Void, Never>?
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

    /// The connection has ended.
    func cancel() { task?.cancel() }
}
