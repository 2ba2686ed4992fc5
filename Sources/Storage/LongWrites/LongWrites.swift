import Expenses
import Synchronization

/// Makes the steps of long writes, one after the other, between the writes of everybody else.
final class LongWrites: Sendable {
    private struct State {
        /// Whether a step is in the writer's queue.
        var isRunning = false
        /// Whether something may have begun since it was put there.
        var isDueAgain = false
        /// Whose step was the last one.
        var last: User.ID?
        /// Those who wait until an owner has no long write left.
        var waiting: [User.ID: [CheckedContinuation<Void, any Error>]] = [:]
    }

    private let state = Mutex(State())
    private let writer: any WriteQueue

    init(_ writer: any WriteQueue) {
        self.writer = writer
    }

    /// Sets off what there is to do.
    func wake() {
        let last: User.ID?? = state.withLock { state in
            guard !state.isRunning else {
                state.isDueAgain = true
                return nil
            }
            state.isRunning = true
            return .some(state.last)
        }
        if let last { enqueueStep(after: last) }
    }

    /// Returns when the owner has no long write left. Throws what has kept the steps from going on.
    func finish(of owner: User.ID) async throws {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.waiting[owner, default: []].append(continuation) }
            wake()
        }
    }

    /// What a step has found.
    private struct Outcome: Sendable {
        /// Whose step it was; nil where nothing was to do.
        let owner: User.ID?
        let isOwnerDone: Bool
    }

    private func enqueueStep(after owner: User.ID?) {
        state.withLock { $0.isDueAgain = false }
        let step = PendingWrite(of: nil) { stores in
            let longWrites = stores.longWrites
            guard let owner = try longWrites.step(after: owner) else {
                return Outcome(owner: nil, isOwnerDone: true)
            }
            return Outcome(owner: owner, isOwnerDone: try !longWrites.isAnyUnderWay(of: owner))
        } answer: {
            self.goOn($0)
        }
        do {
            try writer.enqueue(step)
        } catch {
            stop(error)
        }
    }

    private func goOn(_ result: Result<Outcome, any Error>) {
        let outcome: Outcome
        switch result {
        case .failure(let error): return stop(error)
        case .success(let value): outcome = value
        }
        guard let owner = outcome.owner else { return stop(nil) }
        let done = state.withLock { state in
            state.last = owner
            return outcome.isOwnerDone ? state.waiting.removeValue(forKey: owner) ?? [] : []
        }
        for continuation in done { continuation.resume() }
        enqueueStep(after: owner)
    }

    /// Without an error: nothing is left to do. After one, steps go on at the next `wake`.
    private func stop(_ error: (any Error)?) {
        typealias Waiting = [CheckedContinuation<Void, any Error>]
        let (goesOn, waiting): (Bool, Waiting) = state.withLock { state in
            if error == nil, state.isDueAgain { return (true, []) }
            state.isRunning = false
            defer { state.waiting.removeAll() }
            return (false, state.waiting.values.reduce(into: []) { $0 += $1 })
        }
        if goesOn { return enqueueStep(after: nil) }
        for continuation in waiting {
            if let error { continuation.resume(throwing: error) } else { continuation.resume() }
        }
    }
}
