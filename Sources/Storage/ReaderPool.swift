import Expenses
import SQLite
import Synchronization

/// Read-only connections, the one used last on top: its pages and statements are the warmest.
final class ReaderPool: Sendable {
    /// A connection in the pool belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    struct Reader: @unchecked Sendable { let connection: Connection }

    private let path: String
    private let idle = Mutex<[Reader]>([])

    /// Readers outside of the pool between `begin` and `end`, and how many there may be.
    private let lent = Mutex(0)
    private let mostLent: Int

    init(path: String, mostLent: Int) {
        self.path = path
        self.mostLent = mostLent
    }

    /// Runs `body` in one read transaction.
    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
        do {
            let value = try connection.transaction(.reading) { try body(connection) }
            idle.withLock { $0.append(Reader(connection: connection)) }
            return value
        } catch {
            if !connection.isInTransaction { idle.withLock { $0.append(Reader(connection: connection)) } }
            throw error
        }
    }

    /// Takes a connection out of the pool, with a read transaction open on it, until `end`.
    func begin() throws -> Reader {
        try lent.withLock { lent in
            guard lent < mostLent else { throw AppError.busy(retryAfter: 10) }
            lent += 1
        }
        do {
            let reader = try idle.withLock { $0.popLast() } ?? Reader(connection: open())
            try reader.connection.begin(.reading)
            // A transaction sees the moment of its first read.
            _ = try reader.connection.integer("SELECT 1 FROM users LIMIT 1")
            return reader
        } catch {
            lent.withLock { $0 -= 1 }
            throw error
        }
    }

    /// Closes the transaction of a reader that `begin` gave.
    func end(_ reader: Reader) {
        lent.withLock { $0 -= 1 }
        reader.connection.rollBack()
        if !reader.connection.isInTransaction { idle.withLock { $0.append(reader) } }
    }

    func close() { idle.withLock { $0.removeAll() } }

    private func open() throws -> Connection {
        let connection = try Connection(path: path, mode: .readOnly)
        try connection.prepareForStores()
        try connection.run("PRAGMA query_only = ON")
        return connection
    }
}
