/// A connection's bytes in and out: waits where the socket cannot go on, gathers what is to be sent, keeps the
/// deadlines. It belongs to one task on one event loop.
final class Transport {
    /// The connection is dead, or its client does not take what is sent to it.
    struct Lost: Error {}

    /// Bytes that gather before they are sent.
    static let gatheringLimit = 64 * 1024
    /// A body up to this many bytes is copied behind its head, a larger one is sent from where it is.
    private static let copyLimit = 16 * 1024
    /// Bytes of a file that one connection sends before the others have their turn.
    private static let fileTurn = 512 * 1024

    let loop: EventLoop
    private let socket: Socket
    private let watch: Watch
    private let deadlines: Deadlines
    private var output: [UInt8] = []
    /// How many bytes of `output` the kernel has taken.
    private var sent = 0
    private var isFlushPlanned = false
    private var isReceiveBufferFull = false

    /// Takes over the socket. `end` has to be called last.
    init(owning number: Int32, loop: EventLoop, deadlines: Deadlines) throws(SystemError) {
        self.loop = loop
        self.deadlines = deadlines
        socket = Socket(owning: number)
        watch = try loop.watch(number)
    }

    /// Lets the running task be cancelled when the client goes away.
    func adoptCurrentTask() {
        watch.adoptCurrentTask()
    }

    func end() {
        loop.unwatch(watch)
    }

    /// Waits, idle, for something to receive, while the task ends.
    func park(until deadline: Int64, then resume: @escaping (Watch.Wake) -> Void) {
        watch.park(until: deadline, then: resume)
    }

    /// Whether bytes may be waiting that have not been received.
    var mayReceiveMore: Bool { watch.isReadable }

    /// Receives into the loop's `scratch.received`, which has to be used before the next suspension. Returns how many
    /// bytes; 0 at the end of what the client sends; nil when `deadline` has passed, or earlier where the wait is
    /// idle and is ended. What has gathered is sent before it waits.
    func receive(by deadline: Int64, isIdle: Bool = false) async throws(Lost) -> Int? {
        if isReceiveBufferFull {
            isReceiveBufferFull = false
            await loop.yield()
        }
        while true {
            if watch.isReadable {
                do throws(Socket.Failure) {
                    let count = try loop.scratch.received.receive(from: socket)
                    isReceiveBufferFull = count == ReceiveBuffer.size
                    if !isReceiveBufferFull { watch.exhausted(.reading) }
                    return count
                } catch {
                    guard error == .wouldBlock else { throw Lost() }
                    watch.exhausted(.reading)
                }
            }
            if !output.isEmpty { try await flush() }
            guard
                await watch.wait(for: .reading, until: deadline, endingAt: isIdle ? .idle : .nothing)
                    == .ready
            else { return nil }
        }
    }

    /// Adds to what is to be sent.
    func gather(_ append: (inout [UInt8]) -> Void) {
        // Taken out while it is written to: a buffer that is held in two places would be copied.
        var gathered: [UInt8] = []
        swap(&gathered, &output)
        if gathered.isEmpty { gathered = loop.scratch.takeBuffer() }
        append(&gathered)
        output = gathered
    }

    /// Sends what has gathered no later than when the loop waits again: answers to pipelined requests share a write.
    func flushLater() async throws(Lost) {
        if output.count - sent >= Self.gatheringLimit { return try await flush() }
        if isFlushPlanned { return }
        isFlushPlanned = true
        loop.flushLater(self)
    }

    /// What the loop does for `flushLater`. Whatever the kernel does not take is left to `flush`.
    func flushNow() {
        isFlushPlanned = false
        guard sent < output.count, let count = try? socket.send(output, from: sent) else { return }
        sent += count
        if sent == output.count { recycle() }
    }

    /// Sends what has gathered, waiting for the client to take it.
    func flush() async throws(Lost) {
        while sent < output.count {
            do {
                sent += try socket.send(output, from: sent)
            } catch {
                try await waitToSend(after: error)
            }
        }
        recycle()
    }

    /// Sends what has gathered and then the bytes.
    func send(_ bytes: [UInt8]) async throws(Lost) {
        if bytes.count <= Self.copyLimit { return gather { $0 += bytes } }
        var bytesSent = 0
        while bytesSent < bytes.count {
            do {
                if sent == output.count {
                    bytesSent += try socket.send(bytes, from: bytesSent)
                } else {
                    let count = try socket.send(output, from: sent, then: bytes)
                    bytesSent = max(0, count - (output.count - sent))
                    sent += count - bytesSent
                }
            } catch {
                try await waitToSend(after: error)
            }
        }
        recycle()
    }

    /// Sends a piece of a stream (RFC 9112 §7.1). An empty one is nothing: as a chunk it would be the end.
    func send(_ piece: [UInt8], asChunk isChunk: Bool) async throws(Lost) {
        if piece.isEmpty { return }
        guard isChunk else { return try await send(piece) }
        gather {
            $0.append(hexadecimal: piece.count)
            $0.append("\r\n")
        }
        try await send(piece)
        gather { $0.append("\r\n") }
    }

    /// Sends what has gathered and then the part of the file. A file that has become shorter cuts the connection: the
    /// client has been promised more.
    func send(_ slice: FileSlice) async throws(Lost) {
        while sent < output.count {
            do {
                sent += try socket.send(output, from: sent, isMoreToCome: true)
            } catch {
                try await waitToSend(after: error)
            }
        }
        recycle()
        var position = slice.offset
        let end = slice.offset + slice.count
        while position < end {
            do throws(Socket.Failure) {
                let turn = min(end - position, Self.fileTurn)
                let count = try socket.send(slice.file, offset: position, count: turn)
                guard count > 0 else { throw .broken }
                position += count
                if count == turn, position < end { await loop.yield() }
            } catch {
                try await waitToSend(after: error)
            }
        }
    }

    /// Stops sending and waits for the client to do the same, for a while: closing at once would reset the connection
    /// if the client still sends, and it would lose the answer that says why (RFC 9112 §9.6).
    func linger() async throws(Lost) {
        try await flush()
        socket.endSending()
        let deadline = loop.now + (loop.stop == nil ? deadlines.linger : deadlines.farewell)
        while let count = try await receive(by: deadline, isIdle: true), count > 0, loop.now < deadline {}
    }

    /// Makes the client see an error instead of an end, when the connection is closed.
    func abort() {
        socket.resetWhenClosed()
    }

    private func waitToSend(after failure: Socket.Failure) async throws(Lost) {
        guard failure == .wouldBlock else { throw Lost() }
        watch.exhausted(.writing)
        let deadline = loop.now + deadlines.write
        guard await watch.wait(for: .writing, until: deadline) == .ready else { throw Lost() }
    }

    private func recycle() {
        sent = 0
        if output.isEmpty { return }
        var empty: [UInt8] = []
        swap(&empty, &output)
        loop.scratch.give(empty)
    }
}
