import Platform
import Synchronization

/// Open connections, those that wait to be used among them: the one used last on top, as its pages and statements are the
/// warmest.
final class OpenConnections<Connection>: Sendable {
    /// One that waits belongs to nobody, one outside to the thread that has taken it; the lock hands it over.
    private struct Idle: @unchecked Sendable {
        let connection: Connection
        /// Microseconds; when it was given back.
        let since: Int64
    }

    private let idle = Mutex<[Idle]>([])
    private let opened = Atomic(0)

    /// Those that are open, idle or not.
    var openCount: Int { opened.load(ordering: .relaxed) }
    var idleCount: Int { idle.withLock { $0.count } }

    /// Counts one that is opened, or about to be. Returns how many that makes.
    @discardableResult
    func add() -> Int { opened.add(1, ordering: .relaxed).newValue }

    /// One that was taken or added is of no use any more.
    func drop() { opened.subtract(1, ordering: .relaxed) }

    /// Nil where none waits that is sound.
    func take(where isSound: (Connection) -> Bool) -> Connection? {
        while let next = idle.withLock({ $0.popLast() }) {
            if isSound(next.connection) { return next.connection }
            drop()
        }
        return nil
    }

    /// Drops it where others want it and it is not the only one.
    func giveBack(_ connection: Connection, mustGiveWay: Bool) {
        if mustGiveWay, openCount > 1 { return drop() }
        let last = Idle(connection: connection, since: Clock.microseconds)
        idle.withLock { $0.append(last) }
    }

    func closeAllIdle() { idle.withLock { $0.removeAll() } }

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
}
