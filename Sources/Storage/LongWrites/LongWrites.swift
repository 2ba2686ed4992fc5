import Expenses
import Platform
import SQLite
import Synchronization

/// Makes the steps of long writes, one after the other, between the writes of everybody else. Owners take turns; a change
/// whose step fails is set aside with its reason, and no other one notices.
final class LongWrites: Sendable {
    private struct Waiter {
        let write: OwnedLongWrite
        /// Steps and looks that had been put into the queue before: only a later one knows of the change.
        let turn: Int
        let answer: @Sendable () -> Void
    }

    private struct State {
        /// Whether a step is in the writer's queue.
        var isRunning = false
        /// Whether something may have begun since it was put there.
        var isDueAgain = false
        /// Steps and looks that have been put into the queue.
        var turn = 0
        /// Steps that have been made.
        var steps = 0
        /// Whose step was the last one.
        var last: User.ID?
        /// Changes whose last step has failed, with the reason: left out until they are tried again.
        var setAside: [OwnedLongWrite: String] = [:]
        /// Those that have been set aside before, and are tried again, with the reason that was reported.
        var tried: [OwnedLongWrite: String] = [:]
        var waiting: [User.ID: [Waiter]] = [:]
    }

    private let state = Mutex(State())
    private let writer: any WriteQueue
    private let room: RoomForGrowth?
    private let report: @Sendable (String) -> Void
    private let observe: @Sendable (OwnedLongWrite) -> Void

    /// `report` is called with what a host should know, `observe` after each step. `room`: where the database is a file,
    /// whether it may grow.
    init(
        _ writer: any WriteQueue, room: RoomForGrowth?, report: @escaping @Sendable (String) -> Void,
        observe: @escaping @Sendable (OwnedLongWrite) -> Void
    ) {
        self.writer = writer
        self.room = room
        self.report = report
        self.observe = observe
    }

