#if PostgreSQL
    import Expenses
    import Platform
    import PostgreSQL
    import SQL
    import Synchronization

    /// A PostgreSQL server, or several of which one can be written to, and whether it is worth asking.
    ///
    /// After a call that has waited in vain to its deadline, or a connection that could not be made, nobody is kept waiting: all
    /// who want to read, or to write, are told at once, and one connection at a time tries whether the server is there again.
    final class Server: Sendable {
        enum Purpose: CaseIterable {
            case reading, writing

            /// Microseconds that one call may take.
            var timeLimit: Int64 {
                switch self {
                case .reading: 5_000_000
                case .writing: 10_000_000
                }
            }
        }

        /// What connections for one purpose share.
        private final class Access: Sendable {
            let line: PostgreSQL.Line
            /// Microseconds: when the server was found to answer.
            let goodAt = Atomic<Int64>(0)

            init(_ onError: @escaping @Sendable (PostgreSQLError) -> Void) { line = Line(onError: onError) }

            /// Whether somebody waits for a connection of this kind, of which there is none.
            let isShort = Atomic(false)

            var isGood: Bool { !line.hasGivenUp(since: goodAt.load(ordering: .acquiring)) }
        }

        private let address: String
        private let access: (reading: Access, writing: Access)
        private let notes: Notes
        /// The number of the host that was reached last.
        private let host = Atomic(0)
        /// Whether the database is known to have this release's schema.
        private let isUpdated = Atomic(false)
        private let retries = Atomic(0)
        /// Microseconds: when the server last had no connection left.
        private let crowdedAt = Atomic<Int64>(.min / 2)

        init(address: String, onUnreachable: @escaping @Sendable (String) -> Void = { _ in }) {
            self.address = address
            let notes = Notes(onUnreachable)
            self.notes = notes
            access = (Access { notes.note($0) }, Access { notes.note($0) })
        }

        /// What has gone wrong.
        private final class Notes: Sendable {
            let errors = Atomic(0)
            /// Is told, in a sentence, why the server cannot be used.
            private let onUnreachable: @Sendable (String) -> Void

            init(_ onUnreachable: @escaping @Sendable (String) -> Void) { self.onUnreachable = onUnreachable }

            func note(_ error: any Error) {
                guard let failure = error as? PostgreSQLError else { return onUnreachable("\(error)") }
                errors.add(1, ordering: .relaxed)
                if failure.isOutage { onUnreachable(Server.words(failure)) }
            }
        }

        private func access(for purpose: Purpose) -> Access {
            switch purpose {
            case .reading: access.reading
            case .writing: access.writing
            }
        }

        func counts(writers: Int) -> ServerCounts {
            ServerCounts(
                writers: writers,
                roundTrips: access.reading.line.roundTrips + access.writing.line.roundTrips,
                errors: notes.errors.load(ordering: .relaxed), retries: retries.load(ordering: .relaxed))
        }

        /// A new connection. Throws `AppError.unreachable` at once while the server does not answer, and `AppError.busy` where it
        /// has no connection left.
        func connect(for purpose: Purpose) throws -> PostgreSQL.Connection {
            let access = access(for: purpose)
            guard access.isGood else { throw AppError.unreachable(retryAfter: 2) }
            do {
                let connection = try open(for: purpose, access.line)
                access.isShort.store(false, ordering: .relaxed)
                return connection
            } catch let error as PostgreSQLError where error.isCrowded {
                notes.note(error)
                crowdedAt.store(Clock.microseconds, ordering: .relaxed)
                throw AppError.busy(retryAfter: 1)
            } catch {
                notes.note(error)
                access.line.giveUp()
                throw error
            }
        }

        private func open(for purpose: Purpose, _ line: PostgreSQL.Line) throws -> PostgreSQL.Connection {
            let connection = try PostgreSQL.Connection(
                address: address, name: ServerSchema.sessionName, line: line,
                first: host.load(ordering: .relaxed), timeLimit: purpose.timeLimit)
            try prepare(connection, for: purpose)
            host.store(connection.host, ordering: .relaxed)
            // Where the server did not answer at the start, the first connection brings the schema up to date.
            if !isUpdated.load(ordering: .acquiring) {
                try ServerSchema.update(connection)
                isUpdated.store(true, ordering: .releasing)
            }
            return connection
        }

        /// Milliseconds for which a write's transaction may wait for its next statement, as text. Where the way between is cut
        /// without a word, the server would hold the owner's row for as long as it takes the connection for open, which may be
        /// hours; who waits for the row has to get it before its own time is over.
        private static let idleLimit = "8000"

        /// Finds out what stands at the other end, and has it end what takes very long, where the address or the server's own
        /// settings say nothing else: what was cut by a deadline here may go on there. The server also notices within a minute
        /// that nobody is left at this end, rather than keep one of its connections for hours.
        private func prepare(_ connection: PostgreSQL.Connection, for purpose: Purpose) throws {
            let statement = connection.statement(
                """
                SELECT pg_backend_pid() = ?1, current_setting('synchronous_commit') = 'off',
                    CASE WHEN pg_backend_pid() = ?1 AND current_setting('statement_timeout') = '0'
                        THEN set_config('statement_timeout', '30000', false) END,
                    CASE WHEN pg_backend_pid() = ?1 AND current_setting('lock_timeout') = '0'
                        THEN set_config('lock_timeout', '10000', false) END,
                    CASE WHEN pg_backend_pid() = ?1 AND current_setting('idle_in_transaction_session_timeout') = '0'
                        THEN set_config('idle_in_transaction_session_timeout', ?2, false) END,
                    -- 0 of a socket in a folder.
                    CASE WHEN pg_backend_pid() = ?1 AND CAST(current_setting('tcp_keepalives_idle') AS integer) > 30
                        THEN set_config('tcp_keepalives_idle', '30', false)
                            || set_config('tcp_keepalives_interval', '10', false)
                            || set_config('tcp_keepalives_count', '3', false) END,
                    -- To compile a statement takes longer than to run any of ours.
                    CASE WHEN pg_backend_pid() = ?1 THEN set_config('jit', 'off', false) END
                """, [.integer(connection.process), .text(purpose == .writing ? Server.idleLimit : "0")])
            guard try statement.step() else { return }
            // A pooler makes up the number, and may give each transaction another session.
            if try statement.integer(0) == 1 { connection.keepStatements() }
            // A server that acknowledges what is not on its disk is told not to.
            if try statement.integer(1) == 1 {
                connection.beginEach(with: "SET LOCAL synchronous_commit = on")
            }
        }

        /// There is no connection for this purpose, and none to be had.
        func noteShortage(for purpose: Purpose) {
            access(for: purpose).isShort.store(true, ordering: .relaxed)
        }

        /// Whether a connection that is not the only one for its purpose is to be closed, because there is none for the other.
        func mustGiveWay(_ purpose: Purpose) -> Bool {
            access(for: purpose == .reading ? .writing : .reading).isShort.load(ordering: .relaxed)
        }

        /// Whether idle connections are wanted by others.
        var isCrowded: Bool { Clock.microseconds - crowdedAt.load(ordering: .relaxed) < 60_000_000 }

        /// A write is run again.
        func noteRetry() { retries.add(1, ordering: .relaxed) }

        /// The server commits, and cannot tell whether its standby has it: nobody is to wait for the next ones in vain.
        func giveUpWriting() { access.writing.line.giveUp() }

        /// With the host and the state, and without the statement.
        static func words(_ failure: PostgreSQLError) -> String {
            (failure.host.isEmpty ? "" : failure.host + ": ") + failure.message
                + (failure.state.isEmpty ? "" : " (\(failure.state))")
        }

        /// Tries whether a server that did not answer does so again: that it can be reached, and that it makes a small write
        /// within two seconds. Blocks for no longer than a read and that.
        func probe() {
            guard Purpose.allCases.contains(where: { !access(for: $0).isGood }) else { return }
            let time = Clock.microseconds
            do {
                let connection = try open(for: .reading, PostgreSQL.Line())
                access.reading.goodAt.store(time, ordering: .releasing)
                guard !access.writing.isGood else { return }
                connection.timeLimit = 2_000_000
                connection.begin(.writing)
                try SweepStore(connection: .postgreSQL(connection)).tryWriting()
                try connection.commit()
                access.writing.goodAt.store(time, ordering: .releasing)
            } catch {
                notes.note(error)
            }
        }
    }
#endif

/// What has happened between this program and a server.
package struct ServerCounts: Sendable {
    /// Connections for writing, idle or not.
    package let writers: Int
    /// How often something was sent and waited for.
    package let roundTrips: Int
    package let errors: Int
    /// Writes that were run again.
    package let retries: Int
}
