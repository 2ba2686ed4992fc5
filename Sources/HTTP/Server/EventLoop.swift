import Glibc
import Synchronization

/// A thread that waits for sockets and runs the tasks that serve them. It is the tasks' executor: a connection's
/// task, and whatever its handler does without waiting, stays on this one thread.
///
/// `@unchecked Sendable` is true because everything but the mailbox and the wake-up is touched on the loop's own
/// thread only, and those two are made for any thread.
@safe
final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// Names a watch in events and alarms: its place, and how often that place had been given away before, so that
    /// news for an old descriptor never reaches a new one.
    struct Token: Hashable {
        let place: UInt32
        let generation: UInt32

        var bits: UInt64 { UInt64(place) << 32 | UInt64(generation) }

        init(place: UInt32, generation: UInt32) {
            self.place = place
            self.generation = generation
        }

        init(bits: UInt64) {
            place = UInt32(truncatingIfNeeded: bits >> 32)
            generation = UInt32(truncatingIfNeeded: bits)
        }
    }

    /// A place for a watch. The first is the wake-up's and stays empty.
    private struct Place {
        var watch: Watch?
        var generation: UInt32 = 0
    }

    /// What other threads leave for the loop.
    private struct Mailbox {
        var jobs: [UnownedJob] = []
        var stop: Stop?
        var hasSignalled = false
    }

    /// When idle connections are closed, and when all are; in `Clock.milliseconds`.
    struct Stop {
        let farewell: Int64
        let end: Int64
    }

    /// Milliseconds that a connection may be idle whatever the pressure.
    private static let leastIdleTime: Int64 = 50

    /// `Clock.milliseconds` at the last wake-up.
    private(set) var now = Clock.milliseconds
    /// What connections share. Nobody keeps a hold of it across a suspension.
    let scratch = Scratch()
    let parking = Parking()
    private(set) var date = DateField()
    private(set) var stop: Stop?

    private var poller: Poller
    private let wakeUp: WakeUp
    private let mailbox = Mutex(Mailbox())
    private var thread = pthread_t()
    private var ready: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var places = [Place()]
    private var vacantPlaces: [UInt32] = []
    private var alarms = TimerQueue<Token>()
    private var yielded = unsafe [UnsafeContinuation<Void, Never>]()
    private var unflushed: [Transport] = []
    private var hasEnded = false

    init() throws(SystemError) {
        poller = try Poller()
        wakeUp = try WakeUp()
        try poller.add(wakeUp.number, token: 0)
    }

    /// Runs `work` as a task, with all it starts, on the calling thread until it has ended. A stop whose time is
    /// over cancels it and ends every waiting; a task that takes no notice of that for a second is left behind.
    func run(_ work: @escaping @Sendable () async -> Void) {
        thread = pthread_self()
        let root = Task(executorPreference: self) {
            await work()
            self.hasEnded = true
        }
        while !hasEnded {
            turn()
            guard let stop, now >= stop.end else { continue }
            root.cancel()
            for place in places { place.watch?.end() }
            if now >= stop.end + 1000 {
                for place in places {
                    if let watch = place.watch { shutdown(watch.number, Int32(SHUT_RDWR)) }
                }
                // The executor has to be there when such a task goes on.
                _ = unsafe Unmanaged.passRetained(self)
                return
            }
        }
    }

    /// From any thread. Idle connections end `farewell` from now, and everything `limit` from now.
    func stop(farewell: Duration, within limit: Duration) {
        let now = Clock.milliseconds
        let end = now + limit.milliseconds
        let stop = Stop(farewell: min(now + farewell.milliseconds, end), end: end)
        post { $0.stop = stop }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if pthread_equal(pthread_self(), thread) != 0 {
            ready.append(job)
        } else {
            post { $0.jobs.append(job) }
        }
    }

    private func post(_ leave: (inout Mailbox) -> Void) {
        let isFirst = mailbox.withLock { mailbox in
            leave(&mailbox)
            defer { mailbox.hasSignalled = true }
            return !mailbox.hasSignalled
        }
        if isFirst { wakeUp.signal() }
    }

    /// Runs what is ready, then takes what the kernel has, waiting for it when there is nothing else to do.
    private func turn() {
        swap(&ready, &running)
        for job in running { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
        running.removeAll(keepingCapacity: true)

        for transport in unflushed { transport.flushNow() }
        unflushed.removeAll(keepingCapacity: true)

        let count = poller.wait(timeout: timeout)
        now = Clock.milliseconds
        date.update()
        for index in 0..<count {
            let event = poller[index]
            let token = Token(bits: event.token)
            let place = places[Int(token.place)]
            if token.place == 0 {
                takeMail()
            } else if place.generation == token.generation {
                place.watch?.note(event)
            }
        }
        while let (time, token) = alarms.popExpired(at: now) {
            let place = places[Int(token.place)]
            if place.generation == token.generation { place.watch?.alarmed(at: time) }
        }
        while let continuation = unsafe yielded.popLast() { unsafe continuation.resume() }
    }

    /// Milliseconds until something is due; nil for never.
    private var timeout: Int64? {
        if hasEnded || !ready.isEmpty { return 0 }
        if unsafe !yielded.isEmpty { return 0 }
        let next = [alarms.earliest, stop?.end].compactMap(\.self).min()
        return next.map { $0 - now }
    }

    private func takeMail() {
        let mail = mailbox.withLock { mailbox in
            defer { mailbox = Mailbox() }
            return mailbox
        }
        ready += mail.jobs
        guard let stop = mail.stop else { return }
        self.stop = stop
        for place in places { place.watch?.noteStop(farewell: stop.farewell) }
    }
}

/// What the tasks on the loop use: only ever from the loop's thread.
extension EventLoop {
    /// Starts to watch a descriptor, until `unwatch`, which has to come before it is closed.
    func watch(_ number: Int32) throws(SystemError) -> Watch {
        let place = vacantPlaces.popLast() ?? UInt32(places.count)
        if place == places.count { places.append(Place()) }
        let token = Token(place: place, generation: places[Int(place)].generation)
        do {
            try poller.add(number, token: token.bits)
        } catch {
            vacantPlaces.append(place)
            throw error
        }
        let watch = Watch(number, token: token, loop: self)
        places[Int(place)].watch = watch
        return watch
    }

    func unwatch(_ watch: Watch) {
        let place = watch.token.place
        places[Int(place)].watch = nil
        places[Int(place)].generation &+= 1
        vacantPlaces.append(place)
    }

    var watchCount: Int { places.count - vacantPlaces.count - 1 }

    func setAlarm(for token: Token, at time: Int64) {
        alarms.add(token, at: time)
    }

    /// Lets everything else that is ready run first.
    func yield() async {
        await unsafe withUnsafeContinuation { unsafe yielded.append($0) }
    }

    /// Has the connection send what it has gathered before the loop waits the next time.
    func flushLater(_ transport: Transport) {
        unflushed.append(transport)
    }

    /// Ends the waiting of the connections that have been idle the longest: a sixteenth of the idle ones at a time, one
    /// at least, so that the search for them is paid once for many. Returns false when there is none that has been idle
    /// for a while: one that has only just become idle may have its next request on the way.
    func endOldestIdle() -> Bool {
        let idle = places.compactMap(\.watch)
            .filter { $0.isIdle && $0.waitingSince + Self.leastIdleTime <= now }
            .sorted { $0.waitingSince < $1.waitingSince }
        for watch in idle.prefix((idle.count + 15) / 16) { watch.end() }
        return !idle.isEmpty
    }
}
