import Expenses
import Glibc
import Platform
import Synchronization

/// Connections for reading, the one used last on top: its pages and statements are the warmest.
final class ReaderPool: Sendable {
    /// A connection in the pool belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    struct Reader: @unchecked Sendable {
        let connection: Connection
        /// Microseconds; when it was put into the pool.
        var since: Int64 = 0
    }

    /// How readers and writers share a server that has no connection left.
    struct Share: Sendable {
        /// There is no reader, and none to be had.
        let noteShortage: @Sendable () -> Void
        /// Whether a reader that is not the only one is to be closed.
        let mustGiveWay: @Sendable () -> Bool
    }

    private let share: Share?
    private let connect: @Sendable () throws -> Connection
    private let maxOpen: Int
    private let idle = Mutex<[Reader]>([])
    /// Connections that are open, idle or not.
    private let opened = Atomic(0)
    /// Those among them that are only being opened.
    private let opening = Atomic(0)
    private var hasAny: Bool { opened.load(ordering: .relaxed) > opening.load(ordering: .relaxed) }

    /// `connect` opens a connection that can change nothing. With `maxOpen` of them in use, one more read is refused.
    init(
        maxOpen: Int, share: Share? = nil, connect: @escaping @Sendable () throws -> Connection
    ) {
        self.share = share
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
        let connection = try reuse() ?? openOrWait()
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
        let isYielded = share?.mustGiveWay() == true && opened.load(ordering: .relaxed) > 1
        if connection.rollBack(), !isYielded {
            let since = Clock.microseconds
            idle.withLock { $0.append(Reader(connection: connection, since: since)) }
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

    /// Closes what nobody has used for so many microseconds.
    func closeIdle(after limit: Int64) {
        let end = Clock.microseconds - limit
        let closed = idle.withLock { idle in
            let old = Array(idle.prefix { $0.since < end })
            idle.removeFirst(old.count)
            return old
        }
        opened.subtract(closed.count, ordering: .relaxed)
    }

    /// Where there can be no more, waits up to two seconds for one that another read gives back.
    private func openOrWait() throws -> Connection {
        do {
            return try open()
        } catch AppError.busy where maxOpen < .max {
            for attempt in 1...200 {
                if !hasAny { share?.noteShortage() }
                usleep(10_000)
                if let connection = reuse() { return connection }
                let isOurs = !hasAny || share?.mustGiveWay() != true
                if attempt % 5 == 0, isOurs, let connection = try? open() { return connection }
            }
            throw AppError.busy(retryAfter: 1)
        }
    }

    private func open() throws -> Connection {
        guard opened.add(1, ordering: .relaxed).newValue <= maxOpen else {
            opened.subtract(1, ordering: .relaxed)
            throw AppError.busy(retryAfter: 1)
        }
        opening.add(1, ordering: .relaxed)
        defer { opening.subtract(1, ordering: .relaxed) }
        do {
            return try connect()
        } catch {
            opened.subtract(1, ordering: .relaxed)
            throw error
        }
    }
}
