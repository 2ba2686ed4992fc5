import Platform
import Synchronization

/// The database as it was at one moment, for a download that is written bit by bit while others go on writing.
///
/// It is done with when nothing refers to it any more. While it lasts, the log of writes cannot start over, so it has
/// an end in any case.
package final class LastingSnapshot: Sendable {
    /// The snapshot can be read no longer: its reader took too long, or too much was written meanwhile.
    package struct Expired: Error {}

    private let readers: ReaderPool
    private let reader: Mutex<ReaderPool.Reader?>
    /// Whether it has been ended while it was read: its reader lets go of it then.
    private let isEnded = Atomic(false)
    private let deadline: ContinuousClock.Instant
    private let threads: ThreadExecutor?

    init(of readers: ReaderPool, lifetime: Duration, threads: ThreadExecutor?) throws {
        self.readers = readers
        self.threads = threads
        deadline = .now + lifetime
        reader = Mutex(try readers.lend())
        readers.register(self)
    }

    deinit { end() }

    /// Lets the reader go, and does not wait for what is being read: who reads from now on is told that the snapshot has
    /// expired.
    func end() {
        isEnded.store(true, ordering: .sequentiallyConsistent)
        if let reader = reader.withLockIfAvailable({ $0.take() }) ?? nil { readers.giveBack(reader) }
    }

    /// Runs `body` on the caller's thread, or, where that would wait for a server, on one that may. Throws `Expired`.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Stores) throws -> Value
    ) async throws -> Value {
        guard let threads else { return try readHere(body) }
        return try await threads.run { Result { try self.readHere(body) } }.get()
    }

    /// Runs `body` on the caller's thread. Throws `Expired`.
    package func read<Value>(_ body: (Stores) throws -> Value) throws -> Value { try readHere(body) }

    private func readHere<Value>(_ body: (Stores) throws -> Value) throws -> Value {
        // After the lock, so that an end is seen that came before it was let go of.
        defer { if isEnded.load(ordering: .sequentiallyConsistent) { end() } }
        return try reader.withLock { reader in
            guard let connection = reader?.connection, .now < deadline,
                !isEnded.load(ordering: .sequentiallyConsistent)
            else { throw Expired() }
            do {
                return try body(Stores(connection))
            } catch {
                throw publicError(for: error)
            }
        }
    }
}
