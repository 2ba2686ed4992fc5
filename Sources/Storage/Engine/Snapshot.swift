/// One state of the database for everything that is read while a request is answered: who asks, and what the page shows.
/// Its transaction begins with the first read and ends with `end`; what is read later sees the database as it is then.
///
/// `@unchecked Sendable` is true because the values that hold it cross between threads, and it is used by one at a time:
/// until `end` by the thread that answers the request, and after it every read has a connection of its own.
package final class Snapshot: @unchecked Sendable {
    private enum State {
        case unused
        case reading(Connection)
        case ended
    }

    private let readers: ReaderPool
    private var state = State.unused

    init(of readers: ReaderPool) {
        self.readers = readers
    }

    deinit { end() }

    /// Runs `body` on the snapshot, on the caller's thread, without waiting for the writer.
    package func read<Value>(_ body: (Stores) throws -> Value) throws -> Value {
        do {
            switch state {
            case .ended: return try readers.read { try body(Stores($0)) }
            case .reading(let connection): return try body(Stores(connection))
            case .unused:
                let connection = try readers.begin()
                state = .reading(connection)
                return try body(Stores(connection))
            }
        } catch {
            throw publicError(for: error)
        }
    }

    /// Lets the transaction go. A long one would keep the log from being written back into the file.
    package func end() {
        if case .reading(let connection) = state { readers.end(connection) }
        state = .ended
    }
}
