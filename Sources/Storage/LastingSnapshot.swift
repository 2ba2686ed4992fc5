import SQLite
import Synchronization

/// The database as it was at one moment, for a download that is written bit by bit while others go on writing.
///
/// It is done with when nothing refers to it any more. While it lasts, the log of writes cannot start over, so it has
/// an end in any case.
package final class LastingSnapshot: Sendable {
    /// The snapshot can be read no longer: its reader took too long.
    package struct Expired: Error {}

    private let readers: ReaderPool
    private let reader: Mutex<ReaderPool.Reader?>
    private let end: ContinuousClock.Instant

    init(of readers: ReaderPool, lifetime: Duration) throws {
        self.readers = readers
        end = .now + lifetime
        reader = Mutex(try readers.lend())
    }

    deinit {
        if let reader = reader.withLock({ $0.take() }) { readers.giveBack(reader) }
    }

    /// Runs `body` on the caller's thread. Throws `Expired`.
    package func read<Value>(_ body: (Stores) throws -> Value) throws -> Value {
        try reader.withLock { reader in
            guard let connection = reader?.connection, .now < end else { throw Expired() }
            return try body(Stores(connection))
        }
    }
}
