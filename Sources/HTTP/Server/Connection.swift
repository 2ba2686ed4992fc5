import Platform

/// One client's connection: a state machine without a task. Its loop calls it when the socket is readable or writable,
/// or when a deadline has passed; each of these calls does what can be done without waiting, and returns. Requests are
/// answered one after another, so answers leave in the order of their requests.
///
/// `@unchecked Sendable` is true because it is touched on its loop's thread only: the tasks of its handlers run there
/// too, and `resume` stops the program where one does not.
@safe
final class Connection: @unchecked Sendable {
    private enum State {
        /// Before a request.
        case idle
        /// The head has not arrived as a whole.
        case head(PartialHead)
        case body(PartialBody)
        /// A handler works, or a stream is being written.
        case answering
        /// Nothing more is sent. What the client still sends is received and dropped: closing at once would reset the
        /// connection, and the client would lose the answer that says why (RFC 9112 §9.6).
        case lingering
        case ended
    }

    /// What a connection is doing, for those who watch the server.
    enum Activity: String, CaseIterable {
        case idle, receiving, answering, sending, lingering
    }

    var activity: Activity {
        guard backlog.isEmpty else { return .sending }
        return switch state {
        case .idle: .idle
        case .head, .body: .receiving
        case .answering: .answering
        case .lingering, .ended: .lingering
        }
    }

    /// What happens once all answers have been sent.
    private enum Ending {
        case none
        case close
        case linger
    }

    /// A stream cannot be written any further: its client has gone, or the server stops.
    private struct Lost: Error {}

    /// Answers that one client gets before the others have their turn.
    private static let turn = 32
    /// Microseconds after which the others have their turn in any case.
    private static let longestTurn: Int64 = 1000
    /// Bytes that gather before they are sent.
    private static let gatheringLimit = 64 * 1024
    /// A body up to this many bytes is copied behind its head, a larger one is sent from where it is.
    private static let copyLimit = 16 * 1024
    /// Bytes of a file that one connection sends before the others have their turn.
    private static let fileTurn = 512 * 1024

    private let loop: EventLoop
    private let service: Service
    private let peer: String
    private var socket: Socket?
    private var token = EventLoop.Token(bits: 0)

    private var state = State.idle
    private var ending = Ending.none
    /// What has been received ahead of what has been read.
    private var input = InputBuffer()
    private var backlog = Backlog()
    private var task: Task<Void, Never>?
    /// The stream that waits for the client to take what was sent.
    private var writer: UnsafeContinuation<Void, any Error>?

    // Edge-triggered, readiness lasts until a call has found nothing left, or no room.
    private var isReadable = false
    /// The client is to see an error instead of an end.
    private var isAborted = false
    /// An encrypted connection that has not agreed on its keys.
    private var isShakingHands = false
    /// The client sends no more: the next call that receives tells.
    private var endsReading = false
    /// Whether what is in `input` can only be read together with what comes next.
    private var needsMore = false
    /// Whether `advance` is running: then a handler that has answered at once returns to it.
    private var isAdvancing = false
    private var waitsForTurn = false
    private var answersInTurn = 0

    /// Bytes charged to the budgets of bodies and of answers.
    private var bodyCharge = 0
    private var answerCharge = 0
    /// Since when it has been idle, in the loop's milliseconds; nil while it is not.
    private(set) var idleSince: Int64?
    /// When what it waits for has to have come, in the loop's milliseconds.
    private var deadline = Int64.max
    /// When the loop will look at the deadline: not later than it, perhaps earlier, so that moving a deadline away costs
    /// nothing.
    private var nextAlarm = Int64.max

    /// Takes over the socket and serves it. The loop keeps the connection until it ends.
    static func begin(owning number: Int32, peer: String, loop: EventLoop, service: Service)
        throws(SystemError)
    {
        let connection = try Connection(owning: number, peer: peer, loop: loop, service: service)
        connection.token = try loop.add(connection, number)
        connection.becomeIdle()
        if connection.isShakingHands { connection.setDeadline(loop.now + service.deadlines.head) }
    }

    private init(
        owning number: Int32, peer: String, loop: EventLoop, service: Service
    ) throws(SystemError) {
        let plain = Socket(owning: number)
        let session = try service.session(on: number)
        socket = plain.encrypted(by: session)
        isShakingHands = service.certificate != nil
        self.peer = peer
        self.loop = loop
        self.service = service
    }
}

