import Synchronization

/// What every connection of a server needs to know. A class, since each connection's task holds it in several places
/// at once.
final class Service: Sendable {
    let limits: Limits
    let deadlines: Deadlines
    let maximumBodySize: @Sendable (Method, _ path: String) -> Int
    let errorResponse: @Sendable (RequestError) -> Response
    let respond: @Sendable (Request) async -> Response
    let log: @Sendable (String) -> Void
    let bodies: BodyBudget

    init(
        _ configuration: Server.Configuration,
        errorResponse: @escaping @Sendable (RequestError) -> Response,
        respond: @escaping @Sendable (Request) async -> Response
    ) {
        limits = configuration.limits
        deadlines = Deadlines(configuration.limits)
        maximumBodySize = configuration.maximumBodySize
        log = configuration.onLog
        bodies = BodyBudget(limit: configuration.limits.bodiesInTotal)
        self.errorResponse = errorResponse
        self.respond = respond
    }
}

/// The memory that request bodies may take, all connections together.
final class BodyBudget: Sendable {
    private let limit: Int
    private let taken = Atomic(0)

    /// `limit` in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// One request's part of it, given back when it goes out of scope.
    struct Share: ~Copyable {
        private let budget: BodyBudget
        private var size = 0

        init(of budget: BodyBudget) {
            self.budget = budget
        }

        deinit {
            if size > 0 { budget.taken.subtract(size, ordering: .relaxed) }
        }

        /// Throws 503 when there is no more for all together.
        mutating func grow(to newSize: Int) throws(RequestError) {
            let (_, total) = budget.taken.add(newSize - size, ordering: .relaxed)
            size = newSize
            guard total <= budget.limit else {
                throw RequestError(.serviceUnavailable, "Too much is being sent to the server at once.")
            }
        }
    }
}
