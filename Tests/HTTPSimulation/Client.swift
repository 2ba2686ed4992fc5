/// A client, and what the model knows of its connection. All times in milliseconds.
final class Client {
    let index: Int
    let network: Int
    let loop: Int
    let isTLS: Bool
    let wire = Wire()
    var checker: AnswerChecker

    /// Bytes that it has decided to send and that have not left.
    var outbox: [UInt8] = []
    private(set) var requests: [SentRequest] = []
    /// Bytes of its requests, without a handshake, that it has decided to send, and of those the ones that have arrived.
    private var planned = 0
    private var delivered = 0
    private var handshakeToSend: Int
    /// It has sent what nothing can follow.
    private(set) var hasGivenUp = false

    var acceptTime: Int64 = -1
    /// When the server last sent anything, or accepted.
    var idleSince: Int64 = 0
    /// When it said that it sends no more.
    private(set) var finishTime: Int64 = 0
    /// Handlers of its requests that were called in this turn of its loop.
    var handledInTurn = 0
    /// When one of its handlers last went on.
    var workTime: Int64 = 0
    /// The connection is beyond the limit of its network.
    var isRefused = false
    /// A call of the server on it has failed.
    var hasFailed = false
    /// TLS has kept the server from reading or writing.
    var wasBlocked = false
    /// Since when something waits to be taken.
    var untakenSince: Int64?
    private var takes: [(time: Int64, bytes: Int)] = []
    private var deliveries: [(time: Int64, bytes: Int)] = []
    /// When the first byte of each request, its whole head, and all of it had arrived.
    private var beginnings: [Int: Int64] = [:]
    private var heads: [Int: Int64] = [:]
    private var ends: [Int: Int64] = [:]
    /// Since when the current request has arrived in part, with all before it answered, and since when its head as a whole.
    private var partialSince: Int64?
    private var bodySince: Int64?
    private var partialNumber = -1

    init(_ index: Int, network: Int, loop: Int, isTLS: Bool) {
        self.index = index
        self.network = network
        self.loop = loop
        self.isTLS = isTLS
        checker = AnswerChecker(client: index)
        handshakeToSend = isTLS ? 300 : 0
        wire.handshake = handshakeToSend
        if isTLS { outbox = [UInt8](repeating: 0x16, count: handshakeToSend) }
    }

    var isOpen: Bool { acceptTime >= 0 && !wire.isClosed }
    var isBlocked: Bool { wire.blocksReading || wire.blocksWriting || wire.sendLimit != nil }
    var hasSent: Bool { checker.answered > 0 || checker.isWithinAnswer || checker.refusal != nil }

    /// The request that is answered next, if its client has decided to send it.
    var current: SentRequest? { checker.answered < requests.count ? requests[checker.answered] : nil }
    func isComplete(_ request: SentRequest) -> Bool { delivered >= request.end }
    var hasUnanswered: Bool { current.map(isComplete) ?? false }
    /// Whether a part of the next request has arrived.
    var hasPartial: Bool { current.map { delivered > $0.start } ?? false }

    /// Bytes that the server has received of a request that has not arrived as a whole, and has to keep.
    var held: Int {
        // A refusal that finds no room to be sent has dropped everything.
        guard !isBlocked, !wire.isWaitingForRoom, wire.handshake == 0, let current, checker.refusal == nil,
            !checker.isOver,
            !wire.serverHasFinished,
            current.plan.kind != .malformed, current.plan.kind != .tooLarge, !isComplete(current),
            !current.plan.isHandedOver(current.number)
        else { return 0 }
        let received = delivered - wire.arriving.count
        guard received >= current.headEnd else { return max(0, received - current.start) }
        return received - current.headEnd
    }

    func send(_ plan: RequestPlan) {
        let number = requests.count
        let (head, body) = plan.bytes(client: index, number: number)
        requests.append(
            SentRequest(
                plan: plan, number: number, start: planned, headEnd: planned + head.count,
                end: planned + head.count + (plan.isToldTooLarge ? 0 : body.count)))
        planned += head.count + body.count
        outbox += head + body
        let isRefused =
            plan.kind == .malformed || plan.kind == .tooLarge
            || plan.kind == .unwanted && plan.isHandedOver(number)
        if isRefused || plan.closes || plan.isHTTP10 {
            hasGivenUp = true
        }
    }

    func deliver(_ count: Int, at time: Int64) {
        let count = min(count, outbox.count)
        wire.arriving += outbox.prefix(count)
        outbox.removeFirst(count)
        wire.hasEvent = true
        let ofHandshake = min(count, handshakeToSend)
        handshakeToSend -= ofHandshake
        delivered += count - ofHandshake
        if ofHandshake > 0 { idleSince = time }
        deliveries.append((time, count - ofHandshake))
        for request in requests.reversed() where delivered > request.start {
            if ends[request.number] != nil { break }
            if beginnings[request.number] == nil { beginnings[request.number] = time }
            if delivered >= request.headEnd, heads[request.number] == nil { heads[request.number] = time }
            if delivered >= request.end, ends[request.number] == nil { ends[request.number] = time }
        }
        notePartial(at: time)
    }

    func take(_ count: Int, room: Int, at time: Int64) {
        let count = min(count, wire.leaving.count)
        wire.leaving.removeFirst(count)
        takes.append((time, count))
        // With an answer that is not whole, or that has found no room, the server has more that waits.
        let hasMore = checker.isWithinAnswer || hasUnanswered || wire.isWaitingForRoom
        if wire.leaving.isEmpty, !hasMore { untakenSince = nil }
        // The kernel tells of room when a third of the buffer is free (tcp(7)).
        if wire.isWaitingForRoom, (room - wire.leaving.count) * 3 >= room {
            wire.isWaitingForRoom = false
            wire.hasEvent = true
        }
    }

