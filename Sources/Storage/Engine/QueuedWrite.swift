import Expenses
import Synchronization

/// A write on its way through the writer thread. Its owner is the queue, and from there on the writer alone.
class QueuedWrite: @unchecked Sendable {
    // Subclasses hold what only the writer thread changes; the queue's lock hands them over.

    /// Whose data it changes; nil where that is nobody's, or is found out on the way.
    let owner: User.ID?

    init(of owner: User.ID?) { self.owner = owner }

    /// Runs the body and keeps its result. May be called again when the transaction of the first run was lost.
    func perform(in stores: Stores) throws { preconditionFailure("every queued write is a PendingWrite") }

    /// Answers the caller: with the failure, or else with the result that `perform` has kept.
    func finish(failure: (any Error)?) { preconditionFailure("every queued write is a PendingWrite") }
}

final class PendingWrite<Value: Sendable>: QueuedWrite, @unchecked Sendable {
    private let body: @Sendable (Stores) throws -> Value
    private let answer: @Sendable (Result<Value, any Error>) -> Void
    private var value: Value?

    init(
        of owner: User.ID?, _ body: @escaping @Sendable (Stores) throws -> Value,
        answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        self.body = body
        self.answer = answer
        super.init(of: owner)
    }

    override func perform(in stores: Stores) throws { value = try body(stores) }

    override func finish(failure: (any Error)?) {
        if let failure { return answer(.failure(failure)) }
        guard let value else { preconditionFailure("a write without a failure has been performed") }
        answer(.success(value))
    }
}
