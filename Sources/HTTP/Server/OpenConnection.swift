import Platform

/// A connection that has not ended: its socket, what has come in, what goes out, and what it is doing. It works in steps:
/// `proceed` goes on as far as it can without waiting and says what is to be done next; nothing in it can end the
/// connection but its owner, when told to.
///
/// Requests are answered one after another, so answers leave in the order of their requests. While answers wait for a slow
/// client, nothing more is read from it.
struct OpenConnection: ~Copyable {
    private enum State {
        /// An encrypted connection has to agree on its keys before that time.
        case shakingHands(until: Int64)
        /// Before a request.
        case idle(Idle)
        /// A head has not arrived as a whole.
        case head(PartialHead)
        case body(PartialBody)
        /// A piece of the body is being taken.
        case handingOver(Handler, PartialBody)
        /// All of the body has been taken.
        case received(PartialBody, ReceivedBody)
        /// A handler works.
        case answering(Handler)
        /// The last answer is on its way; after it comes the end.
        case closing
        /// Nothing more is sent. What the client still sends is received and dropped: closing at once would reset the
        /// connection, and the client would lose the answer (RFC 9112 §9.6).
        case lingering(check: Int64)
    }

    private struct Idle {
        /// Since when it has been idle.
        var since: Int64
        /// Whether the client is known to have taken everything: before that, it is not idle for anybody else.
        var hasTakenAll: Bool
        /// When to look again.
        var check: Int64
    }

    /// What is to be done next.
    enum Step {
        /// Nothing, before the loop tells of an event or `deadline` has come.
        case wait
        /// Go on after the others have had their turn.
        case giveWay
        /// Start a handler that waits.
        case start(Handler, Handler.Work)
        case end(Ending)
    }

    enum Ending {
        case closed
        /// The client is to see an error instead of an end.
        case reset
    }

    /// What a call of `proceed` has done since it was called by the loop.
    struct Turn {
        /// Answers that one client gets before the others have their turn.
        private static let maxAnswers = 32
        /// Answers between two looks at the clock.
        private static let answersPerClockCheck = 4
        /// Microseconds after which the others have their turn in any case.
        private static let longest: Int64 = 1000
        /// Bytes that one client sends before the others have their turn.
        private static let maxReceived = 2 * ReceiveBuffer.size

        fileprivate var answers = 0
        fileprivate var received = 0
        fileprivate var work: (Handler, Handler.Work)?
        private var start: Int64?

        /// Whether the others have waited for long enough.
        fileprivate mutating func isOver(_ network: any Network) -> Bool {
            if answers >= Self.maxAnswers || received >= Self.maxReceived { return true }
            guard answers > 0, answers % Self.answersPerClockCheck == 0 else { return false }
            let now = network.microseconds
            guard let start else {
                start = now
                return false
            }
            return now - start > Self.longest
        }
    }

    private let loop: EventLoop
    private let service: Service
    private let socket: any Socket
    private let peer: Peer
    /// The place that it takes among the connections of its client.
    private let place: Charge

    private var state: State
    /// What the request after the one being answered gets, instead of an answer.
    private var refusal: RequestError?
    private var input: Incoming
    private var output: Outgoing
    // Edge-triggered, readiness lasts until a call has been blocked, or has found the socket drained.
    private var isReadable = false
    private var isWritable = true

    /// `place` is what it counts for among the connections of its client.
    init(
        _ socket: any Socket, of peer: Peer, place: consuming Charge, loop: EventLoop, service: Service
    ) {
        self.loop = loop
        self.service = service
        self.socket = socket
        self.peer = peer
        self.place = place
        input = Incoming(Charge(service.received, of: peer))
        output = Outgoing(
            service.limits, service.deadlines, loop.memory, Charge(service.answers, of: peer))
        let idle = Idle(since: loop.now, hasTakenAll: true, check: loop.now + service.deadlines.idle)
        state =
            socket.isEstablished ? .idle(idle) : .shakingHands(until: loop.now + service.deadlines.head)
    }

    /// The last thing that happens to it.
    consuming func close(_ ending: Ending) {
        switch ending {
        case .closed: socket.sayGoodbye()
        case .reset: socket.resetWhenClosed()
        }
        switch state {
        case .answering(let handler), .handingOver(let handler, _): handler.cancel()
        case .shakingHands, .idle, .head, .body, .received, .closing, .lingering: break
        }
    }
}

