import Expenses
import HTTP
import Platform
import Storage

/// Searches for a text, on a thread of their own: users take turns, and each may have a few waiting.
final class Searches: Sendable {
    private static let maxWaiting = 64
    private static let maxWaitingPerUser = 8

    private let workers = WorkerPool(
        threads: 1, queue: Searches.maxWaiting, queuePerOwner: Searches.maxWaitingPerUser)

    private static let fields = FilterQuery.conditions.filter { $0.isSearch }
        .flatMap { $0.parameters }.map(\.name)

    /// Whether the request asks for one.
    static func isWanted(by request: Request) -> Bool {
        request.query.fields.contains { fields.contains($0.name) && !$0.value.isEmpty }
    }

    /// Runs the search when it is the user's turn. Throws `WorkerPool.Full`, and what the search throws.
    func run<Value: Sendable>(
        for user: User.ID, _ search: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await workers.run(for: "user \(user)", search)
    }
}
