import Glibc

/// Where an event loop reads its sockets to: one for all of its connections. Belongs to the loop's thread.
@safe
final class ReceiveBuffer {
    static let size = 64 * 1024

    // As long as the buffer lives, so does its memory.
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)

    init() {
        // Nothing of it is shown before it has been received; this only keeps its first use from being undefined.
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { unsafe memory.deallocate() }

    /// Fills it anew. Returns how many bytes have come; 0 when the peer has said that it sends no more.
    func receive(from socket: borrowing Socket) throws(Socket.Failure) -> Int {
        let count = unsafe recv(socket.number, memory.baseAddress!, memory.count, 0)
        guard count >= 0 else { throw Socket.failure() }
        return count
    }

    /// Lends the first `count` bytes.
    func withBytes<T: ~Copyable>(
        _ count: Int, _ read: (Span<UInt8>) throws(RequestError) -> T
    ) throws(RequestError) -> T {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: memory[0..<count])
        return try read(unsafe bytes.bindMemory(to: UInt8.self).span)
    }
}