/// What the loop tells.
extension Connection {
    func handle(_ event: Poller.Event) {
        if event.isReadable { isReadable = true }
        if event.endsReading { endsReading = true }
        if event.isGone { return end() }
        if event.isWritable, !backlog.isEmpty {
            sendBacklog()
        } else if event.isReadable {
            advance()
        }
    }

    /// Goes on after `giveTurnLater`.
    func takeTurn() {
        waitsForTurn = false
        if !backlog.isEmpty { sendBacklog() } else { advance() }
    }

    /// An alarm went off: the deadline has passed, or it has been moved since.
    func alarm(at time: Int64) {
        // An alarm that an earlier one has replaced.
        guard time == nextAlarm else { return }
        nextAlarm = .max
        guard deadline <= loop.now else { return setDeadline(deadline) }
        guard backlog.isEmpty else { return end() }
        switch state {
        case .idle, .lingering, .ended: end()
        case .head: refuse(RequestError(.requestTimeout, "The request did not arrive in time."))
        case .body: refuse(RequestError(.requestTimeout, "The body did not arrive in time."))
        // A handler has no deadline.
        case .answering: break
        }
    }

    /// The server has been told to stop.
    func noteStop(_ stop: EventLoop.Stop) {
        switch state {
        case .idle, .lingering: setDeadline(min(deadline, stop.farewell))
        case .head, .body, .answering, .ended: break
        }
    }

    /// Closes the connection at once, whatever it does.
    func end() {
        if case .ended = state { return }
        state = .ended
        idleSince = nil
        loop.remove(token)
        if !isAborted { socket?.endSession() }
        socket = nil
        input = InputBuffer()
        backlog = Backlog()
        releaseBody()
        releaseAnswers()
        task?.cancel()
        if let writer = unsafe writer {
            unsafe self.writer = nil
            unsafe writer.resume(throwing: Lost())
        }
    }
}

