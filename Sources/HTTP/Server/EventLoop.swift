package import Platform
import Synchronization

/// A thread that waits for sockets and tells the connections that own them. Those calls are synchronous: they do what
/// can be done and return. For handlers that wait it is their tasks' executor, so that these go on on its thread too.
///
/// `@unchecked Sendable` is true because everything but the mailbox and `Network.wakeUp` is touched on the loop's own
/// thread only, and those two are made for any thread.
@safe
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// What other threads leave for the loop.
    private struct Mailbox {
        var jobs: [UnownedJob] = []
        var stop: Stop?
        /// Questions about the loop, answered on its thread.
        var questions: [@Sendable (EventLoop) -> Void] = []
        var hasSignalled = false
    }

    /// When idle connections are closed, and when all are; in the loop's milliseconds.
    struct Stop {
        let farewell: Int64
        let end: Int64
    }

    /// Milliseconds for tasks to notice, at the end of a stop, that they have been cancelled.
    private static let cancellationTime: Int64 = 1000
    /// Tokens from here on are acceptors'.
    private static let firstAcceptor = NetworkEvent.wakeUp - 1000

    let network: any Network
    /// Milliseconds of the network's clock at the last wake-up, rounded down.
    private(set) var now: Int64
    private(set) var date: DateField
    private(set) var stop: Stop?
    /// Tasks of handlers that have not ended.
    var runningTasks = 0
    let memory = LoopMemory()

    private let mailbox = Mutex(Mailbox())
    private var ready: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var connections = ConnectionTable()
    private var acceptors: [Acceptor] = []
    /// Connections that have more to do and have let the others go first.
    private var waiting: [Connection] = []
    /// Acceptors with more to accept.
    private var acceptingLater: [Acceptor] = []
    /// A stop has come to its end.
    private var isCut = false

    package init(_ network: any Network) {
        self.network = network
        now = network.microseconds / 1000
        date = DateField(network.unixSeconds)
    }

    /// Accepts for `service` too, from now on: before the loop runs, or on its thread. `capacity`: connections that the
    /// loop may have.
    package func accept(from listener: any Listener, for service: Service, capacity: Int) throws(SystemError)
    {
        let token = Self.firstAcceptor + UInt64(acceptors.count)
        try network.watch(listener.descriptor, token: token)
        acceptors.append(Acceptor(listener, loop: self, service: service, capacity: capacity))
    }

    /// Serves on the calling thread until a stop is complete. When its time is over, what is left is cancelled and closed;
    /// a task that takes no notice of that for a second is left behind.
    package func run() {
        network.enterThread()
        while !hasStopped { turn() }
        // The executor has to be there when a task that was left behind goes on.
        if runningTasks > 0 { _ = unsafe Unmanaged.passRetained(self) }
    }

    /// Whether a stop is complete, or its time and that for what is cancelled are over.
    package var hasStopped: Bool {
        guard let stop else { return false }
        if isCut, now >= stop.end + Self.cancellationTime { return true }
        return isEmpty && ready.isEmpty
    }

    private var isEmpty: Bool {
        connections.count == 0 && runningTasks == 0 && acceptors.allSatisfy(\.hasEnded)
    }

    /// From any thread. Idle connections end `farewell` from now, and everything `limit` from now.
    package func stop(farewell: Duration, within limit: Duration) {
        let now = network.microseconds / 1000
        let end = now + limit.milliseconds
        let stop = Stop(farewell: min(now + farewell.milliseconds, end), end: end)
        post { $0.stop = stop }
    }

    /// From any thread: calls `answer` on the loop's thread as soon as it gets to it.
    func ask(_ answer: @escaping @Sendable (EventLoop) -> Void) {
        post { $0.questions.append(answer) }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if network.isOwnThread {
            ready.append(job)
        } else {
            post { $0.jobs.append(job) }
        }
    }

    /// Stops the program where something of the loop's is about to be touched from another thread.
    func expectOwnThread() {
        precondition(network.isOwnThread, "only the loop's own thread may do this")
    }

    private func post(_ leave: (inout Mailbox) -> Void) {
        let isFirst = mailbox.withLock { mailbox in
            leave(&mailbox)
            defer { mailbox.hasSignalled = true }
            return !mailbox.hasSignalled
        }
        if isFirst { network.wakeUp() }
    }

    /// Runs what is ready, then takes what the network has, waiting for it when there is nothing else to do.
    package func turn() {
        if !ready.isEmpty {
            swap(&ready, &running)
            for job in running { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
            running.removeAll(keepingCapacity: true)
        }

        let count = network.wait(timeout: timeout)
        now = network.microseconds / 1000
        date.update(network.unixSeconds)
        // Existing connections first: accepting may close an idle one.
        var arrivals: [Acceptor] = []
        if !acceptingLater.isEmpty { swap(&arrivals, &acceptingLater) }
        for index in 0..<count {
            let event = network.event(index)
            if event.token == NetworkEvent.wakeUp {
                takeMail()
            } else if event.token >= Self.firstAcceptor {
                arrivals.append(acceptors[Int(event.token - Self.firstAcceptor)])
            } else {
                connections[ConnectionTable.Token(bits: event.token)]?.handle(event)
            }
        }
        for acceptor in arrivals { acceptor.accept() }
        for acceptor in acceptors where acceptor.pauseEnd <= now { acceptor.accept() }
        while let connection = connections.popAlarm(at: now) { connection.alarm() }
        // Connections that ask again are served in the next round.
        if !waiting.isEmpty {
            var turns: [Connection] = []
            swap(&turns, &waiting)
            for connection in turns { connection.takeTurn() }
        }
        if let stop, now >= stop.end, !isCut { cut() }
    }

    private func cut() {
        isCut = true
        for connection in connections.all { connection.end(.reset) }
        for acceptor in acceptors { acceptor.end() }
    }

    /// Milliseconds until something is due; nil for never.
    private var timeout: Int64? {
        if !ready.isEmpty || !waiting.isEmpty || !acceptingLater.isEmpty { return 0 }
        var next = connections.earliestAlarm ?? .max
        for acceptor in acceptors { next = min(next, acceptor.pauseEnd) }
        if let stop {
            if isEmpty { return 0 }
            next = min(next, isCut ? stop.end + Self.cancellationTime : stop.end)
        }
        // `now` is rounded down, so this may wake up to 1 ms late, never early.
        return next == .max ? nil : max(0, next - now)
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
        for connection in connections.all { connection.noteStop(stop) }
        // Existing connections first, here too.
        acceptingLater += acceptors
    }
}

