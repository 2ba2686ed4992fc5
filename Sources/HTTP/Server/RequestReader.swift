/// Why a connection ends before its time.
enum ConnectionEnding: Error {
    /// It is dead, or nothing is lost by it.
    case silent
    /// It has been idle for a while: its task may end, and another go on when there is more, until the deadline in the
    /// loop's milliseconds.
    case parked(until: Int64)
    case refusal(RequestError)
}

/// Reads one request after another from a connection. It belongs to the connection's task.
final class RequestReader {
    private let transport: Transport
    private let service: Service
    /// What has been received ahead of what has been read.
    private var input = InputBuffer()

    init(from transport: Transport, for service: Service) {
        self.transport = transport
        self.service = service
    }

    /// Whether more has been received than the requests that have been read.
    var isAhead: Bool { !input.isEmpty }

    /// Waits for the next request and reads its head. Nil when none comes: the client has ended the connection, or has
    /// been idle for too long.
    func nextHead() async throws(ConnectionEnding) -> ParsedHead? {
        var count = 0
        if input.isEmpty {
            guard let first = try await receiveFirst(), first > 0 else { return nil }
            count = first
        }
        // Not before the first byte, so that an idle connection holds no memory for it.
        var parser = RequestParser(into: transport.loop.scratch.takeHead(), limits: service.limits)
        let deadline = transport.loop.now + service.deadlines.head
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

    /// Waits for the first bytes of a request.
    private func receiveFirst() async throws(ConnectionEnding) -> Int? {
        let loop = transport.loop
        let idleEnd = loop.now + service.deadlines.idle
        while true {
            let end = loop.stop?.farewell ?? idleEnd
            let deadline = min(end, loop.now + service.deadlines.parking)
            if let count = try await receive(by: deadline, isIdle: true) { return count }
            // Ended before its time, or at its end.
            guard loop.now >= deadline, loop.now < end else { return nil }
            if loop.stop == nil { throw .parked(until: idleEnd) }
        }
    }

    /// Reads the request's body to its end.
    func readBody(
        of head: borrowing ParsedHead, _ share: inout BodyBudget.Share
    ) async throws(ConnectionEnding) -> [UInt8] {
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
            let deadline = transport.loop.now + service.deadlines.body
            guard let more = try await receive(by: deadline) else {
                throw .refusal(RequestError(.requestTimeout, "The body did not arrive in time."))
            }
            guard more > 0 else { throw .silent }
            count = more
        }
    }

    private func receive(by deadline: Int64, isIdle: Bool = false) async throws(ConnectionEnding) -> Int? {
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
    ) throws(ConnectionEnding) -> T {
        var used = 0
        do {
            return try transport.loop.scratch.received.withBytes(count) { (received) throws(RequestError) in
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
}