/// Receiving and reading.
extension Connection {
    /// Goes on as far as it can without waiting: reads what is there, answers it, receives more.
    private func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        if !input.isEmpty, !needsMore { readInput() }
        while wantsInput, isReadable, !waitsForTurn { receive() }
        isAdvancing = false
        flush()
        if case .ended = state { return }
        if wantsInput, isReadable || (!input.isEmpty && !needsMore) { waitForTurn() }
    }

    /// Whether more may be received: nothing waits to be sent, and no handler works.
    private var wantsInput: Bool {
        guard backlog.isEmpty, loop.output.count < Self.gatheringLimit else { return false }
        return switch state {
        case .idle, .head, .body, .lingering: true
        case .answering, .ended: false
        }
    }

    private func receive() {
        do throws(Socket.Failure) {
            guard let count = try socket?.receive(into: loop.received) else { return }
            isShakingHands = false
            guard count > 0 else { return inputEnded() }
            let isFull = count == ReceiveBuffer.size || (socket?.hasEnded ?? false)
            // Less than there was room for was all there was; the end is found by receiving once more.
            if !isFull && !endsReading { isReadable = false }
            loop.received.withBytes(count) { take($0) }
            if isFull { waitForTurn() }
        } catch {
            isReadable = false
            if error == .broken { return end() }
            noteHandshake()
        }
    }

    /// With the keys agreed on, it is a connection like any other that has not sent a request.
    private func noteHandshake() {
        guard isShakingHands, let isGoingOn = socket?.isShakingHands, !isGoingOn else { return }
        isShakingHands = false
        if case .idle = state { becomeIdle() }
    }

    /// The client sends no more, but may still read.
    private func inputEnded() {
        isReadable = false
        switch state {
        // The end within a request: the client has given it up and expects no answer.
        case .idle, .head, .body, .lingering: close(by: .close)
        case .answering, .ended: break
        }
    }

    /// Reads bytes that have just been received, behind those at hand, and keeps what it cannot read yet.
    private func take(_ received: Span<UInt8>) {
        // The usual case: a request arrives whole and is read where it lies.
        guard !input.isEmpty else {
            let used = read(received)
            input.append(received.extracting(used..<received.count))
            return
        }
        input.append(received)
        readInput()
    }

    private func readInput() {
        let bytes = input.bytes
        let used = read(bytes.span.extracting(input.unused))
        input.use(used)
    }

    /// Reads and answers requests until the bytes are used up, or something has to be waited for. Returns how many bytes
    /// it has used.
    private func read(_ bytes: Span<UInt8>) -> Int {
        var used = 0
        needsMore = false
        while used < bytes.count, wantsInput {
            if isTurnOver {
                waitForTurn()
                break
            }
            let rest = bytes.extracting(used..<bytes.count)
            do throws(RequestError) {
                switch state {
                case .idle:
                    let parser = RequestParser(into: loop.takeHead(), limits: service.limits)
                    used += try readHead(parser, rest, nil)
                    if needsMore { return used }
                case .head(let partial):
                    used += try readHead(partial.parser, rest, partial)
                    if needsMore { return used }
                case .body(let partial):
                    let count = try readBody(partial, rest)
                    used += count
                    // A line of a chunk that has not arrived as a whole stays unused.
                    if count == 0 {
                        needsMore = true
                        return used
                    }
                case .lingering: return bytes.count
                case .answering, .ended: return used
                }
            } catch {
                refuse(error)
                // What follows cannot be trusted to be a request.
                return bytes.count
            }
        }
        return used
    }

    /// Whether the others have waited for long enough.
    private var isTurnOver: Bool {
        guard answersInTurn > 0 else { return false }
        return answersInTurn >= Self.turn || Clock.microseconds - loop.wakeUpTime > Self.longestTurn
    }

    private func waitForTurn() {
        answersInTurn = 0
        guard !waitsForTurn else { return }
        waitsForTurn = true
        loop.giveTurnLater(to: self)
    }

    /// Returns how many bytes of `bytes` the head has taken: none until it is complete.
    private func readHead(
        _ parser: RequestParser, _ bytes: Span<UInt8>, _ partial: PartialHead?
    ) throws(RequestError) -> Int {
        var parser = parser
        guard let head = try parser.parse(bytes) else {
            needsMore = true
            if let partial {
                partial.parser = parser
            } else {
                idleSince = nil
                state = .head(PartialHead(parser))
                setDeadline(loop.now + service.deadlines.head)
            }
            return 0
        }
        idleSince = nil
        let used = parser.used
        guard head.framing != .length(0) else {
            answer(head, body: [])
            return used
        }
        try beginBody(of: head, isArriving: used < bytes.count)
        return used
    }

    private func beginBody(of head: consuming ParsedHead, isArriving: Bool) throws(RequestError) {
        var maximum = service.limits.body
        switch head.framing {
        case .length(let length) where length <= maximum: break
        case .length, .chunked: maximum = service.maximumBodySize(head.request(body: [], peer: peer))
        }
        let reader: BodyReader
        do throws(RequestError) {
            reader = try BodyReader(framing: head.framing, maximumSize: maximum, limits: service.limits)
        } catch {
            var error = error
            error.path = head.path
            throw error
        }
        // Once the body is on its way, nobody waits for this any more (RFC 9110 §10.1.1).
        if head.expectsContinue, !isArriving { loop.output.append("HTTP/1.1 100 Continue\r\n\r\n") }
        state = .body(PartialBody(head: head, reader: reader))
        setDeadline(loop.now + service.deadlines.body)
    }

    private func readBody(_ partial: PartialBody, _ bytes: Span<UInt8>) throws(RequestError) -> Int {
        let used = try partial.reader.take(bytes)
        let size = partial.reader.body.count
        guard service.bodies.charge(size - bodyCharge, to: peer) else {
            throw RequestError(.serviceUnavailable, "Too much is being sent to the server at once.")
        }
        bodyCharge = size
        setDeadline(loop.now + service.deadlines.body)
        guard partial.reader.isFinished else {
            return used
        }
        answer(partial.takeHead(), body: partial.reader.body)
        return used
    }
}

/// Answering and sending.
extension Connection {
    private func answer(_ head: consuming ParsedHead, body: [UInt8]) {
        state = .answering
        setDeadline(.max)
        let terms = ResponsePlan.Terms(of: head)
        let answer = service.respond(head.request(body: body, peer: peer))
        loop.give(head.releaseHead())
        switch answer {
        case .ready(let response):
            guard let stream = send(response, on: terms) else { break }
            start { await self.write(stream) }
        case .pending(let work):
            start {
                let response = await work()
                self.loop.expectOwnThread()
                if let stream = self.send(response, on: terms) { await self.write(stream) }
            }
        }
    }

