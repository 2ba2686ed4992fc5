/// Memory that the connections of one loop take turns to use, so that an idle one holds next to none and a busy one
/// asks for none.
struct Scratch {
    /// A buffer that has grown beyond this many bytes is not kept.
    private static let largestSpare = 128 * 1024
    private static let mostSpares = 64

    /// Where sockets are read to.
    var received = [UInt8](repeating: 0, count: 64 * 1024)
    var date = DateField()
    private var buffers: [[UInt8]] = []
    private var heads: [RequestHead] = []

    /// An empty buffer for an answer.
    mutating func takeBuffer() -> [UInt8] {
        buffers.popLast() ?? []
    }

    mutating func give(_ buffer: consuming [UInt8]) {
        guard buffers.count < Self.mostSpares, buffer.capacity <= Self.largestSpare else { return }
        buffer.removeAll(keepingCapacity: true)
        buffers.append(buffer)
    }

    mutating func takeHead() -> RequestHead {
        heads.popLast() ?? RequestHead()
    }

    /// Keeps the head for another request, unless somebody still reads it.
    mutating func give(_ head: consuming RequestHead) {
        guard heads.count < Self.mostSpares, isKnownUniquelyReferenced(&head) else { return }
        heads.append(head)
    }
}

/// The `Date` field, made once a second (RFC 9110 §6.6.1).
struct DateField {
    private var second = Int64.min
    /// The whole line with its CRLF.
    private(set) var line: [UInt8] = []

    init() {
        update()
    }

    mutating func update() {
        let now = Clock.unixSeconds
        guard now != second else { return }
        second = now
        line = Array("Date: \(HTTPDate.format(now))\r\n".utf8)
    }
}
