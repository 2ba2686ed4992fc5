/// Memory that the connections of one loop take turns to use, so that an idle one holds next to none and a busy one asks
/// for none. What is lent has one owner until it is given back. Belongs to the loop's thread.
package final class LoopMemory {
    /// A buffer that has grown beyond this many bytes is not kept.
    private static let largestSpare = 256 * 1024
    private static let maxSpareBuffers = 16
    private static let maxSpareHeads = 64

    /// Filled and read within one call.
    let received = ReceiveBuffer()
    private var buffers: [[UInt8]] = []
    private var heads: [RequestHead] = []

    /// An empty buffer.
    func takeBuffer() -> [UInt8] {
        buffers.popLast() ?? []
    }

    /// Empties the buffer and leaves nothing in its place.
    func give(_ buffer: inout [UInt8]) {
        var given: [UInt8] = []
        swap(&given, &buffer)
        guard given.capacity <= Self.largestSpare, buffers.count < Self.maxSpareBuffers else { return }
        given.removeAll(keepingCapacity: true)
        buffers.append(given)
    }

    func takeHead() -> RequestHead {
        heads.popLast() ?? RequestHead()
    }

    /// Keeps the head for another request, unless somebody still reads it.
    func give(_ head: consuming RequestHead) {
        guard heads.count < Self.maxSpareHeads, isKnownUniquelyReferenced(&head) else { return }
        heads.append(head)
    }
}
