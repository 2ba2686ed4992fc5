/// Memory that the connections of one loop take turns to use, so that an idle one holds next to none and a busy one
/// asks for none. Belongs to the loop's thread.
final class Scratch {
    /// A buffer that has grown beyond this many bytes is not kept.
    private static let largestSpare = 128 * 1024
    private static let mostSpares = 64

    let received = ReceiveBuffer()
    private var buffers: [[UInt8]] = []
    private var heads: [RequestHead] = []

    /// An empty buffer for an answer.
    func takeBuffer() -> [UInt8] {
        buffers.popLast() ?? []
    }

    func give(_ buffer: consuming [UInt8]) {
        guard buffers.count < Self.mostSpares, buffer.capacity <= Self.largestSpare else { return }
        buffer.removeAll(keepingCapacity: true)
        buffers.append(buffer)
    }

    func takeHead() -> RequestHead {
        heads.popLast() ?? RequestHead()
    }

    /// Keeps the head for another request, unless somebody still reads it.
    func give(_ head: consuming RequestHead) {
        guard heads.count < Self.mostSpares, isKnownUniquelyReferenced(&head) else { return }
        heads.append(head)
    }
}
