#if PostgreSQL
    import Expenses
    import Glibc
    import Platform
    import PostgreSQL
    import Synchronization

    /// Connections for writing that wait to be used, the one used last on top.
    final class WriterConnections: Sendable {
        /// One in the pool belongs to nobody; the lock hands it over.
        private struct Idle: @unchecked Sendable {
            let connection: PostgreSQL.Connection
            /// Microseconds.
            let since: Int64
        }

        private let server: Server
        private let idle = Mutex<[Idle]>([])
        private let opened = Atomic(0)

        /// Milliseconds for which a writer waits for the connection of another one, where the server gives no more.
        private static let timeLimit = 5000

        init(_ server: Server) { self.server = server }

        /// `giveBack` or `drop` has to follow.
        func take() throws -> PostgreSQL.Connection {
            if let connection = reuse() { return connection }
            let end = Clock.milliseconds + Int64(Self.timeLimit)
            while true {
                // What becomes free is for the readers, where they have none.
                if opened.load(ordering: .relaxed) == 0 || !server.mustGiveWay(.writing) {
                    do {
                        let connection = try server.connect(for: .writing)
                        opened.add(1, ordering: .relaxed)
                        return connection
                    } catch {
                        guard case AppError.busy = error, Clock.milliseconds < end else { throw error }
                    }
                }
                guard Clock.milliseconds < end else { throw AppError.busy(retryAfter: 1) }
                if opened.load(ordering: .relaxed) == 0 { server.noteShortage(for: .writing) }
                for _ in 0..<20 {
                    usleep(10_000)
                    if let connection = reuse() { return connection }
                }
            }
        }

        private func reuse() -> PostgreSQL.Connection? {
            while let next = idle.withLock({ $0.popLast() }) {
                if next.connection.isSound { return next.connection }
                drop()
            }
            return nil
        }

        func giveBack(_ connection: PostgreSQL.Connection) {
            if server.mustGiveWay(.writing), opened.load(ordering: .relaxed) > 1 { return drop() }
            idle.withLock { $0.append(Idle(connection: connection, since: Clock.microseconds)) }
        }

        /// One that was taken is of no use any more.
        func drop() { opened.subtract(1, ordering: .relaxed) }

        /// Closes what has not been used for so many microseconds.
        func closeIdle(after limit: Int64) {
            let end = Clock.microseconds - limit
            let closed = idle.withLock { idle in
                let old = Array(idle.prefix { $0.since < end })
                idle.removeFirst(old.count)
                return old
            }
            opened.subtract(closed.count, ordering: .relaxed)
        }

        /// Idle or not.
        var count: Int { opened.load(ordering: .relaxed) }
    }
#endif