/// What it says of itself.
extension OpenConnection {
    var activity: Connection.Activity {
        if output.isBehind { return .sending }
        return switch state {
        case .shakingHands, .idle: .idle
        case .head, .body, .handingOver, .received: .receiving
        case .answering: .answering
        case .closing, .lingering: .lingering
        }
    }

    /// Nil while it is not idle.
    var idleSince: Int64? {
        guard case .idle(let idle) = state, !output.isBehind else { return nil }
        return idle.since
    }

    var hasTakenAll: Bool {
        guard case .idle(let idle) = state, !output.isBehind else { return false }
        return idle.hasTakenAll || socket.unacknowledged == 0
    }

    /// When `expire` is to be called, in the loop's milliseconds, if nothing happens before.
    var deadline: Int64 {
        if output.isBehind {
            // Often enough to see how fast the client takes what waits.
            return min(output.deadline, loop.now + service.deadlines.writeWhenShort)
        }
        return switch state {
        case .shakingHands(let until): until
        case .idle(let idle): idle.check
        case .head(let partial): partial.deadline
        case .body(let partial): partial.pace.deadline
        // A handler has no deadline.
        case .answering, .handingOver, .received: .max
        // `output` is sent at once, or `isBehind`.
        case .closing: .max
        case .lingering(let check): check
        }
    }
}

/// What the loop tells.
extension OpenConnection {
    mutating func note(_ event: NetworkEvent) {
        if event.isReadable { isReadable = true }
        if event.isWritable { isWritable = true }
        if event.endsReading { input.endsReading = true }
    }

    /// The server stops: an idle connection has a moment for a request that is on its way.
    mutating func noteStop(_ stop: EventLoop.Stop) {
        switch state {
        case .idle(var idle):
            idle.check = min(idle.check, stop.farewell)
            state = .idle(idle)
        case .shakingHands(let until): state = .shakingHands(until: min(until, stop.farewell))
        case .lingering(let check): state = .lingering(check: min(check, stop.farewell))
        case .head, .body, .handingOver, .received, .answering, .closing: break
        }
    }

    /// The deadline may have come. Returns how the connection is to end, where it is.
    mutating func expire() -> Ending? {
        let now = loop.now
        guard now >= deadline || output.isBehind else { return nil }
        if output.isBehind { return taking() == .tooSlow ? .reset : nil }
        switch state {
        case .shakingHands: return .closed
        case .idle(var idle):
            switch taking() {
            case .tooSlow: return .reset
            case .some: idle.check = nextCheck(before: output.deadline)
            case .all:
                idle.hasTakenAll = true
                idle.check = min(idle.since + service.deadlines.idle, loop.stop?.farewell ?? .max)
                if idle.check <= now { return .closed }
            }
            state = .idle(idle)
        case .head(let partial):
            var error = RequestError(.requestTimeout, "The request did not arrive in time.")
            let (bytes, start) = input.take()
            error.path = partial.parser.path(in: bytes.span.extracting(start...))
            refuse(error)
        case .body: refuse(RequestError(.requestTimeout, "The body did not arrive in time."))
        case .handingOver, .received, .answering, .closing: break
        case .lingering:
            switch taking() {
            case .all: return .closed
            case .tooSlow: return .reset
            case .some: state = .lingering(check: nextCheck(before: output.deadline))
            }
        }
        return nil
    }

    private mutating func taking() -> Outgoing.Taking {
        output.taking(from: socket, at: loop.now, isShort: service.answers.isShort)
    }

    /// When to look again at a client that takes what the kernel holds for it.
    private func nextCheck(before deadline: Int64) -> Int64 {
        min(deadline, loop.now + (loop.stop == nil ? service.deadlines.linger : service.deadlines.farewell))
    }
}

/// Going on.
extension OpenConnection {
    mutating func proceed(_ turn: inout Turn) -> Step {
        while true {
            if canRead {
                if turn.isOver(loop.network) { return flush() ?? .giveWay }
                if case .received(let partial, let body) = state {
                    answer(partial.takeHead(), body: [], body, &turn)
                } else if input.isReadable {
                    readInput(&turn)
                } else if let ending = receive(&turn) {
                    return .end(ending)
                }
                if let (handler, work) = turn.work.take() { return .start(handler, work) }
                continue
            }
            if let step = flush() { return step }
            // Everything has been given to the kernel.
            switch state {
            case .shakingHands, .head, .body, .received: break
            case .handingOver, .answering: return .wait
            case .idle(let idle):
                if idle.check == .max { becomeIdle() }
            case .closing:
                // A client that has ended too and has everything needs no farewell.
                if input.hasEnded, socket.unacknowledged == 0 { return .end(.closed) }
                socket.endSending()
                output.noteEnd(to: socket, at: loop.now)
                let time = loop.stop == nil ? service.deadlines.linger : service.deadlines.farewell
                state = .lingering(check: loop.now + time)
            case .lingering:
                if input.hasEnded, socket.unacknowledged == 0 { return .end(.closed) }
            }
            if !canRead { return .wait }
        }
    }

