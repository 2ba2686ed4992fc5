/// Where a streamed body is written to. Small writes gather; a full buffer goes to the client, and the writer
/// waits until the client has taken it, so that a stream of any length needs the same memory.
///
/// When the client goes away, the next write throws and the task is cancelled.
package struct BodyWriter: ~Copyable {
    /// Bytes that gather before they are sent.
    static let bufferSize = 32 * 1024

    private var buffer: [UInt8] = []
    private var sent = 0
    private let send: ([UInt8]) async throws -> Void

    init(send: @escaping ([UInt8]) async throws -> Void) {
        self.send = send
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Bytes written so far.
    package var count: Int { sent + buffer.count }

    package mutating func write(_ bytes: [UInt8]) async throws {
        try await write { $0 += bytes }
    }

    package mutating func write(_ text: String) async throws {
        try await write { $0 += text.utf8 }
    }

    /// Lets `append` add a piece (a row, a line) to the end of the buffer itself, without a copy between.
    package mutating func write(_ append: (inout [UInt8]) throws -> Void) async throws {
        try append(&buffer)
        if buffer.count >= Self.bufferSize { try await flush() }
    }

    /// Sends what has gathered now: for a stream whose pieces come with long pauses.
    package mutating func flush() async throws {
        try Task.checkCancellation()
        guard !buffer.isEmpty else { return }
        try await send(buffer)
        sent += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// What has gathered and has not been sent, at the end.
    consuming func rest() -> [UInt8] { buffer }
}
