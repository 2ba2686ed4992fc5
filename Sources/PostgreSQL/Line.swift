#if PostgreSQL
    import Synchronization

    /// What connections to one server that are used for the same share: what is counted, and whether the server has been
    /// silent. When one of them has waited in vain to its deadline, the others are not waited for any longer.
    package final class Line: Sendable {
        /// Microseconds of the monotonic clock: connections made before are not used again.
        private let silentAt = Atomic<Int64>(0)
        private let trips = Atomic(0)
        private let onError: @Sendable (PostgreSQLError) -> Void

        /// `onError` is called with each error that a call of one of the connections throws.
        package init(onError: @escaping @Sendable (PostgreSQLError) -> Void = { _ in }) {
            self.onError = onError
        }

        /// How often something was sent to the server and its answer waited for.
        package var roundTrips: Int { trips.load(ordering: .relaxed) }

        func note(_ error: PostgreSQLError) { onError(error) }
        func noteRoundTrip() { trips.add(1, ordering: .relaxed) }

        /// Gives up all connections made until now.
        package func giveUp() { silentAt.store(monotonicMicroseconds(), ordering: .releasing) }

        /// Whether a connection made at that time has been given up.
        package func hasGivenUp(since time: Int64) -> Bool { silentAt.load(ordering: .acquiring) > time }
    }
#endif