    /// Starts what waits as a task on the loop, at once up to where it first waits.
    private func start(_ work: @escaping @Sendable () async -> Void) {
        loop.runningTasks += 1
        let task = Task.immediate(executorPreference: loop) {
            await work()
            self.loop.expectOwnThread()
            self.loop.runningTasks -= 1
            self.task = nil
            self.advance()
        }
        self.task = task
    }

    private struct Stream {
        let write: @Sendable (inout BodyWriter) async throws -> Void
        let isChunked: Bool
        let persistence: ResponsePlan.Persistence
    }

    /// Sends the response, or hands back what is left to be written as a stream.
    private func send(_ response: Response, on terms: ResponsePlan.Terms) -> Stream? {
        if case .ended = state { return nil }
        var plan = ResponsePlan(for: response, on: terms)
        if loop.stop != nil { plan.persistence = .close }
        return send(response, plan)
    }

    private func send(_ response: Response, _ plan: ResponsePlan) -> Stream? {
        plan.appendHead(of: response, date: loop.date.line, to: &loop.output)
        if plan.hasBody {
            switch response.body {
            case .empty: break
            case .bytes(let bytes): send(bytes)
            case .file(let slice): send(slice)
            case .stream(let write):
                return Stream(
                    write: write, isChunked: plan.framing == .chunked, persistence: plan.persistence)
            }
        }
        answered(plan.persistence)
        return nil
    }

    /// Answers a request that cannot be read, and ends the connection: what comes after it cannot be trusted to be a
    /// request.
    private func refuse(_ error: RequestError) {
        var error = error
        if case .body(let partial) = state { error.path = partial.path }
        let response = service.errorResponse(error)
        state = .answering
        _ = send(response, ResponsePlan(refusing: response))
        if case .ended = state { return }
        ending = .linger
        if !isAdvancing { flush() }
    }

    /// One request is done with.
    private func answered(_ persistence: ResponsePlan.Persistence) {
        releaseBody()
        answersInTurn += 1
        if case .ended = state { return }
        guard persistence == .close else { return becomeIdle() }
        // What the client has sent beyond its last request has to be received, or closing would reset the connection.
        close(by: !input.isEmpty || isReadable || loop.stop != nil ? .linger : .close)
    }

    private func becomeIdle() {
        state = .idle
        idleSince = loop.now
        setDeadline(loop.stop?.farewell ?? loop.now + service.deadlines.idle)
    }

    /// Ends the connection once everything has been sent.
    private func close(by ending: Ending) {
        state = .answering
        self.ending = ending
        if !isAdvancing { flush() }
    }

    private func send(_ bytes: [UInt8]) {
        guard bytes.count > Self.copyLimit else {
            loop.output += bytes
            return
        }
        guard backlog.isEmpty else {
            flush()
            return add(bytes, from: 0)
        }
        loop.flushOutput { head in
            do throws(Socket.Failure) {
                guard let count = try socket?.send(head, then: bytes) else { return }
                backlog.append(head, from: min(count, head.count))
                add(bytes, from: max(0, count - head.count))
            } catch {
                guard error == .wouldBlock else { return end() }
                backlog.append(head)
                add(bytes, from: 0)
            }
        }
    }

    private func send(_ slice: FileSlice) {
        loop.flushOutput { head in backlog.append(head) }
        backlog.append(slice)
        sendBacklog()
    }

    /// Sends what has gathered.
    private func flush() {
        if case .ended = state {
            loop.flushOutput { _ in }
            return
        }
        if !loop.output.isEmpty {
            loop.flushOutput { bytes in
                guard backlog.isEmpty else { return add(bytes, from: 0) }
                do throws(Socket.Failure) {
                    guard let count = try socket?.send(bytes, from: 0) else { return }
                    if count < bytes.count { add(bytes, from: count) }
                } catch {
                    if error == .wouldBlock { add(bytes, from: 0) } else { end() }
                }
            }
        }
        if backlog.isEmpty { finish() }
    }

