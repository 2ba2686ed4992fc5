/// A descriptor that an event loop watches: what is known of its readiness, and the one task that may wait for it.
/// Belongs to the loop's thread.
@safe
final class Watch {
    enum Interest {
        case reading
        case writing
        /// Only time is to pass.
        case nothing
    }

    /// What may end a wait before its deadline.
    enum EarlyEnd: Equatable {
        case nothing
        /// Nothing is lost if it ends: when its place is needed, and soon after the server has been told to stop.
        case idle
        /// Only the order to stop.
        case stop
    }

    enum Wake {
        case ready
        /// The deadline has passed, or the loop wants the waiting to end: the server stops, or a place is needed.
        case ended
    }

    let number: Int32
    let token: EventLoop.Token
    /// The loop holds its watches as well, until `unwatch`.
    private let loop: EventLoop

    /// Edge-triggered, readiness lasts until a call has found nothing left, which `exhausted` tells.
    private(set) var isReadable = false
    private(set) var isWritable = true
    /// The peer sends no more.
    private(set) var endsReading = false
    private(set) var isGone = false

    private var continuation: UnsafeContinuation<Wake, Never>?
    /// In place of the continuation, when no task waits.
    private var parked: ((Wake) -> Void)?
    private var interest = Interest.reading
    /// In the loop's milliseconds: when the waiting is to end.
    private(set) var deadline = Int64.max
    /// When a timer of the loop will look at the deadline: not later than it, perhaps earlier, so that moving a
    /// deadline away costs nothing.
    private var alarm = Int64.max
    /// Since when it has been waiting, in the loop's milliseconds.
    private(set) var waitingSince: Int64 = 0
    private var earlyEnd = EarlyEnd.nothing
    /// The task that uses the descriptor; it outlives the watch, or parks it.
    private var task: UnsafeCurrentTask?

    init(_ number: Int32, token: EventLoop.Token, loop: EventLoop) {
        self.number = number
        self.token = token
        self.loop = loop
    }

    /// Waits for readiness, until `deadline` at the latest.
    func wait(
        for interest: Interest, until deadline: Int64, endingAt earlyEnd: EarlyEnd = .nothing
    ) async -> Wake {
        if isReady(for: interest) { return .ready }
        self.interest = interest
        self.earlyEnd = earlyEnd
        waitingSince = loop.now
        setDeadline(deadline)
        let wake = await unsafe withUnsafeContinuation { unsafe continuation = $0 }
        self.earlyEnd = .nothing
        self.deadline = .max
        return wake
    }

    /// Waits as `wait` does for reading, idle, but without a task: the one that is running may end.
    func park(until deadline: Int64, then resume: @escaping (Wake) -> Void) {
        unsafe task = nil
        if isReady(for: .reading) { return resume(.ready) }
        interest = .reading
        earlyEnd = .idle
        waitingSince = loop.now
        parked = resume
        setDeadline(loop.stop.map { min($0.farewell, deadline) } ?? deadline)
    }

    var isIdle: Bool { earlyEnd == .idle }

    /// To be told after a call that found nothing more to read, or no room to write.
    func exhausted(_ interest: Interest) {
        switch interest {
        case .reading: isReadable = endsReading || isGone
        case .writing: isWritable = isGone
        case .nothing: break
        }
    }

    /// Remembers the running task, so that it is cancelled when the peer goes away while it does not look.
    func adoptCurrentTask() {
        unsafe withUnsafeCurrentTask { unsafe task = $0 }
    }
}

/// What the loop tells a watch.
extension Watch {
    func note(_ event: Poller.Event) {
        if event.isReadable { isReadable = true }
        if event.isWritable { isWritable = true }
        if event.endsReading { endsReading = true }
        if event.isGone {
            isGone = true
            if unsafe continuation == nil { unsafe task?.cancel() }
        }
        if isReady(for: interest) { resume(.ready) }
    }

    /// The alarm went off. Ends the waiting, or sets the next alarm if the deadline has moved.
    func alarmed(at time: Int64) {
        // An alarm that an earlier one has replaced.
        guard time == alarm else { return }
        alarm = .max
        guard deadline <= loop.now else { return setDeadline(deadline) }
        resume(.ended)
    }

    /// The server has been told to stop: idle waits end at `farewell` at the latest.
    func noteStop(farewell: Int64) {
        switch earlyEnd {
        case .nothing: break
        case .idle: setDeadline(min(deadline, farewell))
        case .stop: end()
        }
    }

    func end() {
        resume(.ended)
    }

    private func isReady(for interest: Interest) -> Bool {
        switch interest {
        case .reading: isReadable
        case .writing: isWritable
        case .nothing: false
        }
    }

    private func setDeadline(_ time: Int64) {
        deadline = time
        guard time < alarm else { return }
        alarm = time
        loop.setAlarm(for: token, at: time)
    }

    private func resume(_ wake: Wake) {
        if let parked {
            self.parked = nil
            earlyEnd = .nothing
            deadline = .max
            return parked(wake)
        }
        guard let waiting = unsafe continuation else { return }
        unsafe continuation = nil
        unsafe waiting.resume(returning: wake)
    }
}
