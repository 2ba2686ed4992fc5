import Platform

/// One client's connection, as its loop knows it: calls what is open of it, does what that says is next, and ends it. Once
/// it has ended there is nothing left that could be used.
///
/// `@unchecked Sendable` is true because it is touched on its loop's thread only: the tasks of its handlers run there
/// too, and `EventLoop.expectOwnThread` stops the program where one does not.
package final class Connection: @unchecked Sendable {
    /// What a connection is doing, for those who watch the server.
    package enum Activity: String, CaseIterable, Sendable {
        case idle, receiving, answering, sending, lingering
    }

    private let loop: EventLoop
    private let service: Service
    private let token: ConnectionTable.Token
    /// Nil: it has ended.
    private var open: OpenConnection?
    /// `run` is at work: what happens meanwhile is seen by it.
    private var isRunning = false
    /// The others go first; what happens meanwhile is seen then.
    private var givesWay = false
    /// When the loop will call `alarm`: at or before the deadline, so that moving a deadline away costs nothing.
    private var nextAlarm = Int64.max

    init(_ open: consuming OpenConnection, token: ConnectionTable.Token, loop: EventLoop, service: Service) {
        self.open = consume open
        self.token = token
        self.loop = loop
        self.service = service
    }

    var activity: Activity { open?.activity ?? .lingering }
    /// Nil while it is not idle. In the loop's milliseconds.
    var idleSince: Int64? { open?.idleSince ?? nil }
    /// Whether an idle client has everything that it was sent.
    var hasTakenAll: Bool { open?.hasTakenAll ?? false }

    /// The first call.
    func begin() { run() }

    func handle(_ event: NetworkEvent) {
        if event.isBroken { return end(.closed) }
        open?.note(event)
        run()
    }

    /// Goes on after it has let the others go first.
    func takeTurn() {
        givesWay = false
        run()
    }

    func alarm() {
        nextAlarm = .max
        if let ending = open?.expire() ?? nil { return end(ending) }
        run()
    }

    func noteStop(_ stop: EventLoop.Stop) {
        open?.noteStop(stop)
        run()
    }

    /// Ends it at once, whatever it does.
    func end(_ ending: OpenConnection.Ending) {
        guard let open = open.take() else { return }
        loop.remove(token)
        open.close(ending)
    }

    private func run() {
        guard !isRunning, !givesWay else { return }
        isRunning = true
        defer { isRunning = false }
        var turn = OpenConnection.Turn()
        while let step = open?.proceed(&turn) {
            switch step {
            case .wait: return setAlarm()
            case .giveWay:
                givesWay = true
                loop.giveTurnLater(to: self)
                return setAlarm()
            case .start(let handler, let work): start(handler, work)
            case .end(let ending): return end(ending)
            }
        }
    }

    private func setAlarm() {
        guard let deadline = open?.deadline, deadline < nextAlarm else { return }
        nextAlarm = deadline
        loop.setAlarm(for: token, at: deadline)
    }

    /// Starts the work as a task on the loop, at once up to where it first waits.
    private func start(_ handler: Handler, _ work: Handler.Work) {
        loop.runningTasks += 1
        let task = Task.immediate(executorPreference: loop) {
            await self.perform(work, of: handler)
            self.loop.expectOwnThread()
            self.loop.runningTasks -= 1
            handler.end()
            self.run()
        }
        handler.keep(task)
    }

    private func perform(_ work: Handler.Work, of handler: Handler) async {
        switch work {
        case .piece(let take):
            do throws(RequestError) {
                let body = try await take()
                loop.expectOwnThread()
                open?.goOn(with: body, after: handler)
            } catch {
                loop.expectOwnThread()
                open?.refuse(error, after: handler)
            }
        case .response(let make):
            let response = await make()
            loop.expectOwnThread()
            open?.deliver(response, of: handler)
        }
    }
}