    func unblock() {
        wire.blocksReading = false
        wire.blocksWriting = false
        wire.sendLimit = nil
        wire.hasEvent = true
    }

    /// Says that it sends no more; what it has not sent stays unsent.
    func finish(at time: Int64) {
        outbox = []
        wire.clientHasFinished = true
        wire.hasEvent = true
        finishTime = time
    }

    private func sum(_ moves: [(time: Int64, bytes: Int)], since time: Int64) -> Int {
        var sum = 0
        for move in moves.reversed() {
            if move.time < time { break }
            sum += move.bytes
        }
        return sum
    }

    /// The latest times at which the server sees a part of the current request.
    func notePartial(at time: Int64) {
        guard acceptTime >= 0, let current, delivered > current.start else {
            partialSince = nil
            bodySince = nil
            return
        }
        if partialNumber != current.number {
            partialNumber = current.number
            partialSince = time
            bodySince = nil
        }
        if bodySince == nil, delivered >= current.headEnd { bodySince = time }
    }

    /// Why the server must not refuse the current request with this status; nil where it may.
    func objection(to status: Int, isShort: Bool, at time: Int64) -> String? {
        guard let current else { return "nothing is refused with \(status)" }
        switch status {
        case 400: return current.plan.kind == .malformed ? nil : "a proper request is answered 400"
        case 413: return current.plan.kind == .tooLarge ? nil : "a body that is allowed is answered 413"
        case 507:
            return current.plan.kind == .unwanted && current.plan.isHandedOver(current.number)
                ? nil : "a body that is wanted is answered 507"
        case 503: return isShort ? nil : "answered 503 while there is room"
        case 408:
            if wasBlocked { return nil }
            guard let beginning = beginnings[current.number] else { return "answered 408 before a request" }
            // The server may have decided before the rest came, and found no room to say so.
            let head = heads[current.number] ?? time
            let passed = head - max(beginning, acceptTime)
            if passed + World.slack >= 10_000 { return nil }
            guard heads[current.number] != nil else { return "a head is answered 408 after \(passed) ms" }
            let end = ends[current.number] ?? time
            let bodyTime = end - max(head, acceptTime)
            guard bodyTime + World.slack >= 30_000 else {
                return "a body is answered 408 after \(bodyTime) ms"
            }
            let recent = sum(deliveries, since: time - 30_000 + World.slack)
            return recent < World.leastTransfer * 32 / 30 || ends[current.number] != nil
                ? nil : "a body is answered 408 though \(recent) bytes came in 30 s"
        default: return "the status \(status) has no reason"
        }
    }

    /// Whether it has taken too little for so long that it may be cut off. `within`: how long taking nothing may last.
    func isTooSlow(at time: Int64, within limit: Int64) -> Bool {
        // Where TLS keeps the server from writing, the model does not know what waits.
        if wasBlocked { return true }
        guard let since = untakenSince else { return false }
        let time = time + World.slack
        if time >= since + 30_000,
            sum(takes, since: time - 30_000 + World.slack) < World.leastTransfer * 32 / 30
        {
            return true
        }
        return limit < 30_000 && time >= since + limit && sum(takes, since: time - limit) == 0
    }

    /// Why its connection should have gone by now; nil where it may still be there. `isWorking`: one of its handlers is.
    func overdue(at time: Int64, isWorking: Bool, room: Int) -> String? {
        let slack = World.slack
        if wire.isReset { return "a connection that was reset is kept" }
        if wire.handshake > 0 {
            return time > acceptTime + 10_000 + slack ? "a handshake may last for ever" : nil
        }
        if wasBlocked || hasFailed { return nil }
        if let since = untakenSince {
            // What fits into the kernel's buffer has no deadline of its own while there is something else to wait for.
            let isFull = wire.leaving.count >= room
            if !isFull, isWorking || hasPartial { return nil }
            let start = max(since, workTime, isFull ? 0 : idleSince)
            // The server looks every few seconds; a refusal that finds no room comes after a deadline of its own.
            let limit: Int64 = hasPartial || checker.refusal != nil ? 75_000 : 46_000
            if time > start + limit, sum(takes, since: time - limit) < World.leastTransfer * 28 / 30 {
                return "a client that takes too little is kept"
            }
            return nil
        }
        if wire.clientHasFinished, !hasUnanswered, !(isWorking && hasPartial) {
            // The server looks every few seconds whether everything has been taken.
            return time > max(finishTime, idleSince, workTime, takes.last?.time ?? 0) + 6000
                ? "a connection is kept after its client has ended" : nil
        }
        if checker.isOver || wire.serverHasFinished {
            return time > idleSince + 41_000 && time > (takes.last?.time ?? 0) + 11_000
                ? "a connection is kept after its last answer" : nil
        }
        guard let current, delivered > current.start else {
            return time > max(idleSince + 60_000, takes.last?.time ?? 0) + 6000
                ? "an idle connection is kept" : nil
        }
        if isComplete(current) { return nil }
        if delivered < current.headEnd {
            return time > (partialSince ?? time) + 10_000 + slack ? "a head may take for ever" : nil
        }
        // While a piece is taken, nobody waits for the client.
        if isWorking { return nil }
        guard let bodySince, time > bodySince + 30_000 + slack,
            workTime == 0 || time > workTime + 60_000 + slack
        else { return nil }
        return sum(deliveries, since: time - 30_000 - slack) < World.leastTransfer * 29 / 30
            ? "a body may take for ever" : nil
    }
}
