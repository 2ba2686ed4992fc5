#if PostgreSQL
    import Expenses
    import Glibc
    import Platform
    import PostgreSQL

    /// Connections for writing.
    final class WriterConnections: Sendable {
        private let server: Server
        private let connections = OpenConnections<PostgreSQL.Connection>()

        /// Milliseconds for which a writer waits for the connection of another one, where the server gives no more.
        private static let timeLimit = 5000

        init(_ server: Server) { self.server = server }

        /// `giveBack` or `drop` has to follow.
        func take() throws -> PostgreSQL.Connection {
            if let connection = reuse() { return connection }
            let end = Clock.milliseconds + Int64(Self.timeLimit)
            while true {
                // What becomes free is for the readers, where they have none.
                if count == 0 || !server.mustGiveWay(.writing) {
                    do {
                        let connection = try server.connect(for: .writing)
                        connections.add()
                        return connection
                    } catch {
                        guard case AppError.busy = error, Clock.milliseconds < end else { throw error }
                    }
                }
                guard Clock.milliseconds < end else { throw AppError.busy(retryAfter: 1) }
                if count == 0 { server.noteShortage(for: .writing) }
                for _ in 0..<20 {
                    usleep(10_000)
                    if let connection = reuse() { return connection }
                }
            }
        }

        private func reuse() -> PostgreSQL.Connection? { connections.take { $0.isSound } }

        func giveBack(_ connection: PostgreSQL.Connection) {
            connections.giveBack(connection, mustGiveWay: server.mustGiveWay(.writing))
        }

        /// One that was taken is of no use any more.
        func drop() { connections.drop() }

        /// Closes what has not been used for so many microseconds.
        func closeIdle(after limit: Int64) { connections.closeIdle(after: limit) }

        /// Idle or not.
        var count: Int { connections.openCount }
    }
#endif
