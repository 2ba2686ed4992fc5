import Glibc
import HTTP
import Platform

/// A server and its clients in one thread, without real sockets and real time. Does what the events say, and compares
/// after each of them what the server has done with what it has to do.
///
/// `@unchecked Sendable` is true because everything runs in one thread, the server's handlers too.
package final class World: @unchecked Sendable {
    static let listenerDescriptor: Int32 = -1
    /// Milliseconds that the model leaves the server for rounding.
    static let slack: Int64 = 150
    /// Bytes in 30 s: a tenth of what a real server asks for, so that more happens in the same time.
    static let leastTransfer = 3000

    package let scenario: Scenario
    let limits: Limits
    private(set) var now: Int64 = 1_000_000_000
    /// The loop whose turn it is.
    private(set) var runningLoop: Int?
    private(set) var clients: [Client] = []
    /// Where the clients that events name stand among them.
    private var numbers: [Int: Int] = [:]
    /// What the server has done wrong.
    package private(set) var violation: String?
    /// A digest of everything that has happened.
    package private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325

    private var networks: [SimulatedNetwork] = []
    private var loops: [EventLoop] = []
    private var service: Service!
    /// Clients that wait in the accept queue of each loop.
    private var arriving: [[Int]]
    private var hasArrivals: [Bool]
    private var isListening: [Bool]
    private var gates: [Gate] = []
    private var exhausted = 0
    /// When descriptors were last short, in milliseconds.
    private var lastExhausted: Int64 = 0
    /// When a connection last ended.
    private var lastClosed: Int64 = 0
    private var stopTime: Int64?
    private var calls = 0
    /// How often what has happened: what a run has tried is to be seen.
    package private(set) var tally: [String: Int] = [:]

    private struct Gate {
        let client: Int
        let number: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    /// Takes a body while it arrives, and sometimes waits.
    private struct Receiver: BodyReceiver {
        let world: World
        let order: RequestPlan.Order
        let maximumSize = RequestPlan.largestBody
        private let taken = Taken()

        init(_ world: World, _ order: RequestPlan.Order) {
            self.world = world
            self.order = order
        }

        /// Touched in the one thread that there is.
        final class Taken: @unchecked Sendable {
            var bytes: [UInt8] = []
            var isBusy = false
        }

        func take(_ piece: [UInt8], isLast: Bool) async throws(RequestError) -> ReceivedBody? {
            if taken.isBusy { world.fail("client \(order.client): two pieces of a body at once") }
            taken.isBusy = true
            // Every second one that is handed over, and each of some.
            if order.number % 4 == 1 || (taken.bytes.count + piece.count) % 2 == 1 { await world.wait(order) }
            taken.isBusy = false
            if order.kind == .unwanted { throw RequestError(.insufficientStorage, "no room") }
            taken.bytes += piece
            return isLast ? .bytes(.memory(taken.bytes)) : nil
        }
    }

    package init(_ scenario: Scenario) {
        self.scenario = scenario
        var limits = Limits()
        limits.body = RequestPlan.longestShortBody
        limits.bodyPiece = 700
        limits.leastTransfer = Self.leastTransfer
        limits.connectionsPerClient = scenario.connectionsPerClient
        if scenario.isShort {
            limits.receivedInTotal = 4000
            limits.receivedPerClient = 2500
            limits.answersInTotal = 60_000
            limits.answersPerClient = 40_000
        }
        self.limits = limits
        arriving = Array(repeating: [], count: scenario.loops)
        hasArrivals = Array(repeating: false, count: scenario.loops)
        isListening = Array(repeating: true, count: scenario.loops)
        service = Service(
            limits, capacity: scenario.capacity * scenario.loops, log: { _ in },
            bodyTerms: { [unowned self] in bodyTerms(of: $0) },
            errorResponse: { .text($0.status, $0.reason) },
            respond: { [unowned self] in respond(to: $0) })
        for index in 0..<scenario.loops {
            let network = SimulatedNetwork(index, in: self)
            let loop = EventLoop(network)
            networks.append(network)
            loops.append(loop)
            do {
                try loop.accept(
                    from: SimulatedListener(index, in: self), for: service, capacity: scenario.capacity)
            } catch {
                fail("the listener cannot be watched: \(error)")
            }
        }
    }

    var milliseconds: Int64 { now / 1000 }
    package var clientCount: Int { clients.count }
    package var waitingHandlers: Int { gates.count }
    package var hasStopped: Bool { loops.allSatisfy(\.hasStopped) }
    package var isStopping: Bool { stopTime != nil }

    func fail(_ text: String) {
        if violation == nil { violation = text }
        note(text.utf8.count)
    }

    private func note(_ number: Int) {
        trace = (trace ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01B3
    }

    private func count(_ what: String) { tally[what, default: 0] += 1 }

    /// Lets go of everything: the parts know their world.
    package func dismantle() {
        networks.removeAll()
        loops.removeAll()
        clients.removeAll()
        service = nil
    }

    /// Called by each call that the server makes: a turn has to be over after a bounded number of them.
    func countCall() {
        calls += 1
        guard calls > 20_000 + 1000 * clients.count else { return }
        // There is no way out of the server's loop but the end of the program.
        Report.endless(violation ?? "a turn of the loop does not end")
    }
}

/// What the network asks.
extension World {
    func client(of descriptor: Int32) -> Int? {
        descriptor == Self.listenerDescriptor ? nil : Int(descriptor)
    }

    func hasEvent(_ client: Int?, loop: Int) -> Bool {
        guard let client else { return hasArrivals[loop] }
        return clients[client].wire.hasEvent
    }

    /// Edge-triggered: told once, with all that is so now.
    func takeEvent(_ client: Int?, loop: Int, token: UInt64) -> NetworkEvent? {
        guard let client else {
            guard hasArrivals[loop] else { return nil }
            hasArrivals[loop] = false
            return NetworkEvent(token: token, isReadable: true, isWritable: false)
        }
        let wire = clients[client].wire
        guard wire.hasEvent else { return nil }
        wire.hasEvent = false
        return NetworkEvent(
            token: token,
            isReadable: !wire.arriving.isEmpty || wire.clientHasFinished || wire.isReset
                || !wire.blocksWriting,
            isWritable: wire.leaving.count < scenario.sendBuffer || wire.isReset,
            endsReading: wire.clientHasFinished, isBroken: wire.isReset)
    }

    func accept(_ loop: Int) -> Accepted {
        countCall()
        if exhausted > 0 {
            exhausted -= 1
            lastExhausted = milliseconds
            // Those that wait are told of again when time has passed, by the server itself.
            return .exhausted
        }
        guard !arriving[loop].isEmpty else { return .nothingWaiting }
        let number = arriving[loop].removeFirst()
        let client = clients[number]
        client.acceptTime = milliseconds
        client.idleSince = milliseconds
        client.notePartial(at: milliseconds)
        client.isRefused =
            clients.count { $0.network == client.network && $0.isOpen && $0.index != number }
            >= scenario.connectionsPerClient
        note(number)
        let network = ClientNetwork([10, 0, 0, UInt8(client.network)])
        return .connection(
            SimulatedSocket(Int32(number), client: number, client.wire, in: self),
            Peer(address: "10.0.0.\(client.network)", network: network))
    }

    func closeListener(_ loop: Int) { isListening[loop] = false }

    /// The server has made a call that was decided to fail.
    func noteFailure(_ client: Int) { clients[client].hasFailed = true }

    func serverSent(_ bytes: [UInt8], to number: Int) {
        let client = clients[number]
        note(bytes.count)
        if client.untakenSince == nil { client.untakenSince = milliseconds }
        client.idleSince = milliseconds
        let refusal = client.checker.refusal
        let answered = client.checker.answered
        if case .wrong(let text) = client.checker.check(bytes, client.requests) {
            return fail("client \(number): \(text)")
        }
        for request in client.requests[answered..<client.checker.answered] {
            count("answers \(request.plan.kind)")
        }
        client.notePartial(at: milliseconds)
        guard let status = client.checker.refusal, refusal == nil else { return }
        count("answers \(status)")
        if let text = client.objection(to: status, isShort: scenario.isShort, at: milliseconds) {
            fail("client \(number): \(text)")
        }
    }

    func serverClosed(_ number: Int, resets: Bool) {
        let client = clients[number]
        let wire = client.wire
        note(number &* 2 &+ (resets ? 1 : 0))
        for network in networks { network.forget(number) }
        count(resets ? "cut off" : "closed")
        if let text = objection(toClosing: client, resets: resets) { fail("client \(number): \(text)") }
        wire.isClosed = true
        lastClosed = milliseconds
        // The kernel resets a connection that is closed with bytes unread: what was on its way is lost.
        if resets || !wire.arriving.isEmpty { wire.leaving = [] }
    }

    /// Why the server must not close this connection; nil where it may.
    private func objection(toClosing client: Client, resets: Bool) -> String? {
        let time = milliseconds
        let wire = client.wire
        if client.isRefused { return client.hasSent ? "a connection beyond the limit is answered" : nil }
        if client.hasFailed || wire.isReset { return nil }
        if let stopTime, time >= stopTime + 10_000 { return nil }
        if resets {
            if client.isTooSlow(at: time, within: scenario.isShort ? 2000 : 30_000) { return nil }
            // Answers beyond the budget.
            if scenario.isShort, !client.checker.isOver { return nil }
            return "reset, though it has done nothing wrong"
        }
        if !wire.leaving.isEmpty { return "closed with \(wire.leaving.count) bytes that it had not taken" }
        if wire.handshake > 0 {
            if time + Self.slack >= client.acceptTime + 10_000 || wire.clientHasFinished { return nil }
            return stopTime.map { time >= $0 + 200 } ?? false ? nil : "closed while shaking hands"
        }
        if client.checker.isOver { return nil }
        if client.checker.isWithinAnswer { return "closed within an answer" }
        if client.isBlocked { return nil }
        if client.hasUnanswered { return "closed before all requests were answered" }
        if wire.clientHasFinished { return nil }
        if client.hasPartial { return "closed within a request" }
        let idle = time - client.idleSince
        if idle + Self.slack >= 60_000 { return nil }
        if let stopTime, time >= stopTime + 200 { return nil }
        let isPressed = scenario.capacity < 100 || time - lastExhausted <= 1000
        // The loop's clock may stand at its last turn.
        if isPressed, idle + 40 >= 50 { return nil }
        return "closed after \(idle) ms of idleness"
    }
}

/// Handlers.
extension World {
    private func respond(to request: Request) -> Answer {
        guard let order = RequestPlan.Order(request.target), order.client < clients.count,
            let sent = clients[order.client].requests.first(where: { $0.number == order.number })
        else {
            fail("a request that nobody has sent: \(request.target.prefix(40))")
            return .ready(.text(.notFound, ""))
        }
        clients[order.client].handledInTurn += 1
        if clients[order.client].handledInTurn > 96 { fail("client \(order.client) has more than its turn") }
        let received = (try? request.storedBody.all()) ?? []
        if received.count != sent.plan.body || received.contains(where: { $0 != UInt8(ascii: "b") }) {
            fail("client \(order.client): a body has come as another one")
        }
        let headers: Headers = ["X-Answer": "\(order.client) \(order.number)"]
        switch order.kind {
        case .ready, .malformed, .tooLarge, .unwanted:
            return .ready(Response(.ok, headers: headers, body: .bytes(body(order))))
        case .file:
            return .ready(Response(.ok, headers: headers, body: .file(SimulatedFile.slice(order.size))))
        case .prompt:
            return .pending { [self] in Response(.ok, headers: headers, body: .bytes(body(order))) }
        case .late:
            return .pending { [self] in
                await wait(order)
                return Response(.ok, headers: headers, body: .bytes(body(order)))
            }
        }
    }

    private func bodyTerms(of request: Request) -> BodyTerms {
        guard let order = RequestPlan.Order(request.target), order.isHandedOver else {
            return .memory(upTo: RequestPlan.largestBody)
        }
        count("bodies handed over")
        return .receiver(Receiver(self, order))
    }

    private func body(_ order: RequestPlan.Order) -> [UInt8] {
        Pattern.bytes(order.client, order.number, 0..<order.size)
    }

    private func wait(_ order: RequestPlan.Order) async {
        await withCheckedContinuation {
            gates.append(Gate(client: order.client, number: order.number, continuation: $0))
        }
    }
}

/// Events.
extension World {
    /// Does what the event says. Returns whether it made sense.
    @discardableResult
    package func apply(_ event: Event) -> Bool {
        Report.progress()
        let isDone = perform(event)
        if isDone { note(event.digest) }
        return isDone
    }

    private func perform(_ event: Event) -> Bool {
        switch event {
        case .connect(let name, let loop, let network, let isTLS):
            guard loop < loops.count, isListening[loop], numbers[name] == nil else { return false }
            let client = Client(clients.count, network: network, loop: loop, isTLS: isTLS)
            numbers[name] = client.index
            clients.append(client)
            arriving[loop].append(client.index)
            hasArrivals[loop] = true
        case .request(let number, let plan):
            guard let client = living(number), !client.wire.clientHasFinished, !client.hasGivenUp else {
                return false
            }
            client.send(plan)
        case .flood(let number, let count):
            guard let client = living(number), !client.wire.clientHasFinished, !client.hasGivenUp else {
                return false
            }
            for _ in 0..<count { client.send(.small) }
        case .deliver(let number, let count):
            guard let client = living(number), !client.outbox.isEmpty else { return false }
            client.deliver(count, at: milliseconds)
        case .finish(let number):
            guard let client = living(number), !client.wire.clientHasFinished else { return false }
            client.finish(at: milliseconds)
        case .reset(let number):
            guard let client = living(number) else { return false }
            client.wire.isReset = true
            client.wire.leaving = []
            client.wire.hasEvent = true
        case .take(let number, let count):
            guard let index = numbers[number], !clients[index].wire.leaving.isEmpty else { return false }
            clients[index].take(count, room: scenario.sendBuffer, at: milliseconds)
        case .shortSend(let number, let count):
            guard let client = living(number) else { return false }
            client.wire.sendLimit = count
        case .failSend(let number):
            guard let client = living(number) else { return false }
            client.wire.failsSend = true
        case .failReceive(let number):
            guard let client = living(number) else { return false }
            client.wire.failsReceive = true
        case .block(let number, let isReading):
            guard let client = living(number), client.isTLS, client.wire.handshake == 0 else { return false }
            if isReading { client.wire.blocksReading = true } else { client.wire.blocksWriting = true }
            client.wasBlocked = true
        case .unblock(let number):
            guard let client = living(number), client.isBlocked else { return false }
            client.unblock()
        case .proceed(let index):
            guard !gates.isEmpty else { return false }
            open(gates.remove(at: index % gates.count))
        case .turn(let loop):
            guard loop < loops.count, !loops[loop].hasStopped, networks[loop].hasEvents else { return false }
            turn(loop)
        case .time(let amount):
            // Loops are far faster than deadlines, but for a moment.
            if amount > 5 { pass(amount) } else { now += Int64(amount) * 1000 }
        case .exhaust(let count): exhausted = count
        case .stop:
            guard stopTime == nil else { return false }
            stopTime = milliseconds
            for loop in loops { loop.stop(farewell: .milliseconds(200), within: .seconds(10)) }
        }
        return true
    }

    /// Lets so many milliseconds pass, in which the loops do what they have to.
    private func pass(_ amount: Int) {
        settle()
        let end = now + Int64(amount) * 1000
        while now < end, violation == nil {
            now = networks.reduce(end) { min($0, max(now + 1, $1.sleepsUntil ?? end)) }
            settle()
        }
        checkDeadlines()
    }

    private func open(_ gate: Gate) {
        clients[gate.client].workTime = milliseconds
        gate.continuation.resume()
    }

    /// Nil for a client whose connection has ended.
    private func living(_ name: Int) -> Client? {
        guard let index = numbers[name], !clients[index].wire.isClosed, !clients[index].wire.isReset else {
            return nil
        }
        return clients[index]
    }

    private func turn(_ loop: Int) {
        calls = 0
        for client in clients { client.handledInTurn = 0 }
        runningLoop = loop
        loops[loop].turn()
        runningLoop = nil
        for client in clients where client.isRefused && !client.wire.isClosed {
            fail("client \(client.index): a connection beyond the limit is kept")
        }
        if loops[loop].alarmCount > loops[loop].connectionCount {
            fail("a connection that has gone has an alarm")
        }
        checkHeld()
        if service.received.total > limits.receivedInTotal || service.answers.total > limits.answersInTotal {
            fail("a budget is overdrawn")
        }
    }

    /// No client makes the server hold more than its share of what is received.
    private func checkHeld() {
        guard scenario.isShort else { return }
        var held: [Int: Int] = [:]
        for client in clients where client.isOpen { held[client.network, default: 0] += client.held }
        // The framing of chunks is received, and not kept.
        if held.values.contains(where: { $0 > limits.receivedPerClient + 200 }) {
            fail("more is held for a client than its share")
        }
    }

    /// Lets the loops work until nothing is left for them to do.
    private func settle() {
        var turns = 0
        while violation == nil {
            var isAsleep = true
            for loop in loops.indices where !loops[loop].hasStopped && networks[loop].hasEvents {
                isAsleep = false
                turn(loop)
            }
            if isAsleep { break }
            turns += 1
            if turns > 20_000 { return fail("the loops never come to rest") }
        }
        checkProgress()
    }

    /// With all loops asleep, nobody waits for anything that has happened already.
    private func checkProgress() {
        for client in clients where client.isOpen && violation == nil {
            guard !client.isBlocked, !client.wire.isWaitingForRoom, client.wire.handshake == 0,
                !client.hasFailed, !client.checker.isOver, client.checker.refusal == nil
            else { continue }
            guard let current = client.current, client.isComplete(current),
                !gates.contains(where: { $0.client == client.index && $0.number == current.number })
            else { continue }
            if current.plan.kind == .malformed || current.plan.kind == .tooLarge {
                fail("client \(client.index): request \(current.number) is not refused")
            } else {
                fail("client \(client.index): request \(current.number) is complete and nobody answers it")
            }
        }
        let open = clients.filter(\.isOpen)
        if service.answers.total > 0, !open.contains(where: { $0.wire.isWaitingForRoom || $0.isBlocked }) {
            fail("answers are charged while none waits")
        }
        if service.received.total > 0,
            !open.contains(where: {
                $0.hasPartial || $0.hasUnanswered || $0.isBlocked || $0.wire.isWaitingForRoom
            })
        {
            fail("what is received is charged while all is answered")
        }
        if stopTime != nil, violation == nil, gates.isEmpty, !hasStopped, clients.allSatisfy({ !$0.isOpen }),
            arriving.allSatisfy(\.isEmpty), milliseconds > max(lastExhausted, lastClosed) + 100
        {
            fail("a stop goes on when everything has ended")
        }
    }

    /// With all loops asleep, each connection whose time is over has gone.
    private func checkDeadlines() {
        for client in clients where client.isOpen && violation == nil {
            let isWorking = gates.contains { $0.client == client.index }
            if let text = client.overdue(
                at: milliseconds, isWorking: isWorking, room: scenario.sendBuffer)
            {
                fail("client \(client.index): \(text)")
            }
        }
        if let stopTime, milliseconds > stopTime + 11_000 + Self.slack, !hasStopped, violation == nil {
            fail("a stop takes longer than it may")
        }
    }

    /// Lets handlers go on and clients take what there is.
    private func letGo() {
        settle()
        while !gates.isEmpty { open(gates.removeLast()) }
        settle()
        for client in clients where !client.wire.leaving.isEmpty {
            client.take(client.wire.leaving.count, room: scenario.sendBuffer, at: milliseconds)
        }
        settle()
    }

    /// Lets everything come to its end, and looks at what is left.
    package func finish() {
        for client in clients where client.isOpen {
            client.wire.sendLimit = nil
            client.unblock()
        }
        exhausted = 0
        var rounds = 0
        repeat {
            letGo()
            // The server may have let connections wait that it had no descriptors for.
            pass(60)
            rounds += 1
            if rounds > 2000 { return fail("clients that read everything never have everything") }
        } while violation == nil && (!gates.isEmpty || clients.contains { !$0.wire.leaving.isEmpty })
        // One half says that it has ended, the other one says nothing.
        for client in clients where client.isOpen && client.index % 2 == 0 {
            client.finish(at: milliseconds)
        }
        // Those that wait for a place have it when another one's time is over.
        for _ in 0..<150 * (2 + clients.count / scenario.capacity) where violation == nil {
            pass(1000)
            letGo()
            if clients.allSatisfy({ !$0.isOpen }), arriving.allSatisfy(\.isEmpty) || isStopping { break }
        }
        if violation != nil { return }
        let left = clients.filter(\.isOpen).map(\.index)
        if !left.isEmpty { return fail("connections of clients \(left) never end") }
        if loops.contains(where: { $0.connectionCount > 0 }) { return fail("a loop keeps a connection") }
        if loops.contains(where: { $0.alarmCount > 0 }) { return fail("a loop keeps an alarm of nobody") }
        for (name, budget) in [
            ("received", service.received), ("answers", service.answers),
            ("connections", service.connections),
        ] where budget.total != 0 || budget.clients != 0 {
            return fail("the budget \(name) still counts \(budget.total) of \(budget.clients) clients")
        }
        _ = apply(.stop)
        for _ in 0..<12 where violation == nil && !hasStopped {
            pass(1000)
            letGo()
        }
        if !hasStopped { fail("a stop does not end") }
    }
}
