/// One client's connection: reads requests, has them answered and sends the answers in the same order. It belongs to
/// one task on one event loop.
final class Connection {
    /// Why a connection ends before its time.
    private enum Ending: Error {
        /// It is dead, or nothing is lost by it.
        case silent
        case refusal(RequestError)
    }

    private let transport: Transport
    private let peer: String
    private let service: Service
    /// What has been received ahead of what has been read.
    private var input = InputBuffer()

    /// Takes over the socket; `serve` has to follow.
    init(owning number: Int32, peer: String, loop: EventLoop, service: Service) throws(SystemError) {
        transport = try Transport(owning: number, loop: loop, deadlines: service.deadlines)
        self.peer = peer
        self.service = service
    }

    private var loop: EventLoop { transport.loop }

    /// The connection's whole life.
    func serve() async {
        transport.adoptCurrentTask()
        defer { transport.end() }
        do throws(Ending) {
            while let head = try await nextHead() {
                let staysOpen = try await answer(head)
                loop.scratch.give(head.releaseHead())
                guard staysOpen else {
                    let mayStillSend = !input.isEmpty || transport.mayReceiveMore || loop.stop != nil
                    return try await end(lingering: mayStillSend)
                }
            }
            try await end(lingering: false)
        } catch {
            switch error {
            case .refusal(let error): await refuse(error)
            case .silent: break
            }
        }
    }

    // Reading.

    /// Waits for the next request and reads its head. Nil when none comes: the client has ended the connection, or has
    /// been idle for too long.
    private func nextHead() async throws(Ending) -> ParsedHead? {
        var count = 0
        if input.isEmpty {
            let deadline = loop.stop?.farewell ?? loop.now + service.deadlines.idle
            guard let first = try await receive(by: deadline, isIdle: true), first > 0 else { return nil }
            count = first
        }
        // Not before the first byte, so that an idle connection holds no memory for it.
        var parser = RequestParser(into: loop.scratch.takeHead(), limits: service.limits)
        let deadline = loop.now + service.deadlines.head
        while true {
            let head = try useInput(received: count) { (bytes, used) throws(RequestError) in
                let head = try parser.parse(bytes)
                used = parser.used
                return head
            }
            if let head { return head }
            guard let more = try await receive(by: deadline) else {
                throw .refusal(RequestError(.requestTimeout, "The request did not arrive in time."))
            }
            // The end within a head: the client has given it up and expects no answer.
            guard more > 0 else { return nil }
            count = more
        }
    }

    /// Reads the request's body to its end.
    private func readBody(
        of head: borrowing ParsedHead, _ share: inout BodyBudget.Share
    ) async throws(Ending) -> [UInt8] {
        if head.framing == .length(0) { return [] }
        let maximumSize = service.maximumBodySize(head.method, head.path)
        var reader: BodyReader
        do {
            reader = try BodyReader(framing: head.framing, maximumSize: maximumSize, limits: service.limits)
        } catch {
            throw .refusal(error)
        }
        // Once the body is on its way, nobody waits for this any more (RFC 9110 §10.1.1).
        if head.expectsContinue, input.isEmpty {
            transport.gather { $0.append("HTTP/1.1 100 Continue\r\n\r\n") }
        }
        var count = 0
        while true {
            try useInput(received: count) { (bytes, used) throws(RequestError) in
                used = try reader.take(bytes)
                try share.grow(to: reader.body.count)
            }
            if reader.isFinished { return reader.body }
            let deadline = loop.now + service.deadlines.body
            guard let more = try await receive(by: deadline) else {
                throw .refusal(RequestError(.requestTimeout, "The body did not arrive in time."))
            }
            guard more > 0 else { throw .silent }
            count = more
        }
    }

    private func receive(by deadline: Int64, isIdle: Bool = false) async throws(Ending) -> Int? {
        do {
            return try await transport.receive(by: deadline, isIdle: isIdle)
        } catch {
            throw .silent
        }
    }

    /// Shows `read` the bytes at hand, the `count` that have just been received included, and keeps what it does not
    /// use for the next time.
    private func useInput<T: ~Copyable>(
        received count: Int, _ read: (Span<UInt8>, _ used: inout Int) throws(RequestError) -> T
    ) throws(Ending) -> T {
        var used = 0
        do {
            return try loop.scratch.received.withBytes(count) { (received) throws(RequestError) in
                // The usual case: a request arrives whole and is read where it lies.
                if input.isEmpty {
                    let result = try read(received, &used)
                    input.append(received.extracting(used..<count))
                    return result
                }
                input.append(received)
                let bytes = input.bytes
                let result = try read(bytes.span.extracting(input.unused), &used)
                input.use(used)
                return result
            }
        } catch {
            throw .refusal(error)
        }
    }

    // Answering.

    /// Returns whether the connection can be used again.
    private func answer(_ head: borrowing ParsedHead) async throws(Ending) -> Bool {
        var share = BodyBudget.Share(of: service.bodies)
        let body = try await readBody(of: head, &share)
        let response = await service.respond(head.request(body: body, peer: peer))
        var plan = ResponsePlan(for: response, to: head)
        if loop.stop != nil { plan.persistence = .close }
        try await send(response, plan)
        return plan.persistence != .close
    }

    /// Answers a request that cannot be served, and ends the connection: what comes after it cannot be trusted to be
    /// a request.
    private func refuse(_ error: RequestError) async {
        do {
            let response = service.errorResponse(error)
            try await send(response, ResponsePlan(refusing: response))
            try await end(lingering: true)
        } catch {
            // The client has gone, and with it whoever could be told.
        }
    }

    private func send(_ response: Response, _ plan: ResponsePlan) async throws(Ending) {
        transport.gather { plan.appendHead(of: response, date: loop.date.line, to: &$0) }
        do {
            if plan.hasBody {
                switch response.body {
                case .empty: break
                case .bytes(let bytes): try await transport.send(bytes)
                case .file(let slice): try await transport.send(slice)
                case .stream(let write): try await stream(write, inChunks: plan.framing == .chunked)
                }
            }
            if input.isEmpty {
                try await transport.flush()
            } else {
                try await transport.flushLater()
            }
        } catch {
            throw .silent
        }
    }

    private func stream(
        _ write: @Sendable (inout BodyWriter) async throws -> Void, inChunks: Bool
    ) async throws(Transport.Lost) {
        let transport = transport
        var writer = BodyWriter { piece in
            if !inChunks { return try await transport.send(piece) }
            transport.gather {
                $0.append(hexadecimal: piece.count)
                $0.append("\r\n")
            }
            try await transport.send(piece)
            transport.gather { $0.append("\r\n") }
            try await transport.pause()
        }
        do {
            try await write(&writer)
            try await writer.flush()
        } catch {
            if !(error is Transport.Lost || error is CancellationError) {
                service.log("An answer was cut off: \(error)")
            }
            transport.abort()
            throw Transport.Lost()
        }
        if inChunks { transport.gather { $0.append("0\r\n\r\n") } }
    }

    private func end(lingering: Bool) async throws(Ending) {
        do {
            try await transport.flush()
            if lingering { try await transport.linger() }
        } catch {
            throw .silent
        }
    }
}
