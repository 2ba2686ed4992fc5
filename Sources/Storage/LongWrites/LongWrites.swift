import Expenses
import Synchronization

/// Makes the steps of long writes, one after the other, between the writes of everybody else. Owners take turns; a step that
/// fails sets its owner's writes aside, and nobody else's.
final class LongWrites: Sendable {
    private struct State {
        /// Whether a step is in the writer's queue.
        var isRunning = false
        /// Whether something may have begun since it was put there.
        var isDueAgain = false
        /// Whose step was the last one.
        var last: User.ID?
        /// Owners whose last step has failed: left out until the next `wake`.
        var setAside: Set<User.ID> = []
        /// The reasons that have been reported.
        var reasons: [User.ID: String] = [:]
        /// Those who wait until an owner has no long write left.
        var waiting: [User.ID: [CheckedContinuation<Void, any Error>]] = [:]
    }

    private let state = Mutex(State())
    private let writer: any WriteQueue
    private let report: @Sendable (String) -> Void

    /// `report` is called with what a host should know.
    init(_ writer: any WriteQueue, report: @escaping @Sendable (String) -> Void) {
        self.writer = writer
        self.report = report
    }

    /// Starts stepping unless running, and tries again what was set aside.
    func wake() {
        let last: User.ID?? = state.withLock { state in
            state.setAside.removeAll()
            guard !state.isRunning else {
                state.isDueAgain = true
                return nil
            }
            state.isRunning = true
            return .some(state.last)
        }
        if let last { enqueueStep(after: last) }
    }

    /// Returns when the owner has no long write left. Throws what has kept the owner's steps from going on.
    func finish(of owner: User.ID) async throws {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.waiting[owner, default: []].append(continuation) }
            wake()
            lookWhetherDone(owner)
        }
    }

    /// What is small has been done by the write that began it, before anybody waited for its end.
    private func lookWhetherDone(_ owner: User.ID) {
        let look = PendingWrite(of: owner) {
            try !$0.longWrites.isAnyUnderWay(of: owner)
        } answer: { result in
            if case .success(true) = result { self.release(owner, .success(())) }
        }
        // With a full queue, the steps tell.
        try? writer.enqueue(look)
    }

    private func release(_ owner: User.ID, _ result: Result<Void, any Error>) {
        let waiting = state.withLock { $0.waiting.removeValue(forKey: owner) ?? [] }
        for continuation in waiting { continuation.resume(with: result) }
    }

    /// Whose step it is, told also where the step fails.
    private final class Turn: Sendable {
        let owner = Mutex<User.ID?>(nil)
    }

    private func enqueueStep(after owner: User.ID?) {
        let setAside = state.withLock { state in
            state.isDueAgain = false
            return state.setAside
        }
        let turn = Turn()
        let step = PendingWrite(of: nil) { stores in
            let longWrites = stores.longWrites
            guard let next = try longWrites.next(after: owner, besides: setAside) else { return true }
            turn.owner.withLock { $0 = next }
            try longWrites.step(of: next)
            return try !longWrites.isAnyUnderWay(of: next)
        } answer: {
            self.goOn($0, turn.owner.withLock { $0 })
        }
        do {
            try writer.enqueue(step)
        } catch {
            stop(error)
        }
    }

    /// `isDone`: the owner has no long write left. Without an owner, there was nothing to do, or nothing could be done.
    private func goOn(_ isDone: Result<Bool, any Error>, _ owner: User.ID?) {
        guard let owner else {
            if case .failure(let error) = isDone { return stop(error) }
            return stop(nil)
        }
        state.withLock { $0.last = owner }
        switch isDone {
        case .success(let isDone):
            state.withLock { $0.reasons[owner] = nil }
            if isDone { release(owner, .success(())) }
        case .failure(let error):
            setAside(owner, error)
            release(owner, .failure(error))
        }
        enqueueStep(after: owner)
    }

    private func setAside(_ owner: User.ID, _ error: any Error) {
        let reason = "\(error)"
        let isNew = state.withLock { state in
            state.setAside.insert(owner)
            return state.reasons.updateValue(reason, forKey: owner) != reason
        }
        if isNew {
            report(
                "a change of many rows of user \(owner) cannot go on, and is tried again each minute: \(reason)"
            )
        }
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
