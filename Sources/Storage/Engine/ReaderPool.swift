import Expenses
import Glibc
import Synchronization

/// Connections for reading.
final class ReaderPool: Sendable {
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
    private let connections = OpenConnections<Connection>()
    /// Those among the open ones that are only being opened.
    private let opening = Atomic(0)
    private var hasAny: Bool { connections.openCount > opening.load(ordering: .relaxed) }

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
            connections.drop()
            throw error
        }
        return connection
    }

    private func reuse() -> Connection? { connections.take { $0.isSound } }

    func end(_ connection: Connection) {
        // A read has nothing to commit; a connection that does not let go of its transaction is not used again.
        guard connection.rollBack() else { return connections.drop() }
        connections.giveBack(connection, mustGiveWay: share?.mustGiveWay() == true)
    }

    /// Connections that somebody reads with, and those that wait to be used.
    var use: (reading: Int, idle: Int) {
        let idle = connections.idleCount
        // One may be opened or given back between the two looks.
        return (max(0, connections.openCount - idle), idle)
    }

    func close() { connections.closeAllIdle() }

    /// Closes what nobody has used for so many microseconds.
    func closeIdle(after limit: Int64) { connections.closeIdle(after: limit) }

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
        guard connections.add() <= maxOpen else {
            connections.drop()
            throw AppError.busy(retryAfter: 1)
        }
        opening.add(1, ordering: .relaxed)
        defer { opening.subtract(1, ordering: .relaxed) }
        do {
            return try connect()
        } catch {
            connections.drop()
            throw error
        }
    }
}
