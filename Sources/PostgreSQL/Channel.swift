#if PostgreSQL
    import CPostgreSQL
    import Glibc
    import Synchronization

    /// libpq's end of a connection, without its waiting: whatever waits here has an end. libpq is in pipeline mode, but for
    /// scripts (PostgreSQL documentation, section 34.5).
    @safe
    final class Channel {
        let handle: OpaquePointer
        let line: Line
        let openedAt = monotonicMicroseconds()
        /// Whether the connection was closed before its answer came.
        private(set) var isAbandoned = false

        /// Milliseconds between two looks at whether others have found the server silent.
        private static let slice: Int64 = 200

        /// Connects to one of the hosts, beginning with that number. Returns the number as well. `limit`: microseconds in all.
        static func open(
            _ address: ServerAddress, first: Int, limit: Int64, line: Line
        ) throws(PostgreSQLError) -> (channel: Channel, host: Int) {
            let count = address.hosts.count
            let end = monotonicMicroseconds() + limit
            var failure: PostgreSQLError?
            for place in 0..<count {
                let number = (first + place) % count
                // Each of those that are left has its share of the time: the first ones may be silent.
                let share = (end - monotonicMicroseconds()) / Int64(count - place)
                do throws(PostgreSQLError) {
                    return (
                        try Channel(address.hosts[number], limit: max(share, 100_000), line: line), number
                    )
                } catch {
                    // A standby is no news where another host is down.
                    if failure == nil || !error.isStandby { failure = error }
                }
            }
            throw failure ?? PostgreSQLError(call: "PQconnectStartParams", message: "no host")
        }

        private init(_ options: ServerAddress.Options, limit: Int64, line: Line) throws(PostgreSQLError) {
            let end = monotonicMicroseconds() + limit
            let options = try HostNames.system.resolve(options, limit: limit)
            let started = unsafe Channel.withPointers(to: options.map(\.keyword)) { keywords in
                unsafe Channel.withPointers(to: options.map(\.value)) { values in
                    unsafe PQconnectStartParams(keywords, values, 0)
                }
            }
            guard let handle = unsafe started else {
                throw PostgreSQLError(call: "PQconnectStartParams", message: "out of memory")
            }
            unsafe self.handle = handle
            self.line = line
            var state = PGRES_POLLING_WRITING
            while unsafe PQstatus(handle) != CONNECTION_BAD, state != PGRES_POLLING_OK {
                let left = end - monotonicMicroseconds()
                guard left > 0 else {
                    let host = self.host
                    abandon()
                    throw PostgreSQLError(
                        call: "PQconnectPoll",
                        message: "no answer within \(limit / 1000) ms", isConnectionLost: true, host: host)
                }
                var descriptor = pollfd(
                    fd: unsafe PQsocket(handle),
                    events: Int16(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), revents: 0)
                guard unsafe poll(&descriptor, 1, Int32(left / 1000 + 1)) > 0 else { continue }
                state = unsafe PQconnectPoll(handle)
                if state == PGRES_POLLING_FAILED { break }
            }
            guard unsafe PQstatus(handle) == CONNECTION_OK, unsafe PQsetnonblocking(handle, 1) == 0,
                unsafe PQenterPipelineMode(handle) == 1
            else { throw error("PQconnectPoll", isConnectionLost: true) }
        }

        deinit {
            unsafe PQfinish(handle)
        }

        private static func withPointers<Result>(
            to texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
        ) -> Result {
            let copies = unsafe texts.map { unsafe strdup($0) }
            defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
            let pointers: [UnsafePointer<CChar>?] = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { pointers in
                guard let start = pointers.baseAddress else { preconditionFailure("it ends with a null") }
                return unsafe body(start)
            }
        }

        /// Whether the connection is of no use any more.
        var isLost: Bool { isAbandoned || (unsafe PQstatus(handle)) != CONNECTION_OK }

        /// "name:port", or the folder of a socket.
        var host: String {
            let name = unsafe PQhost(handle).map { unsafe String(cString: $0) } ?? ""
            let port = unsafe PQport(handle).map { unsafe String(cString: $0) } ?? ""
            return "\(name):\(port)"
        }

        /// What libpq says, in one line.
        func error(_ call: String, sql: String? = nil, isConnectionLost: Bool? = nil) -> PostgreSQLError {
            // The text belongs to the connection; it is copied here.
            let text = unsafe PQerrorMessage(handle).map { unsafe String(cString: $0) } ?? ""
            let message = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
                .joined(separator: "; ")
            return PostgreSQLError(
                call: call, message: message, sql: sql, isConnectionLost: isConnectionLost ?? isLost,
                host: host)
        }

        /// Whether an idle connection can be used. Reads what has come meanwhile, among it that the server has ended it.
        var isSound: Bool {
            guard !isLost, !line.hasGivenUp(since: openedAt) else { return false }
            while true {
                var descriptor = pollfd(fd: unsafe PQsocket(handle), events: Int16(POLLIN), revents: 0)
                let count = unsafe poll(&descriptor, 1, 0)
                if count == 0 { return true }
                guard count > 0, unsafe PQconsumeInput(handle) == 1, !isLost else { return false }
            }
        }

        /// Sends as much as the system takes now. It never waits.
        func flush() { _ = unsafe PQflush(handle) }

        /// Waits until libpq can say the next result without waiting; also where it will say that the connection is lost.
        /// Throws after the deadline, and then the connection is closed.
        func wait(_ deadline: inout CallDeadline, for sql: String?) throws(PostgreSQLError) {
            while !isAbandoned {
                let unsent = unsafe PQflush(handle)
                guard unsent >= 0, unsafe PQisBusy(handle) == 1 else { return }
                let events = unsent == 1 ? POLLIN | POLLOUT : POLLIN
                var descriptor = pollfd(
                    fd: unsafe PQsocket(handle), events: Int16(events), revents: 0)
                let count = unsafe poll(&descriptor, 1, Int32(timeout(deadline)))
                if count > 0, Int32(descriptor.revents) & ~Int32(POLLOUT) != 0 {
                    guard unsafe PQconsumeInput(handle) == 1 else { return }
                } else if count == 0 {
                    try lookAtClock(&deadline, sql)
                }
            }
            throw silence(deadline, sql)
        }

        /// Milliseconds for which to wait before the clock is looked at.
        private func timeout(_ deadline: CallDeadline) -> Int64 {
            guard let limit = deadline.limit, let cancelsAfter = deadline.cancelsAfter else {
                return Channel.slice
            }
            let end = deadline.hasCancelled ? limit : cancelsAfter
            return min(Channel.slice, max(0, end - deadline.elapsed) / 1000 + 1)
        }

        private func lookAtClock(_ deadline: inout CallDeadline, _ sql: String?) throws(PostgreSQLError) {
            let elapsed = deadline.elapsed
            let isGivenUp = line.hasGivenUp(since: openedAt) && elapsed >= CallDeadline.leastWait
            guard let limit = deadline.limit, let cancelsAfter = deadline.cancelsAfter else { return }
            if !deadline.hasCancelled, isGivenUp || elapsed >= cancelsAfter {
                deadline.hasCancelled = true
                cancel()
            }
            guard isGivenUp || elapsed >= limit else { return }
            if !isGivenUp { line.giveUp() }
            let error = silence(deadline, sql)
            abandon()
            throw error
        }

        private func silence(_ deadline: CallDeadline, _ sql: String?) -> PostgreSQLError {
            PostgreSQLError(
                call: "PQgetResult", message: "no answer within \(deadline.elapsed / 1000) ms", sql: sql,
                isConnectionLost: true, host: isAbandoned ? "" : host)
        }

        /// Closes the way to the server at once, whatever waits to be sent.
        func abandon() {
            guard !isAbandoned else { return }
            isAbandoned = true
            let descriptor = unsafe PQsocket(handle)
            // PQfinish would say good-bye first, to somebody who does not read.
            if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }

        /// Threads that are asking servers to end something.
        private static let cancelling = Atomic(0)
        private static let maxCancelling = 32

        /// Asks the server to end what it does for this connection, on a thread of its own, as libpq waits there for the
        /// server. Nobody waits for the thread: what it reaches, the connection is told.
        private func cancel() {
            guard let request = unsafe PQgetCancel(handle) else { return }
            guard Channel.cancelling.add(1, ordering: .relaxed).newValue <= Channel.maxCancelling else {
                Channel.cancelling.subtract(1, ordering: .relaxed)
                unsafe PQfreeCancel(request)
                return
            }
            var thread = pthread_t()
            let code = unsafe pthread_create(
                &thread, nil,
                { request in
                    let request = OpaquePointer(request)
                    var message = [CChar](repeating: 0, count: 256)
                    unsafe PQcancel(request, &message, Int32(message.count))
                    unsafe PQfreeCancel(request)
                    Channel.cancelling.subtract(1, ordering: .relaxed)
                    return nil
                }, UnsafeMutableRawPointer(request))
            if code == 0 {
                pthread_detach(thread)
            } else {
                Channel.cancelling.subtract(1, ordering: .relaxed)
                unsafe PQfreeCancel(request)
            }
        }
    }
#endif