    /// Starts stepping unless running. `tryingAgain`: also what has been set aside.
    func wake(tryingAgain: Bool = false) {
        let starts = state.withLock { state in
            if tryingAgain {
                state.tried.merge(state.setAside) { _, newest in newest }
                state.setAside.removeAll()
            }
            if state.isRunning { state.isDueAgain = true }
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if starts { enqueueStep() }
    }

    /// Calls `answer` when these changes of the owner, which have been begun, are done or have been set aside. They have
    /// been committed, so it tells nothing of how they end.
    func finish(_ writes: [OwnedLongWrite], of owner: User.ID, _ answer: @escaping @Sendable () -> Void) {
        let left = Countdown(writes.count, answer)
        let mustLook = state.withLock { state in
            for write in writes {
                state.waiting[owner, default: []].append(
                    Waiter(write: write, turn: state.turn) { left.countDown() })
            }
            return state.waiting[owner] != nil
        }
        wake()
        // Others of the owner's may have been ended by what has been written, and steps may have been made meanwhile.
        if mustLook { look(of: owner) }
        if writes.isEmpty { answer() }
    }

    /// Answers once so many have come.
    private final class Countdown: Sendable {
        private let left: Mutex<Int>
        private let answer: @Sendable () -> Void

        init(_ count: Int, _ answer: @escaping @Sendable () -> Void) {
            left = Mutex(count)
            self.answer = answer
        }

        func countDown() {
            let isLast = left.withLock { left in
                left -= 1
                return left == 0
            }
            if isLast { answer() }
        }
    }

    /// Steps after which somebody looks whether another copy of the program has made the last step that others wait for here.
    private static let stepsBetweenLooks = 16
    /// Owners that are looked at then; the others follow the next time.
    private static let ownersOfALook = 64

    private func lookAround() {
        let owners: [User.ID] = state.withLock { state in
            guard !state.waiting.isEmpty, state.steps % LongWrites.stepsBetweenLooks == 0 else { return [] }
            let last = state.last?.rawValue ?? 0
            let all = state.waiting.keys.sorted { $0.rawValue < $1.rawValue }
            return Array((all.filter { $0.rawValue > last } + all).prefix(LongWrites.ownersOfALook))
        }
        for owner in Set(owners) { look(of: owner) }
    }

    /// Answers those who wait for what the owner has no more.
    private func look(of owner: User.ID) {
        let turn = state.withLock { state in
            state.turn += 1
            return state.turn
        }
        let look = PendingWrite(of: nil) {
            try Set($0.longWrites.all(of: owner).map { OwnedLongWrite(owner: owner, write: $0.write) })
        } answer: { result in
            // After an error the steps tell.
            if case .success(let left) = result { self.release(owner, besides: left, before: turn) }
        }
        do {
            try writer.enqueue(look, evenIfFull: true)
        } catch {
            stop(error)
        }
    }

    /// Answers the owner's waiters, but for those who have come in that turn or later, and those who wait for one of the
    /// changes that are left and go on.
    private func release(_ owner: User.ID, besides left: Set<OwnedLongWrite>, before turn: Int) {
        let released = state.withLock { state in
            let waiting = state.waiting[owner] ?? []
            func goesOn(_ waiter: Waiter) -> Bool {
                waiter.turn >= turn || (left.contains(waiter.write) && state.setAside[waiter.write] == nil)
            }
            let staying = waiting.filter(goesOn)
            state.waiting[owner] = staying.isEmpty ? nil : staying
            return waiting.filter { !goesOn($0) }
        }
        for waiter in released { waiter.answer() }
    }

    /// Which change a step was of, told also where it fails.
    private final class Turn: Sendable {
        let write = Mutex<OwnedLongWrite?>(nil)
    }

    private func enqueueStep() {
        let (number, last, setAside, tried) = state.withLock { state in
            state.isDueAgain = false
            state.turn += 1
            return (state.turn, state.last, Set(state.setAside.keys), state.tried)
        }
        let turn = Turn()
        let room = room
        let step = PendingWrite(of: nil) { stores -> Set<OwnedLongWrite> in
            let longWrites = stores.longWrites
            guard let next = try longWrites.next(after: last, besides: setAside) else { return [] }
            turn.write.withLock { $0 = next }
            if next.write.needsRoom, let room { try room.expectSome(on: stores.connection) }
            try longWrites.step(next)
            if tried[next] != nil { try longWrites.forgetFailure(of: next) }
            return try Set(
                longWrites.all(of: next.owner).map { OwnedLongWrite(owner: next.owner, write: $0.write) })
        } answer: {
            self.goOn($0, turn.write.withLock { $0 }, number)
        }
        do {
            try writer.enqueue(step, evenIfFull: true)
        } catch {
            stop(error)
        }
    }

    /// `left` is what the owner of the step has still under way. Without a step, there was nothing to do, or nothing could be
    /// done.
    private func goOn(_ left: Result<Set<OwnedLongWrite>, any Error>, _ write: OwnedLongWrite?, _ turn: Int) {
        guard let write else {
            if case .failure(let error) = left { return stop(error) }
            return stop(nil)
        }
        state.withLock { state in
            state.last = write.owner
            state.steps += 1
        }
        observe(write)
        switch left {
        case .success(let left):
            state.withLock { $0.tried[write] = nil }
            release(write.owner, besides: left, before: turn)
        case .failure(let error):
            setAside(write, error)
            // Those who wait for others of the owner's changes go on waiting for them.
            look(of: write.owner)
        }
        lookAround()
        enqueueStep()
    }

    private func setAside(_ write: OwnedLongWrite, _ error: any Error) {
        let reason = LongWrites.reason(for: error)
        let isNew = state.withLock { state in
            state.setAside[write] = reason
            return state.tried.removeValue(forKey: write) != reason
        }
        let isTransient = LongWrites.isTransient(error)
        let note = PendingWrite(of: write.owner) {
            try $0.longWrites.note(failure: reason, of: write, isTransient: isTransient)
        } answer: { _ in
            // Where there is no room for the reason, there is none for the step either, which is tried again.
        }
        try? writer.enqueue(note, evenIfFull: true)
        if isNew {
            report(
                "a change of many rows (\(write.write.kind.rawValue)) of user \(write.owner) cannot go on, and is tried "
                    + "again each minute: \(reason)")
        }
    }

    /// Whether the same step may succeed a minute later, with nothing else changed.
    private static func isTransient(_ error: any Error) -> Bool {
        switch error {
        case AppError.storageFull, AppError.busy, AppError.unreachable: true
        case let error as SQLiteError: !error.isConstraint
        case is AppError, is ImportSteps.NotWhole: false
        default: false
        }
    }

    /// In words, for the host and for the owner.
    private static func reason(for error: any Error) -> String {
        switch error {
        case AppError.storageFull: "the disk is full"
        case AppError.busy, AppError.unreachable: "the database does not answer"
        case AppError.notFound: "a category that it needs is gone"
        default: "\(error)"
        }
    }

    /// Without an error: nothing is left to do. After one, steps go on at the next `wake`.
    private func stop(_ error: (any Error)?) {
        let (goesOn, waiting): (Bool, [Waiter]) = state.withLock { state in
            if error == nil, state.isDueAgain { return (true, []) }
            state.isRunning = false
            defer { state.waiting.removeAll() }
            return (false, state.waiting.values.flatMap { $0 })
        }
        if goesOn { return enqueueStep() }
        for waiter in waiting { waiter.answer() }
    }
}

extension LongWrite {
    /// Whether its steps make the database larger.
    fileprivate var needsRoom: Bool {
        switch self {
        case .addImport, .readTags, .bulkChange, .recordRepeating, .countMonths: true
        case .undoImport, .takeBackImport, .mergeCategory, .readDescriptions, .undoBulkChange, .removeUser:
            false
        }
    }
}