    /// Keeps what the kernel has no room for, within the budget.
    private func add(_ bytes: [UInt8], from start: Int) {
        let count = bytes.count - start
        guard count > 0 else { return }
        guard service.answers.charge(count, to: peer) else { return abort() }
        answerCharge += count
        backlog.append(bytes, from: start)
        setDeadline(loop.now + writeTime)
    }

    private var writeTime: Int64 {
        service.answers.isShort ? service.deadlines.writeWhenShort : service.deadlines.write
    }

    /// Sends what has waited, as far as the kernel takes it, and goes on with what waits for that.
    private func sendBacklog() {
        do throws(Socket.Failure) {
            guard socket != nil else { return }
            let count = try backlog.send(to: socket!, turn: Self.fileTurn)
            setDeadline(loop.now + writeTime)
            guard backlog.isEmpty else {
                if count >= Self.fileTurn { waitForTurn() }
                return
            }
        } catch {
            return error == .wouldBlock ? () : end()
        }
        releaseAnswers()
        if let writer = unsafe writer {
            unsafe self.writer = nil
            return unsafe writer.resume()
        }
        if isAdvancing { return }
        finish()
        if case .idle = state { becomeIdle() }
        advance()
    }

    /// Ends the connection if that is what comes after the last answer.
    private func finish() {
        switch ending {
        case .none: break
        case .close: end()
        case .linger:
            ending = .none
            socket?.endSending()
            state = .lingering
            setDeadline(loop.now + (loop.stop == nil ? service.deadlines.linger : service.deadlines.farewell))
            if !isAdvancing { advance() }
        }
    }

    /// Closes the connection so that the client sees an error instead of an end.
    private func abort() {
        isAborted = true
        socket?.resetWhenClosed()
        end()
    }

    private func setDeadline(_ time: Int64) {
        deadline = time
        guard time < nextAlarm else { return }
        nextAlarm = time
        loop.setAlarm(for: token, at: time)
    }

    private func releaseBody() {
        guard bodyCharge > 0 else { return }
        service.bodies.release(bodyCharge, of: peer)
        bodyCharge = 0
    }

    private func releaseAnswers() {
        guard answerCharge > 0 else { return }
        service.answers.release(answerCharge, of: peer)
        answerCharge = 0
    }
}

/// Streams.
extension Connection {
    private func write(_ stream: Stream) async {
        var writer = BodyWriter { piece in
            try await self.send(piece, isChunk: stream.isChunked)
        }
        do {
            try await stream.write(&writer)
            loop.expectOwnThread()
            // The last piece and the end go out together.
            append(writer.rest(), isChunk: stream.isChunked)
            if stream.isChunked { loop.output.append("0\r\n\r\n") }
            answered(stream.persistence)
            if !isAdvancing { flush() }
        } catch {
            if !(error is Lost || error is CancellationError) {
                service.log("An answer was cut off: \(error)")
            }
            abort()
        }
    }

    /// Sends a piece and waits until the client has taken it.
    private func send(_ piece: [UInt8], isChunk: Bool) async throws {
        loop.expectOwnThread()
        if case .ended = state { throw Lost() }
        append(piece, isChunk: isChunk)
        flush()
        if case .ended = state { throw Lost() }
        guard !backlog.isEmpty else { return await loop.yield() }
        try await unsafe withUnsafeThrowingContinuation { unsafe writer = $0 }
    }

    /// An empty piece is nothing: as a chunk it would be the end (RFC 9112 §7.1).
    private func append(_ piece: [UInt8], isChunk: Bool) {
        if piece.isEmpty { return }
        guard isChunk else {
            loop.output += piece
            return
        }
        loop.output.append(hexadecimal: piece.count)
        loop.output.append("\r\n")
        loop.output += piece
        loop.output.append("\r\n")
    }
}

/// A head that is arriving.
private final class PartialHead {
    var parser: RequestParser

    init(_ parser: RequestParser) {
        self.parser = parser
    }
}

/// A request whose body is arriving.
private final class PartialBody {
    private var head: ParsedHead?
    var reader: BodyReader

    init(head: consuming ParsedHead, reader: BodyReader) {
        self.head = consume head
        self.reader = reader
    }

    /// Nil once the head was taken.
    var path: String? { head?.path }

    /// Once, when the body is complete.
    func takeHead() -> ParsedHead {
        guard let head = head.take() else { preconditionFailure("a request is answered once") }
        return head
    }
}
