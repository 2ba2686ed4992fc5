import Expenses
import Synchronization

/// Connections for reading, the one used last on top: its pages and statements are the warmest.
final class ReaderPool: Sendable {
    /// A connection in the pool belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    struct Reader: @unchecked Sendable { let connection: Connection }

    private let connect: @Sendable () throws -> Connection
    private let maxOpen: Int
    private let idle = Mutex<[Reader]>([])
    /// Connections that are open, idle or not.
    private let opened = Atomic(0)

    /// `connect` opens a connection that can change nothing. With `maxOpen` of them in use, one more read is refused.
    init(maxOpen: Int, connect: @escaping @Sendable () throws -> Connection) {
        self.connect = connect
        self.maxOpen = maxOpen
    }

    /// Runs `body` in one read transaction.
    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let connection = try begin()
        defer { end(connection) }
        return try body(connection)
    }

    /// A connection with a read transaction open; `end` has to follow.
    func begin() throws -> Connection {
        let connection = try reuse() ?? open()
        do {
            try connection.beginReading()
        } catch {
            opened.subtract(1, ordering: .relaxed)
            throw error
        }
        return connection
    }

    private func reuse() -> Connection? {
        while let reader = idle.withLock({ $0.popLast() }) {
            if reader.connection.isSound { return reader.connection }
            opened.subtract(1, ordering: .relaxed)
        }
        return nil
    }

    func end(_ connection: Connection) {
        // A read has nothing to commit; a connection that does not let go of its transaction is not used again.
        if connection.rollBack() {
            idle.withLock { $0.append(Reader(connection: connection)) }
        } else {
            opened.subtract(1, ordering: .relaxed)
        }
    }

    /// Connections that somebody reads with, and those that wait to be used.
    var use: (reading: Int, idle: Int) {
        let idle = idle.withLock { $0.count }
        // One may be opened or given back between the two looks.
        return (max(0, opened.load(ordering: .relaxed) - idle), idle)
    }

    func close() { idle.withLock { $0.removeAll() } }

    private func open() throws -> Connection {
        guard opened.add(1, ordering: .relaxed).newValue <= maxOpen else {
            opened.subtract(1, ordering: .relaxed)
            throw AppError.busy(retryAfter: 1)
        }
        do {
            return try connect()
        } catch {
            opened.subtract(1, ordering: .relaxed)
            throw error
        }
    }
}