    /// Nil once everything has been sent.
    private mutating func flush() -> Step? {
        if output.isEmpty { return nil }
        if output.isBehind, !(output.waitsFor == .writing ? isWritable : isReadable) { return .wait }
        switch output.flush(to: socket, at: loop.now) {
        case .done: return nil
        case .blocked:
            if output.waitsFor == .writing { isWritable = false } else { isReadable = false }
            return .wait
        case .turnIsOver: return .giveWay
        case .broken: return .end(.closed)
        case .overBudget: return .end(.reset)
        }
    }

    /// Whether there is something to be read or received, and room for what comes of it.
    private var canRead: Bool {
        guard !output.isFull else { return false }
        return switch state {
        case .shakingHands, .idle, .head, .body, .lingering: input.isReadable || canReceive
        case .received: true
        case .handingOver, .answering, .closing: false
        }
    }

    private var canReceive: Bool {
        !input.hasEnded && (input.waitsFor == .reading ? isReadable : isWritable)
    }

    private mutating func becomeIdle() {
        let now = loop.now
        output.noteEnd(to: socket, at: now)
        let next = output.isMeasured ? nextCheck(before: output.deadline) : output.deadline
        let check = loop.stop?.farewell ?? min(next, now + service.deadlines.idle)
        state = .idle(Idle(since: now, hasTakenAll: false, check: check))
    }
}

/// Receiving and reading.
extension OpenConnection {
    /// Returns how the connection is to end, where it is.
    private mutating func receive(_ turn: inout Turn) -> Ending? {
        switch socket.receive(into: loop.memory.received) {
        case .bytes(0):
            input.end()
            inputEnded()
        case .bytes(let count):
            input.unblock()
            // Less than there was room for was all there was; the end is found by receiving once more.
            if count < ReceiveBuffer.size, socket.isDrained, !input.endsReading { isReadable = false }
            turn.received += count
            let memory = loop.memory
            memory.received.withBytes(count) { take($0, &turn) }
        case .blocked(let direction):
            input.block(until: direction)
            if direction == .reading { isReadable = false } else { isWritable = false }
        case .broken: return .closed
        }
        if case .shakingHands = state, socket.isEstablished {
            let now = loop.now
            let check = loop.stop?.farewell ?? now + service.deadlines.idle
            state = .idle(Idle(since: now, hasTakenAll: true, check: check))
        }
        return nil
    }

    /// The client sends no more, but may still read.
    private mutating func inputEnded() {
        switch state {
        // The end within a request: the client has given it up and expects no answer.
        case .shakingHands, .idle, .head, .body:
            input.clear()
            state = .closing
        case .handingOver, .received, .answering, .closing, .lingering: break
        }
    }

    /// Reads bytes that have just been received, behind those at hand, and keeps what it cannot read yet.
    private mutating func take(_ received: Span<UInt8>, _ turn: inout Turn) {
        if case .lingering = state { return }
        // What a handshake leaves behind comes as the first request.
        if case .shakingHands = state { return input.append(received) }
        // The usual case: a request arrives whole and is read where it lies.
        guard input.isEmpty else {
            input.append(received)
            return chargeInput()
        }
        let used = read(received, &turn)
        guard used < received.count else { return }
        let stopped = input.needsMore
        input.append(received.extracting(used..<received.count))
        input.needsMore = stopped
        chargeInput()
    }

    private mutating func readInput(_ turn: inout Turn) {
        let (unread, start) = input.take()
        let used = read(unread.span.extracting(start..<unread.count), &turn)
        let stopped = input.needsMore
        input.putBack(unread, from: start + used)
        input.needsMore = stopped
        chargeInput()
    }