/// What connections, acceptors and handlers' tasks use: only ever from the loop's thread.
extension EventLoop {
    package var connectionCount: Int { connections.count }
    /// How many connections are to be called at some time.
    package var alarmCount: Int { connections.alarmCount }

    /// How many connections do what.
    var activities: [Connection.Activity: Int] {
        connections.all.reduce(into: [:]) { $0[$1.activity, default: 0] += 1 }
    }

    /// Keeps the connection and tells it what happens to its socket, until `remove`.
    func add(_ socket: any Socket, of peer: Peer, place: consuming Charge, for service: Service)
        throws(SystemError)
    {
        let token = connections.reserve()
        do throws(SystemError) {
            try network.watch(socket.descriptor, token: token.bits)
        } catch {
            connections.remove(token)
            throw error
        }
        let open = OpenConnection(socket, of: peer, place: place, loop: self, service: service)
        let connection = Connection(open, token: token, loop: self, service: service)
        connections.put(connection, at: token)
        connection.begin()
    }

    func remove(_ token: ConnectionTable.Token) {
        connections.remove(token)
    }

    func setAlarm(for token: ConnectionTable.Token, at time: Int64) {
        connections.setAlarm(token, to: time)
    }

    /// Calls `takeTurn` after everybody else who is ready has had a turn.
    func giveTurnLater(to connection: Connection) {
        waiting.append(connection)
    }

    /// Calls `accept` after everybody else who is ready has had a turn.
    func acceptLater(_ acceptor: Acceptor) {
        acceptingLater.append(acceptor)
    }

    /// Returns false when no connection has been idle for a while.
    func endOldestIdle() -> Bool {
        let oldest = connections.oldestIdle(at: now)
        for connection in oldest { connection.end(.closed) }
        return !oldest.isEmpty
    }
}
