/// What a client is to get: bytes and parts of files that wait to be sent, what they count against the budget for answers,
/// and how fast the client takes them.
struct Outgoing: ~Copyable {
    private enum Part {
        case bytes([UInt8])
        case file(FileSlice)
    }

    enum Flush {
        /// Everything has been given to the kernel.
        case done
        /// The kernel has no room.
        case blocked
        /// There is more to send; the others have their turn first.
        case turnIsOver
        /// The connection is dead.
        case broken
        /// What waits would be more than the budget has room for.
        case overBudget
    }

    /// How a client takes what it was sent.
    enum Taking {
        case all
        case some
        /// Too little, for too long.
        case tooSlow
    }

    /// Bytes that gather before they are sent.
    private static let gatheringLimit = 64 * 1024
    /// A body up to this many bytes is copied behind its head, a larger one is sent from where it is.
    private static let copyLimit = 16 * 1024
    /// Bytes that one connection sends before the others have their turn.
    private static let turn = 512 * 1024

    private let limits: Limits
    private let deadlines: Deadlines
    private let memory: LoopMemory
    private var charge: Charge

    /// What goes first, where it cannot be copied behind what has gathered.
    private var parts: [Part] = []
    /// What comes last. Lent by the loop while it is in use.
    private var gathered: [UInt8] = []
    /// How much of what goes first has been sent.
    private var sent = 0
    /// Something is left from the last `flush`.
    private(set) var isBehind = false
    /// What has to happen to the socket before more can be sent.
    private(set) var waitsFor = Transfer.Direction.writing

    /// Bytes given to the kernel, and of those the ones that have been seen to be taken.
    private var given = 0
    private var noted = 0
    /// Since when there are others, in the loop's milliseconds; nil while there are none.
    private var untakenSince: Int64?
    /// How fast the client takes them; nil while little is on its way.
    private var pace: Pace?
    /// When bytes were last given to the kernel, and when the client was last seen to have taken some.
    private var lastGiven: Int64 = 0
    private var lastProgress: Int64 = 0

    init(_ limits: Limits, _ deadlines: Deadlines, _ memory: LoopMemory, _ charge: consuming Charge) {
        self.limits = limits
        self.deadlines = deadlines
        self.memory = memory
        self.charge = charge
    }

    var isEmpty: Bool { parts.isEmpty && gathered.isEmpty }

    /// What there is should be sent before more is added.
    var isFull: Bool { isBehind || !parts.isEmpty || gathered.count >= Self.gatheringLimit }

