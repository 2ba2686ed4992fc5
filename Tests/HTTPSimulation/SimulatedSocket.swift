import HTTP
import Platform

/// What lies between a client and the server's end of its connection, as the kernels keep it.
final class Wire {
    /// What the client has sent and the server has not received.
    var arriving: [UInt8] = []
    /// What the server has sent and the client has not taken.
    var leaving: [UInt8] = []
    /// The client has said that it sends no more.
    var clientHasFinished = false
    /// The connection is dead in both directions.
    var isReset = false
    /// The server has said that it sends no more.
    var serverHasFinished = false
    /// The server has closed its end, with whatever was on its way.
    var isClosed = false
    /// What the server had sent and the client had not taken when the server closed.
    var lost = 0

    // What the world has decided about the server's next calls.
    var sendLimit: Int?
    var failsSend = false
    var failsReceive = false
    /// TLS has to write before it reads, or read before it writes.
    var blocksReading = false
    var blocksWriting = false
    /// Bytes of the handshake that have to arrive first.
    var handshake = 0
    /// The server's last call that sends found no room.
    var isWaitingForRoom = false
    /// Something has happened since the server was last told.
    var hasEvent = true
}

/// The server's end of a connection.
final class SimulatedSocket: Socket {
    let descriptor: Int32
    private let world: World
    private let client: Int
    private let wire: Wire
    private var resets = false
    private var hasReceivedEnd = false

    init(_ descriptor: Int32, client: Int, _ wire: Wire, in world: World) {
        self.descriptor = descriptor
        self.client = client
        self.wire = wire
        self.world = world
    }

    deinit { world.serverClosed(client, resets: resets) }

    var isEstablished: Bool { wire.handshake == 0 }
    var isDrained: Bool { !wire.blocksReading }

    var unacknowledged: Int {
        world.countCall()
        return wire.leaving.count
    }

    func receive(into buffer: ReceiveBuffer) -> Transfer {
        world.countCall()
        if wire.isReset || wire.failsReceive {
            world.noteFailure(client)
            return .broken
        }
        if wire.blocksReading {
            if wire.leaving.count >= world.scenario.sendBuffer { wire.isWaitingForRoom = true }
            return .blocked(.writing)
        }
        if wire.handshake > 0 {
            let count = min(wire.handshake, wire.arriving.count)
            wire.arriving.removeFirst(count)
            wire.handshake -= count
            if wire.handshake > 0, wire.clientHasFinished { return .broken }
            guard wire.handshake == 0, !wire.arriving.isEmpty else {
                return wire.handshake == 0 && wire.clientHasFinished ? .bytes(0) : .blocked(.reading)
            }
        }
        guard !wire.arriving.isEmpty else {
            if wire.clientHasFinished {
                if hasReceivedEnd { world.fail("the end is received again") }
                hasReceivedEnd = true
                return .bytes(0)
            }
            return .blocked(.reading)
        }
        let count = min(wire.arriving.count, ReceiveBuffer.size)
        unsafe buffer.withMemory { memory in
            unsafe wire.arriving.withUnsafeBytes { bytes in
                unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
        }
        wire.arriving.removeFirst(count)
        return .bytes(count)
    }

    func send(_ bytes: [UInt8], from start: Int) -> Transfer {
        send(bytes[start...])
    }

    func send(_ bytes: [UInt8], from start: Int, then rest: [UInt8]) -> Transfer {
        send(bytes[start...] + rest)
    }

    func send(_ file: OpenFile, offset: Int, count: Int) -> Transfer {
        send((offset..<(offset + count)).map(Pattern.fileByte)[...])
    }

    private func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
        world.countCall()
        if bytes.isEmpty { world.fail("a call that sends nothing") }
        if wire.serverHasFinished { world.fail("something is sent after the end") }
        if wire.isReset || wire.failsSend {
            world.noteFailure(client)
            return .broken
        }
        if wire.blocksWriting { return .blocked(.reading) }
        let room = world.scenario.sendBuffer - wire.leaving.count
        let count = min(bytes.count, room, wire.sendLimit ?? .max)
        if let limit = wire.sendLimit { wire.sendLimit = count < limit && count > 0 ? limit - count : nil }
        guard count > 0 else {
            wire.isWaitingForRoom = true
            // Room may come back at once, as it does where the limit was not the buffer's.
            if room > 0 { wire.hasEvent = true }
            return .blocked(.writing)
        }
        let sent = Array(bytes.prefix(count))
        wire.leaving += sent
        wire.isWaitingForRoom = false
        world.serverSent(sent, to: client)
        return .bytes(count)
    }

    func endSending() {
        world.countCall()
        wire.serverHasFinished = true
        if wire.clientHasFinished { wire.hasEvent = true }
    }

    func sayGoodbye() {}

    func resetWhenClosed() { resets = true }
}
