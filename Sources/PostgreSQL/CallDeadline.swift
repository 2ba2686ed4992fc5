#if PostgreSQL
    import Glibc

    /// How long one call may take: in microseconds, `limit` in all. A second before its end the server is asked to end
    /// what it does; a server that does not even answer to that is silent, and the connection is closed.
    struct CallDeadline {
        let start = monotonicMicroseconds()
        /// Nil: as long as the server needs.
        let limit: Int64?
        var hasCancelled = false

        /// What the server has to answer to being asked to end.
        static let grace: Int64 = 1_000_000
        /// How long others wait at least where the server is known to be silent.
        static let leastWait: Int64 = 1_000_000

        init(_ limit: Int64?) { self.limit = limit }

        var elapsed: Int64 { monotonicMicroseconds() - start }

        /// Microseconds after which the server is asked to end.
        var cancelsAfter: Int64? { limit.map { max($0 - CallDeadline.grace, $0 / 2) } }
    }

    /// Of a clock that never goes back.
    func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        // Fails only for a clock the kernel does not have.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
#endif