    /// What has been received ahead counts as what was received of a body does.
    private mutating func chargeInput() {
        if case .closing = state { return input.clear() }
        if input.chargeHeld() { return }
        let refusal = RequestError(.serviceUnavailable, "Too much is being sent to the server at once.")
        if case .answering = state {
            input.dropUnread()
            self.refusal = refusal
        } else {
            refuse(refusal)
        }
    }

    /// Reads and answers requests until the bytes are used up, or something has to be waited for. Returns how many bytes
    /// it has used.
    private mutating func read(_ bytes: Span<UInt8>, _ turn: inout Turn) -> Int {
        var used = 0
        input.needsMore = false
        while used < bytes.count, !output.isFull {
            if turn.isOver(loop.network) { break }
            let rest = bytes.extracting(used..<bytes.count)
            do throws(RequestError) {
                switch state {
                case .idle:
                    var parser = RequestParser(into: loop.memory.takeHead(), limits: service.limits)
                    if let head = try parser.parse(rest) {
                        used += parser.used
                        try begin(head, isArriving: used < bytes.count, &turn)
                    } else {
                        input.needsMore = true
                        state = .head(PartialHead(parser, deadline: loop.now + service.deadlines.head))
                    }
                case .head(let partial):
                    if let head = try partial.parser.parse(rest) {
                        used += partial.parser.used
                        try begin(head, isArriving: used < bytes.count, &turn)
                    } else {
                        input.needsMore = true
                    }
                case .body(let partial):
                    let count = try readBody(partial, rest, &turn)
                    used += count
                    // A line of a chunk that has not arrived as a whole stays unused.
                    if count == 0 { input.needsMore = true }
                case .closing, .lingering: return bytes.count
                case .answering, .handingOver, .received, .shakingHands: return used
                }
                if input.needsMore { return used }
            } catch {
                refuse(error)
                // What follows cannot be trusted to be a request.
                return bytes.count
            }
        }
        return used
    }

    /// `isArriving`: bytes have come behind the head.
    private mutating func begin(
        _ head: consuming ParsedHead, isArriving: Bool, _ turn: inout Turn
    ) throws(RequestError) {
        guard head.framing == .length(0) else { return try beginBody(of: head, isArriving: isArriving) }
        answer(head, body: [], nil, &turn)
    }

    private mutating func beginBody(of head: consuming ParsedHead, isArriving: Bool) throws(RequestError) {
        var terms = BodyTerms.memory(upTo: service.limits.body)
        let reader: BodyReader
        do throws(RequestError) {
            switch head.framing {
            case .length(let length) where length <= service.limits.body: break
            case .length, .chunked:
                terms = try service.bodyTerms(head.request(body: [], peer: peer.address))
            }
            reader = try BodyReader(
                framing: head.framing, maximumSize: terms.maximumSize, limits: service.limits)
        } catch {
            var error = error
            error.request = head.request(body: [], peer: peer.address)
            throw error
        }
        // Once the body is on its way, nobody waits for this any more (RFC 9110 §10.1.1).
        if head.expectsContinue, !isArriving { output.append { $0.append("HTTP/1.1 100 Continue\r\n\r\n") } }
        state = .body(PartialBody(head: head, reader: reader, terms.receiver, pace: newPace()))
    }

    private func newPace() -> Pace {
        Pace(service.limits.leastTransfer, in: service.deadlines.body, from: loop.now)
    }

    private mutating func readBody(
        _ partial: PartialBody, _ bytes: Span<UInt8>, _ turn: inout Turn
    ) throws(RequestError) -> Int {
        let used = try partial.reader.take(bytes)
        partial.pace.note(used, at: loop.now)
        input.body = partial.reader.body.count
        guard input.chargeHeld() else {
            throw RequestError(.serviceUnavailable, "Too much is being sent to the server at once.")
        }
        let isLast = partial.reader.isFinished
        if let receiver = partial.receiver {
            if isLast || partial.reader.body.count >= service.limits.bodyPiece {
                handOver(partial.reader.takePiece(), isLast: isLast, of: partial, to: receiver, &turn)
            }
        } else if isLast {
            answer(partial.takeHead(), body: partial.reader.body, nil, &turn)
        }
        return used
    }

    /// Nothing more is received until the piece has been taken.
    private mutating func handOver(
        _ piece: [UInt8], isLast: Bool, of partial: PartialBody, to receiver: any BodyReceiver,
        _ turn: inout Turn
    ) {
        let handler = Handler(partial.terms)
        state = .handingOver(handler, partial)
        turn.work = (
            handler, .piece { () throws(RequestError) in try await receiver.take(piece, isLast: isLast) }
        )
    }

