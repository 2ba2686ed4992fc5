import Glibc
import Platform
import Synchronization

/// A thread that waits for sockets and tells the connections that own them. Those calls are synchronous: they do what
/// can be done and return. For handlers that wait it is their tasks' executor, so that these go on on its thread too.
///
/// `@unchecked Sendable` is true because everything but the mailbox and the wake-up is touched on the loop's own
/// thread only, and those two are made for any thread.
@safe
final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// Names who is told of an event or an alarm: its place, and how often that place had been given away before, so
    /// that news for an old descriptor never reaches a new one.
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

    private enum Occupant {
        case nobody
        case connection(Connection)
        case acceptor(Acceptor)
    }

    /// The first place is the wake-up's.
    private struct Place {
        var occupant = Occupant.nobody
        var generation: UInt32 = 0
    }

    /// What other threads leave for the loop.
    private struct Mailbox {
        var jobs: [UnownedJob] = []
        var stop: Stop?
        /// Questions about the loop, answered on its thread.
        var questions: [@Sendable (EventLoop) -> Void] = []
        var hasSignalled = false
    }

    /// When idle connections are closed, and when all are; in `Clock.milliseconds`.
    struct Stop {
        let farewell: Int64
        let end: Int64
    }

    /// Milliseconds that a connection may be idle whatever the pressure.
    private static let leastIdleTime: Int64 = 50
    /// Milliseconds for tasks to notice, at the end of a stop, that they have been cancelled.
    private static let cancellationTime: Int64 = 1000
    /// A buffer that has grown beyond this many bytes is not kept.
    private static let largestSpare = 256 * 1024
    private static let mostSpareHeads = 64

    /// `Clock.microseconds` at the last wake-up.
    private(set) var wakeUpTime = Clock.microseconds
    /// The same in milliseconds.
    private(set) var now = Clock.milliseconds
    private(set) var date = DateField()
    private(set) var stop: Stop?
    /// Tasks of handlers that have not ended.
    var runningTasks = 0

    // Memory that the connections take turns to use, so that an idle one holds next to none and a busy one asks for none.
    let received = ReceiveBuffer()
    /// What the connection that is being served has to send. It is empty between two connections' turns.
    var output: [UInt8] = []
    private var spareHeads: [RequestHead] = []

    private var poller: Poller
    private let wakeUp: WakeUp
    private let mailbox = Mutex(Mailbox())
    private var thread = pthread_t()
    private var ready: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var places = [Place()]
    private var vacantPlaces: [UInt32] = []
    private var acceptors = 0
    private var alarms = TimerQueue<Token>()
    /// Connections that have more to do and have let the others go first.
    private var waiting: [Connection] = []
    /// Acceptors with more to accept.
    private var acceptingLater: [Acceptor] = []
    private var yielded = unsafe [UnsafeContinuation<Void, Never>]()

    init() throws(SystemError) {
        poller = try Poller()
        wakeUp = try WakeUp()
        try poller.add(wakeUp.number, token: 0)
    }

    /// Serves on the calling thread until a stop is complete. When its time is over, what is left is cancelled and closed;
    /// a task that takes no notice of that for a second is left behind.
    func run(_ acceptors: [Acceptor]) {
        thread = pthread_self()
        for acceptor in acceptors { acceptor.start() }
        var isCut = false
        while !isComplete {
            turn()
            guard let stop, now >= stop.end else { continue }
            if !isCut {
                isCut = true
                for place in places {
                    switch place.occupant {
                    case .nobody: break
                    case .connection(let connection): connection.end()
                    case .acceptor(let acceptor): acceptor.end()
                    }
                }
            }
            if now >= stop.end + Self.cancellationTime {
                // The executor has to be there when such a task goes on.
                if runningTasks > 0 { _ = unsafe Unmanaged.passRetained(self) }
                return
            }
        }
    }

    private var isComplete: Bool {
        stop != nil && occupantCount == 0 && runningTasks == 0 && ready.isEmpty
    }

    /// From any thread. Idle connections end `farewell` from now, and everything `limit` from now.
    func stop(farewell: Duration, within limit: Duration) {
        let now = Clock.milliseconds
        let end = now + limit.milliseconds
        let stop = Stop(farewell: min(now + farewell.milliseconds, end), end: end)
        post { $0.stop = stop }
    }

    /// From any thread: calls `answer` on the loop's thread as soon as it gets to it.
    func ask(_ answer: @escaping @Sendable (EventLoop) -> Void) {
        post { $0.questions.append(answer) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOwnThread {
            ready.append(job)
        } else {
            post { $0.jobs.append(job) }
        }
    }

    private var isOwnThread: Bool { pthread_equal(pthread_self(), thread) != 0 }

    /// Stops the program where something of the loop's is about to be touched from another thread.
    func expectOwnThread() {
        precondition(isOwnThread, "only the loop's own thread may do this")
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

        let count = poller.wait(timeout: timeout)
        wakeUpTime = Clock.microseconds
        now = wakeUpTime / 1000
        date.update()
        // Those that are there come before those that want in, who may cost an idle one its place.
        var arrivals: [Acceptor] = []
        swap(&arrivals, &acceptingLater)
        for index in 0..<count {
            let event = poller[index]
            let token = Token(bits: event.token)
            guard token.place != 0 else {
                takeMail()
                continue
            }
            let place = places[Int(token.place)]
            guard place.generation == token.generation else { continue }
            switch place.occupant {
            case .nobody: break
            case .connection(let connection): connection.handle(event)
            case .acceptor(let acceptor): arrivals.append(acceptor)
            }
        }
        for acceptor in arrivals { acceptor.accept() }
        while let (time, token) = alarms.popExpired(at: now) {
            let place = places[Int(token.place)]
            guard place.generation == token.generation else { continue }
            switch place.occupant {
            case .nobody: break
            case .connection(let connection): connection.alarm(at: time)
            case .acceptor(let acceptor): acceptor.accept()
            }
        }
        // Who waits anew meanwhile has its turn after the others.
        var turns: [Connection] = []
        swap(&turns, &waiting)
        for connection in turns { connection.takeTurn() }
        while let continuation = unsafe yielded.popLast() { unsafe continuation.resume() }
    }

    /// Milliseconds until something is due; nil for never.
    private var timeout: Int64? {
        if !ready.isEmpty || !waiting.isEmpty || !acceptingLater.isEmpty { return 0 }
        if unsafe !yielded.isEmpty { return 0 }
        var next = alarms.earliest
        if let stop {
            if occupantCount == 0 && runningTasks == 0 { return 0 }
            let end = now < stop.end ? stop.end : stop.end + Self.cancellationTime
            next = min(next ?? end, end)
        }
        // The clock may stand just before a full millisecond that `now` cuts off.
        return next.map { max(0, $0 - now) }
    }

    private func takeMail() {
        let mail = mailbox.withLock { mailbox in
            defer { mailbox = Mailbox() }
            return mailbox
        }
        ready += mail.jobs
        for answer in mail.questions { answer(self) }
        guard let stop = mail.stop else { return }
        self.stop = stop
        for place in places {
            switch place.occupant {
            case .nobody: break
            case .connection(let connection): connection.noteStop(stop)
            case .acceptor(let acceptor): acceptor.accept()
            }
        }
    }

    private var occupantCount: Int { places.count - vacantPlaces.count - 1 }
}

