/// What a client has sent: bytes that have been received and not been used yet, and what they count against the budget for
/// what is received, together with a body that is on its way.
struct Incoming: ~Copyable {
    private var bytes: [UInt8] = []
    /// What lies before it in `bytes` has been used.
    private var start = 0
    /// Bytes of a body that is on its way, or belongs to the request that is being answered.
    var body = 0
    private var charge: Charge

    /// The bytes hold an incomplete line or head: they are read again only after more have come.
    var needsMore = false
    /// The client has said that it sends no more: what is received next, or has been received last, is the end.
    var endsReading = false
    /// The end has been received.
    private(set) var hasEnded = false
    /// What has to happen to the socket before the next bytes can be received.
    private(set) var waitsFor = Transfer.Direction.reading

    init(_ charge: consuming Charge) {
        self.charge = charge
    }

    /// Whether there is something that can be read now.
    var isReadable: Bool { !bytes.isEmpty && !needsMore }
    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ more: Span<UInt8>) {
        if more.isEmpty { return }
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(more)
        needsMore = false
    }

    /// Takes out what is kept, to be read from `start` on.
    mutating func take() -> (bytes: [UInt8], start: Int) {
        defer {
            bytes = []
            start = 0
        }
        return (bytes, start)
    }

    /// Puts back what has not been used.
    mutating func putBack(_ unread: [UInt8], from start: Int) {
        guard start < unread.count else { return }
        bytes = unread
        self.start = start
    }

    /// Charges what is held. Returns false where that is too much.
    mutating func chargeHeld() -> Bool {
        charge.set(bytes.count + body)
    }

    /// Drops what is kept, but for a body.
    mutating func dropUnread() {
        bytes = []
        start = 0
        needsMore = false
        // Less is never too much.
        _ = chargeHeld()
    }

    /// Drops everything.
    mutating func clear() {
        body = 0
        dropUnread()
    }

    mutating func end() { hasEnded = true }

    mutating func block(until direction: Transfer.Direction) { waitsFor = direction }

    mutating func unblock() { waitsFor = .reading }
}
