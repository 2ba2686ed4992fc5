/// One client's connection: reads requests, has them answered and sends the answers in the same order. It belongs to
/// one task on one event loop.
final class Connection {
    /// Pipelined requests that one client has answered before the others have their turn.
    private static let turn = 32

    private let transport: Transport
    private let peer: String
    private let service: Service
    private let requests: RequestReader
    /// Requests answered since the others had their turn.
    private var answeredInTurn = 0

    /// Takes over the socket; `serve` has to follow.
    init(owning number: Int32, peer: String, loop: EventLoop, service: Service) throws(SystemError) {
        transport = try Transport(owning: number, loop: loop, deadlines: service.deadlines)
        requests = RequestReader(from: transport, for: service)
        self.peer = peer
        self.service = service
    }

    private var loop: EventLoop { transport.loop }

    /// Serves the connection until it ends; then returns nil. Or until it has been idle for a while: then it has to be
    /// parked until the time returned, and served again if there is more.
    func serve() async -> Int64? {
        transport.adoptCurrentTask()
        do throws(ConnectionEnding) {
            try await serveRequests()
        } catch {
            switch error {
            case .parked(let deadline): return deadline
            case .refusal(let error): await refuse(error)
            case .silent: break
            }
        }
        transport.end()
        return nil
    }

    /// Waits without a task. `resume` is told whether there is more to serve; otherwise the connection has ended.
    func park(until deadline: Int64, then resume: @escaping (_ isReady: Bool) -> Void) {
        let transport = transport
        transport.park(until: deadline) { wake in
            if wake == .ended { transport.end() }
            resume(wake == .ready)
        }
    }

    private func serveRequests() async throws(ConnectionEnding) {
        while let head = try await requests.nextHead() {
            let staysOpen = try await answer(head)
            loop.scratch.give(head.releaseHead())
            guard staysOpen else {
                let mayStillSend = requests.isAhead || transport.mayReceiveMore || loop.stop != nil
                return try await end(lingering: mayStillSend)
            }
        }
        try await end(lingering: false)
    }

    /// Returns whether the connection can be used again.
    private func answer(_ head: borrowing ParsedHead) async throws(ConnectionEnding) -> Bool {
        var share = BodyBudget.Share(of: service.bodies)
        let body = try await requests.readBody(of: head, &share)
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

    private func send(_ response: Response, _ plan: ResponsePlan) async throws(ConnectionEnding) {
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
            guard requests.isAhead else {
                answeredInTurn = 0
                return try await transport.flush()
            }
            try await transport.flushLater()
            answeredInTurn += 1
            if answeredInTurn == Self.turn {
                answeredInTurn = 0
                await loop.yield()
            }
        } catch {
            throw .silent
        }
    }

    private func stream(
        _ write: @Sendable (inout BodyWriter) async throws -> Void, inChunks: Bool
    ) async throws(Transport.Lost) {
        let (transport, loop) = (transport, loop)
        var writer = BodyWriter { piece in
            try await transport.send(piece, asChunk: inChunks)
            try await transport.flush()
            await loop.yield()
        }
        do {
            try await write(&writer)
        } catch {
            if !(error is Transport.Lost || error is CancellationError) {
                service.log("An answer was cut off: \(error)")
            }
            transport.abort()
            throw Transport.Lost()
        }
        // The last piece and the end go out together.
        try await transport.send(writer.rest(), asChunk: inChunks)
        if inChunks { transport.gather { $0.append("0\r\n\r\n") } }
    }

    private func end(lingering: Bool) async throws(ConnectionEnding) {
        do {
            try await transport.flush()
            if lingering { try await transport.linger() }
        } catch {
            throw .silent
        }
    }
}
