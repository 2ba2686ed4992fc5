/// Where an event loop reads its sockets to: one for all of its connections. Belongs to the loop's thread.
@safe
package final class ReceiveBuffer {
    package static let size = 64 * 1024

    // As long as the buffer lives, so does its memory.
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)

    init() {
        // Nothing of it is shown before it has been received; this only keeps its first use from being undefined.
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { unsafe memory.deallocate() }

    /// Lends the memory to a call that fills it.
    @unsafe
    package func withMemory<Result>(_ fill: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
        unsafe fill(memory)
    }

    /// Lends the first `count` bytes.
    func withBytes<Result>(_ count: Int, _ read: (Span<UInt8>) -> Result) -> Result {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: memory[0..<count])
        return read(unsafe bytes.bindMemory(to: UInt8.self).span)
    }
}