/// What connections, acceptors and handlers' tasks use: only ever from the loop's thread.
extension EventLoop {
    /// Connections that the loop has.
    var connectionCount: Int { occupantCount - acceptors }

    /// How many connections do what.
    var activities: [Connection.Activity: Int] {
        var counts: [Connection.Activity: Int] = [:]
        for place in places {
            if case .connection(let connection) = place.occupant {
                counts[connection.activity, default: 0] += 1
            }
        }
        return counts
    }

    /// Tells the connection what happens to the descriptor, until `remove`, which has to come before it is closed.
    func add(_ connection: Connection, _ descriptor: Int32) throws(SystemError) -> Token {
        try add(.connection(connection), descriptor)
    }

    func add(_ acceptor: Acceptor, _ descriptor: Int32) throws(SystemError) -> Token {
        let token = try add(.acceptor(acceptor), descriptor)
        acceptors += 1
        return token
    }

    private func add(_ occupant: Occupant, _ descriptor: Int32) throws(SystemError) -> Token {
        let place = vacantPlaces.popLast() ?? UInt32(places.count)
        if place == places.count { places.append(Place()) }
        let token = Token(place: place, generation: places[Int(place)].generation)
        do {
            try poller.add(descriptor, token: token.bits)
        } catch {
            vacantPlaces.append(place)
            throw error
        }
        places[Int(place)].occupant = occupant
        return token
    }

    func remove(_ token: Token) {
        let place = Int(token.place)
        if case .acceptor = places[place].occupant { acceptors -= 1 }
        places[place].occupant = .nobody
        places[place].generation &+= 1
        vacantPlaces.append(token.place)
    }

    func setAlarm(for token: Token, at time: Int64) {
        alarms.add(token, at: time)
    }

    /// Calls `takeTurn` after everybody else who is ready has had a turn.
    func giveTurnLater(to connection: Connection) {
        waiting.append(connection)
    }

    /// Calls `accept` after everybody else who is ready has had a turn.
    func acceptLater(_ acceptor: Acceptor) {
        acceptingLater.append(acceptor)
    }

    /// Lets everything else that is ready run first.
    func yield() async {
        await unsafe withUnsafeContinuation { unsafe yielded.append($0) }
    }

    /// Sends what `output` has gathered, all of it handled by `send`, and empties it.
    func flushOutput(_ send: ([UInt8]) -> Void) {
        send(output)
        if output.capacity > Self.largestSpare {
            output = []
        } else {
            output.removeAll(keepingCapacity: true)
        }
    }

    func takeHead() -> RequestHead {
        spareHeads.popLast() ?? RequestHead()
    }

    /// Keeps the head for another request, unless somebody still reads it.
    func give(_ head: consuming RequestHead) {
        guard spareHeads.count < Self.mostSpareHeads, isKnownUniquelyReferenced(&head) else { return }
        spareHeads.append(head)
    }

    /// Closes the connections that have been idle the longest: a sixteenth of the idle ones at a time, one at least, so
    /// that the search for them is paid once for many. Returns false when there is none that has been idle for a while:
    /// one that has only just become idle may have its next request on the way.
    func endOldestIdle() -> Bool {
        var idle: [Connection] = []
        for place in places {
            guard case .connection(let connection) = place.occupant, let since = connection.idleSince,
                since + Self.leastIdleTime <= now
            else { continue }
            idle.append(connection)
        }
        idle.sort { $0.idleSince ?? 0 < $1.idleSince ?? 0 }
        for connection in idle.prefix((idle.count + 15) / 16) { connection.end() }
        return !idle.isEmpty
    }
}
