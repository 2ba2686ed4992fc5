#if PostgreSQL
    import Expenses
    import Glibc
    import Platform
    import PostgreSQL
    import Synchronization

    /// Writes to a server: a few at a time, each in a transaction of its own, so that the server joins their commits. Those of
    /// one owner come one after the other, also those that other copies of the program make: each holds the owner's row of
    /// `counters` from its beginning.
    final class ServerWriter: WriteQueue {
        private struct State {
            /// The waiting writes of each owner; a write without an owner stands under a number of its own.
            var waiting: [Int64: [QueuedWrite]] = [:]
            /// Owners in the order in which they are served next; none of those whose write is being made.
            var turns: [Int64] = []
            var underWay: Set<Int64> = []
            var count = 0
            /// Negative, so that it is no owner's number.
            var lastOwnerlessKey: Int64 = 0
            var isClosed = false

            mutating func append(_ write: QueuedWrite) {
                if write.owner == nil { lastOwnerlessKey -= 1 }
                let owner = write.owner?.rawValue ?? lastOwnerlessKey
                if waiting[owner] == nil, !underWay.contains(owner) { turns.append(owner) }
                waiting[owner, default: []].append(write)
                count += 1
            }

            mutating func next() -> (owner: Int64, write: QueuedWrite)? {
                guard !turns.isEmpty else { return nil }
                let owner = turns.removeFirst()
                guard let write = waiting[owner]?.removeFirst() else { return nil }
                if waiting[owner]?.isEmpty == true { waiting[owner] = nil }
                underWay.insert(owner)
                count -= 1
                return (owner, write)
            }

            /// Returns whether the owner has more to do.
            mutating func end(_ owner: Int64) -> Bool {
                underWay.remove(owner)
                guard waiting[owner] != nil else { return false }
                turns.append(owner)
                return true
            }
        }

        /// How often a write is run when it meets another one.
        private static let maxRuns = 20

        private let state = Mutex(State())
        private let capacity: Int
        private let userQuota: Int
        private let limits: StepLimits
        private let server: Server
        private let connections: WriterConnections
        private let available = Semaphore()
        private let threads = Mutex<[Platform.Thread]>([])
        let counts = WriteCounts()

        /// Starts the threads; `close` has to follow.
        init(
            _ server: Server, _ connections: WriterConnections, threads count: Int,
            _ options: Storage.Options
        ) throws {
            self.server = server
            self.connections = connections
            capacity = options.maxQueuedWrites
            userQuota = options.userQuota
            limits = options.stepLimits.onServer()
            for number in 0..<count {
                let thread = try Platform.Thread(name: "writer \(number)") { self.work() }
                threads.withLock { $0.append(thread) }
            }
        }

        var serverCounts: ServerCounts? { server.counts(writers: connections.count) }
        var queueLength: Int { state.withLock { $0.count } }

        func enqueue(_ write: QueuedWrite, evenIfFull: Bool) throws {
            try state.withLock { state in
                guard !state.isClosed else { throw StorageError.closed }
                guard state.count < capacity || evenIfFull else { throw AppError.busy(retryAfter: 1) }
                state.append(write)
            }
            available.signal()
        }

        func close() {
            state.withLock { $0.isClosed = true }
            let threads = threads.withLock { threads in
                defer { threads.removeAll() }
                return threads
            }
            for _ in threads { available.signal() }
            // The last reference to Storage may be dropped inside a write.
            for thread in threads { thread.join() }
        }

        /// One thread's life: makes write after write until the queue is closed and empty.
        private func work() {
            while true {
                available.wait()
                let (next, isOver) = state.withLock { state in
                    let next = state.next()
                    return (next, next == nil && state.isClosed && state.count == 0)
                }
                guard let (owner, write) = next else {
                    // A signal may be left over from a write of an owner who had to wait.
                    guard isOver else { continue }
                    // The next thread that has used up its own.
                    return available.signal()
                }
                make(write)
                if state.withLock({ $0.end(owner) }) { available.signal() }
                // The others may have looked when nothing was to be had, and have used up the signal that closing gave.
                if state.withLock({ $0.isClosed && $0.count == 0 }) { available.signal() }
            }
        }

        private func make(_ write: QueuedWrite) {
            var run = 0
            while true {
                run += 1
                var connection: PostgreSQL.Connection?
                do {
                    let taken = try connections.take()
                    connection = taken
                    try self.perform(write, on: taken)
                    connections.giveBack(taken)
                    return write.finish(failure: nil)
                } catch {
                    connection?.rollBack()
                    let isLost = connection?.isLost ?? false
                    if let connection {
                        if isLost { connections.drop() } else { connections.giveBack(connection) }
                    }
                    let failure = error as? PostgreSQLError
                    if failure?.isOutcomeUnknown == true, !isLost { server.giveUpWriting() }
                    guard let failure, run < Self.maxRuns, connection != nil,
                        isWorthAnotherRun(failure, isLost: isLost, run: run)
                    else { return write.finish(failure: publicError(for: error)) }
                    server.noteRetry()
                    if failure.isConflict { pause(afterRun: run) }
                }
            }
        }

        private func perform(_ write: QueuedWrite, on connection: PostgreSQL.Connection) throws {
            connection.begin(.writing)
            if let owner = write.owner { try Connection.postgreSQL(connection).lock(owner) }
            try write.perform(in: Stores(.postgreSQL(connection), userQuota: userQuota, limits: limits))
            try connection.commit()
            counts.commitTime.add(connection.commitMicroseconds, ordering: .relaxed)
            counts.commits.add(1, ordering: .relaxed)
            counts.writes.add(1, ordering: .relaxed)
        }

        private func isWorthAnotherRun(
            _ failure: PostgreSQLError, isLost: Bool, run: Int
        ) -> Bool {
            // The form that is sent again is the one that can tell.
            if failure.isOutcomeUnknown { return false }
            // The connection may have been dead for long. Another copy may have inserted the same a moment ago: the next run
            // sees it.
            return failure.isConflict || (run == 1 && (isLost || failure.isUniqueViolation))
        }

        /// Longer each time, and never the same for two who have met.
        private func pause(afterRun run: Int) {
            usleep(UInt32.random(in: 0..<(500 << UInt32(min(run, 6)))))
        }
    }
#endif
