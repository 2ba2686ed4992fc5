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
        let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
        do {
            let value = try connection.transaction(.reading) { try body(connection) }
            idle.withLock { $0.append(Idle(connection: connection)) }
            return value
        } catch {
            if !connection.isInTransaction { idle.withLock { $0.append(Idle(connection: connection)) } }
            throw error
        }
    }

    func close() { idle.withLock { $0.removeAll() } }

    private func open() throws -> Connection {
        let connection = try Connection(path: path, mode: .readOnly)
        try connection.prepareForStores()
        try connection.run("PRAGMA query_only = ON")
        return connection
    }
}
