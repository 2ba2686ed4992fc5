import Expenses
import SQLite
import Synchronization

/// Read-only connections, the one used last on top: its pages and statements are the warmest.
final class ReaderPool: Sendable {
    /// A connection in the pool belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    struct Reader: @unchecked Sendable { let connection: Connection }

    private let path: String
    private let idle = Mutex<[Reader]>([])
    /// Connections that are open, idle or not.
    private let opened = Atomic(0)

    /// Readers that are lent for long, and how many there may be.
    private let lent = Mutex(0)
    private let mostLent: Int

    init(path: String, mostLent: Int) {
        self.path = path
        self.mostLent = mostLent
    }

    /// Runs `body` in one read transaction.
    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let connection = try begin()
        defer { end(connection) }
        return try body(connection)
    }

    /// A connection with a read transaction open; `end` has to follow.
    func begin() throws -> Connection {
        let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
        do {
            try connection.begin(.reading)
        } catch {
            opened.subtract(1, ordering: .relaxed)
            throw error
        }
        return connection
    }

    func end(_ connection: Connection) {
        // A read has nothing to commit; a connection that does not let go of its transaction is not used again.
        connection.rollBack()
        if connection.isInTransaction {
            opened.subtract(1, ordering: .relaxed)
        } else {
            idle.withLock { $0.append(Reader(connection: connection)) }
        }
    }

    /// A reader of what is in the database now, for long; `giveBack` has to follow. Throws `AppError.busy` when there are
    /// too many.
    func lend() throws -> Reader {
        try lent.withLock { lent in
            guard lent < mostLent else { throw AppError.busy(retryAfter: 10) }
            lent += 1
        }
        do {
            let connection = try begin()
            // A transaction sees the moment of its first read.
            _ = try connection.integer("SELECT 1 FROM users LIMIT 1")
            return Reader(connection: connection)
        } catch {
            lent.withLock { $0 -= 1 }
            throw error
        }
    }

    func giveBack(_ reader: Reader) {
        lent.withLock { $0 -= 1 }
        end(reader.connection)
    }

    /// Connections that somebody reads with, and those that wait to be used.
    var use: (reading: Int, idle: Int) {
        let idle = idle.withLock { $0.count }
        // One may be opened or given back between the two looks.
        return (max(0, opened.load(ordering: .relaxed) - idle), idle)
    }

    func close() { idle.withLock { $0.removeAll() } }

    private func open() throws -> Connection {
        let connection = try Connection(path: path, mode: .readOnly)
        try connection.prepareForStores()
        try connection.run("PRAGMA query_only = ON")
        opened.add(1, ordering: .relaxed)
        return connection
    }
}
