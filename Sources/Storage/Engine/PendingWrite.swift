import Expenses

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
