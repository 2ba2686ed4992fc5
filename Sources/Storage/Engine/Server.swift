#if PostgreSQL
    import Expenses
    import Platform
    import PostgreSQL
    import Synchronization

    /// A PostgreSQL server, or several of which one can be written to.
    final class Server: Sendable {
        private enum Reach {
            case good
            /// Not reached; nobody tries again before this time in microseconds, and then one at a time.
            case bad(until: Int64)
        }

        /// Microseconds between two tries to reach a server that could not be reached.
        private static let pause: Int64 = 500_000

        private let address: String
        private let reach = Mutex(Reach.good)
        /// Whether the database is known to have this release's schema.
        private let isUpdated = Atomic(false)

        init(address: String) { self.address = address }

        /// A new connection. Throws `AppError.unreachable` at once where the server could not be reached a moment ago, so that not
        /// every thread waits for it.
        func connect() throws -> PostgreSQL.Connection {
            let now = Clock.microseconds
            try reach.withLock { reach in
                guard case .bad(let until) = reach else { return }
                guard now >= until else { throw AppError.unreachable(retryAfter: 2) }
                // The others wait for what this one finds.
                reach = .bad(until: now + 10 * Server.pause)
            }
            do {
                let connection = try PostgreSQL.Connection(address: address)
                // A server that acknowledges what is not on its disk is told not to.
                try connection.run(
                    """
                    SELECT set_config('synchronous_commit', 'on', false)
                    WHERE current_setting('synchronous_commit') = 'off'
                    """)
                // Where the server did not answer at the start, the first connection brings the schema up to date.
                if !isUpdated.load(ordering: .acquiring) {
                    try ServerSchema.update(connection)
                    isUpdated.store(true, ordering: .releasing)
                }
                reach.withLock { $0 = .good }
                return connection
            } catch {
                reach.withLock { $0 = .bad(until: Clock.microseconds + Server.pause) }
                throw error
            }
        }
    }
#endif