    /// Lets `write` append to what has gathered.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        if gathered.capacity == 0 { gathered = memory.takeBuffer() }
        write(&gathered)
    }

    mutating func append(_ body: [UInt8]) {
        guard body.count > Self.copyLimit else { return append { $0 += body } }
        closeGathered()
        parts.append(.bytes(body))
    }

    mutating func append(_ slice: FileSlice) {
        guard slice.count > 0 else { return }
        closeGathered()
        parts.append(.file(slice))
    }

    private mutating func closeGathered() {
        if gathered.isEmpty { return }
        parts.append(.bytes(gathered))
        gathered = []
    }

    /// Sends as much as the kernel takes.
    mutating func flush(to socket: any Socket, at now: Int64) -> Flush {
        // A client that has taken everything in between starts anew.
        if let untakenSince, !isBehind, pace != nil || now - untakenSince > deadlines.linger {
            look(at: socket, now)
        }
        var total = 0
        while !isEmpty {
            guard total < Self.turn else { return wait(.turnIsOver, for: socket, at: now) }
            switch sendFirst(to: socket, upTo: Self.turn - total) {
            case .bytes(let bytes):
                // A file that has become shorter: the client has been promised more.
                guard bytes > 0 else { return .broken }
                total += bytes
                given += bytes
                lastGiven = now
                if untakenSince == nil { untakenSince = now }
                advance(by: bytes)
            case .blocked(let direction):
                waitsFor = direction
                return wait(.blocked, for: socket, at: now)
            case .broken: return .broken
            }
        }
        if isBehind {
            isBehind = false
            waitsFor = .writing
            _ = note(socket.unacknowledged, at: now)
        }
        // Nothing held is never too much.
        _ = charge.set(0)
        return .done
    }

    private mutating func wait(_ reason: Flush, for socket: any Socket, at now: Int64) -> Flush {
        isBehind = true
        if pace == nil { look(at: socket, now) }
        return charge.set(held) ? reason : .overBudget
    }

    /// Bytes of memory that what waits takes.
    private var held: Int {
        parts.reduce(gathered.count) { sum, part in
            switch part {
            case .bytes(let bytes): sum + bytes.count
            case .file: sum
            }
        }
    }

    private func sendFirst(to socket: any Socket, upTo limit: Int) -> Transfer {
        guard let first = parts.first else { return socket.send(gathered, from: sent) }
        switch first {
        case .bytes(let bytes):
            guard parts.count > 1 else {
                return gathered.isEmpty
                    ? socket.send(bytes, from: sent) : socket.send(bytes, from: sent, then: gathered)
            }
            guard case .bytes(let next) = parts[1] else { return socket.send(bytes, from: sent) }
            return socket.send(bytes, from: sent, then: next)
        case .file(let slice):
            return socket.send(
                slice.file, offset: slice.offset + sent, count: min(slice.count - sent, limit))
        }
    }

    /// So many bytes from the front have been sent.
    private mutating func advance(by bytes: Int) {
        sent += bytes
        while let first = parts.first {
            let length =
                switch first {
                case .bytes(let bytes): bytes.count
                case .file(let slice): slice.count
                }
            guard sent >= length else { return }
            sent -= length
            parts.removeFirst()
        }
        guard sent == gathered.count else { return }
        memory.give(&gathered)
        sent = 0
    }
}

/// How the client takes what it was sent: what the kernel has been given and the client has not acknowledged counts as not
/// taken, for nobody may be reading it.
extension Outgoing {
    /// When too little will have been taken if nothing more is.
    var deadline: Int64 {
        // Of little on its way, whatever is left at the deadline means that too little was taken.
        pace?.deadline ?? lastGiven + deadlines.write
    }

    /// Much was on its way when it was last looked at: the more often it is looked at, the better its pace is known.
    var isMeasured: Bool { pace != nil }

    /// The last answer has been given to the kernel as a whole.
    mutating func noteEnd(to socket: any Socket, at now: Int64) {
        if pace == nil, given - noted > limits.leastTransfer { look(at: socket, now) }
    }

    /// Sees what the client has taken, and begins to measure its pace if that is not everything.
    private mutating func look(at socket: any Socket, _ now: Int64) {
        // So little has been given since `untakenSince` that too little has been taken. What is on its way may have been
        // given later, but not by more than the time between two looks.
        let isLittle = given - noted <= limits.leastTransfer
        if note(socket.unacknowledged, at: now), !isBehind { return }
        guard pace == nil else { return }
        let start = isLittle ? min(now, (untakenSince ?? now) + deadlines.linger) : now
        pace = Pace(limits.leastTransfer, in: deadlines.write, from: start)
        lastProgress = now
    }

    /// Notes what has been taken; returns whether that is everything that was given.
    private mutating func note(_ unacknowledged: Int, at now: Int64) -> Bool {
        let taken = given - unacknowledged
        if taken > noted {
            pace?.note(taken - noted, at: now)
            noted = taken
            lastProgress = now
        }
        guard unacknowledged == 0 else { return false }
        if !isBehind {
            pace = nil
            untakenSince = nil
        }
        return true
    }

    /// Looks at what the client has taken by now. `isShort`: the budget for answers is, and a client that takes nothing
    /// has less time.
    mutating func taking(from socket: any Socket, at now: Int64, isShort: Bool) -> Taking {
        if note(socket.unacknowledged, at: now), isEmpty { return .all }
        if isShort, isBehind, now >= lastProgress + deadlines.writeWhenShort { return .tooSlow }
        return now >= deadline ? .tooSlow : .some
    }
}