    /// The piece has been taken, and, where it was the last one, the whole body.
    mutating func goOn(with body: ReceivedBody?, after handler: Handler) {
        guard let partial = partial(of: handler) else { return }
        input.body = 0
        // Less is never too much.
        _ = input.chargeHeld()
        // The time that this has taken is not the client's.
        partial.pace = newPace()
        state = body.map { .received(partial, $0) } ?? .body(partial)
    }

    /// The piece could not be taken.
    mutating func refuse(_ error: RequestError, after handler: Handler) {
        guard let partial = partial(of: handler) else { return }
        state = .body(partial)
        refuse(error)
    }

    private func partial(of handler: Handler) -> PartialBody? {
        guard case .handingOver(let current, let partial) = state, current === handler else { return nil }
        return partial
    }
}

/// Answering.
extension OpenConnection {
    private mutating func answer(
        _ head: consuming ParsedHead, body: [UInt8], _ received: ReceivedBody?, _ turn: inout Turn
    ) {
        let terms = ResponsePlan.Terms(of: head)
        turn.answers += 1
        let answer = service.respond(head.request(body: body, received, peer: peer.address))
        loop.memory.give(head.releaseHead())
        switch answer {
        case .ready(let response): put(response, on: terms)
        case .pending(let work):
            let handler = Handler(terms)
            state = .answering(handler)
            turn.work = (handler, .response(work))
        }
    }

    /// Takes the response that a handler has waited for.
    mutating func deliver(_ response: Response, of handler: Handler) {
        guard case .answering(let current) = state, current === handler else {
            preconditionFailure("a request is answered once")
        }
        put(response, on: handler.terms)
    }

    /// Puts the response behind the answers before it.
    private mutating func put(_ response: Response, on terms: ResponsePlan.Terms) {
        var plan = ResponsePlan(for: response, on: terms)
        if loop.stop != nil { plan.persistence = .close }
        append(response, plan)
        answered(plan.persistence)
    }

    private mutating func append(_ response: Response, _ plan: ResponsePlan) {
        let date = loop.date
        output.append { plan.appendHead(of: response, date: date.line, to: &$0) }
        guard plan.hasBody else { return }
        switch response.body {
        case .empty: break
        case .bytes(let bytes): output.append(bytes)
        case .file(let slice): output.append(slice)
        }
    }

    /// One request is done with.
    private mutating func answered(_ persistence: ResponsePlan.Persistence) {
        input.body = 0
        if persistence == .close {
            input.clear()
            state = .closing
        } else if let refusal = refusal.take() {
            refuse(refusal)
        } else {
            // Less is never too much.
            _ = input.chargeHeld()
            // Idle begins when the answer has been sent.
            state = .idle(Idle(since: loop.now, hasTakenAll: false, check: .max))
        }
    }

    /// Answers a request that cannot be read, and ends the connection: what comes after it cannot be trusted to be a
    /// request.
    private mutating func refuse(_ error: RequestError) {
        var error = error
        if case .body(let partial) = state { error.request = partial.request(peer: peer.address) }
        let response = service.errorResponse(error)
        append(response, ResponsePlan(refusing: response))
        input.clear()
        state = .closing
    }
}

/// A head that is arriving.
private final class PartialHead {
    var parser: RequestParser
    let deadline: Int64

    init(_ parser: consuming RequestParser, deadline: Int64) {
        self.parser = parser
        self.deadline = deadline
    }
}

/// A request whose body is arriving.
private final class PartialBody {
    private var head: ParsedHead?
    let terms: ResponsePlan.Terms
    var reader: BodyReader
    /// Nil for a body that stays in memory.
    let receiver: (any BodyReceiver)?
    var pace: Pace

    init(
        head: consuming ParsedHead, reader: BodyReader, _ receiver: (any BodyReceiver)?, pace: Pace
    ) {
        terms = ResponsePlan.Terms(of: head)
        self.head = consume head
        self.reader = reader
        self.receiver = receiver
        self.pace = pace
    }

    /// Nil once the head was taken.
    func request(peer: String) -> Request? { head?.request(body: [], peer: peer) }

    /// Once, when the body is complete.
    func takeHead() -> ParsedHead {
        guard let head = head.take() else { preconditionFailure("a request is answered once") }
        return head
    }
}
