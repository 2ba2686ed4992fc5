import SQLite
import Synchronization

/// Read-only connections, the one used last on top: its pages and statements are the warmest.
final class ReaderPool: Sendable {
    /// A connection in the pool belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    private struct Idle: @unchecked Sendable { let connection: Connection }

    private let path: String
    private let idle = Mutex<[Idle]>([])

    init(path: String) { self.path = path }

    /// Runs `body` in one read transaction.
    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let connection = try begin()
        defer { end(connection) }
        return try body(connection)
    }

    /// A connection with a read transaction open; `end` has to follow.
    func begin() throws -> Connection {
        let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
        try connection.begin(.reading)
        return connection
    }

    func end(_ connection: Connection) {
        // A read has nothing to commit; a connection that does not let go of its transaction is not used again.
        connection.rollBack()
        if !connection.isInTransaction { idle.withLock { $0.append(Idle(connection: connection)) } }
    }

    func close() { idle.withLock { $0.removeAll() } }

    private func open() throws -> Connection {
        let connection = try Connection(path: path, mode: .readOnly)
        try connection.prepareForStores()
        try connection.run("PRAGMA query_only = ON")
        return connection
    }
}
