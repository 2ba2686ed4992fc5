#if PostgreSQL
    import CPostgreSQL
    import Glibc
    package import SQL

    /// A connection to a server, used by one thread at a time. It is closed when nothing refers to it any more.
    ///
    /// Statements are written as for SQLite: `?` or `?1` for what is bound. Each is prepared when it is run first.
    @safe
    package final class Connection {
        let handle: OpaquePointer
        /// Statements written in the source, by the address of their text.
        private var literals: [UInt: PreparedStatement] = [:]
        /// Statements put together at run time, by their text.
        private var composed: [String: PreparedStatement] = [:]
        private var newest = 0
        /// Rows that the last statement touched.
        package internal(set) var changes = 0
        /// Sent with the first statement that follows.
        private var pendingBegin: TransactionKind?
        private let notices = Notices()

        /// How many composed statements are kept; with one more, all are let go.
        private static let maxComposed = 256

        /// What holds unless the address says otherwise (PostgreSQL documentation, section 34.1.2): whole seconds, and
        /// milliseconds for `tcp_user_timeout`. A statement, and the wait for a lock, are cut in the end.
        private static let defaults = [
            ("connect_timeout", "5"), ("tcp_user_timeout", "10000"), ("keepalives_idle", "10"),
            ("keepalives_interval", "5"), ("application_name", "expense-tracker"),
            ("target_session_attrs", "read-write"),
            ("options", "-c statement_timeout=30000 -c lock_timeout=10000"),
        ]

        /// `address`: `postgresql://…` as libpq reads it, with several hosts if need be; of these the one is taken that lets
        /// itself be written to. Blocks until the server has answered.
        package init(address: String) throws(PostgreSQLError) {
            let options = Connection.defaults + [("dbname", address), ("client_encoding", "UTF8")]
            let connected = unsafe Connection.withPointers(to: options.map(\.0)) { keywords in
                unsafe Connection.withPointers(to: options.map(\.1)) { values in
                    // libpq expands the address that is given as dbname; what it says overrides the options before it.
                    unsafe PQconnectdbParams(keywords, values, 1)
                }
            }
            guard let handle = unsafe connected else {
                throw PostgreSQLError(call: "PQconnectdbParams", message: "out of memory")
            }
            guard unsafe PQstatus(handle) == CONNECTION_OK else {
                let message = unsafe Connection.message(of: handle)
                unsafe PQfinish(handle)
                // libpq quotes the address where it cannot read it.
                throw PostgreSQLError(
                    call: "PQconnectdbParams",
                    message: Connection.isReadable(address) ? message : "the address cannot be read",
                    isConnectionLost: Connection.isReadable(address))
            }
            unsafe self.handle = handle
            // What the server remarks would be written to standard error. The connection keeps the object alive for as long as
            // libpq may call.
            unsafe PQsetNoticeReceiver(
                handle,
                { context, result in
                    guard let context = unsafe context,
                        let severity = unsafe PQresultErrorField(
                            result, Int32(UInt8(ascii: "V"))),
                        unsafe String(cString: severity) == "WARNING"
                    else { return }
                    unsafe Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().hasWarning = true
                }, Unmanaged.passUnretained(notices).toOpaque())
        }

        deinit { unsafe PQfinish(handle) }

        /// Whether libpq can read the address.
        package static func isReadable(_ address: String) -> Bool {
            let options = unsafe PQconninfoParse(address, nil)
            defer { unsafe PQconninfoFree(options) }
            return unsafe options != nil
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

        /// libpq's sentence, in one line.
        static func message(of handle: OpaquePointer) -> String {
            // The text belongs to the connection; it is copied here.
            let text = unsafe PQerrorMessage(handle).map { unsafe String(cString: $0) } ?? ""
            return text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
                .joined(separator: "; ")
        }

        /// Whether the connection is of no use any more.
        package var isLost: Bool { unsafe PQstatus(handle) != CONNECTION_OK }

        /// Whether an idle connection can be used: unread input means that the server has ended it.
        package var isSound: Bool {
            var descriptor = pollfd(fd: unsafe PQsocket(handle), events: Int16(POLLIN), revents: 0)
            return !isLost && (unsafe poll(&descriptor, 1, 0)) == 0
        }

        /// The kept statement of this text.
        package func statement(_ sql: StaticString, _ values: [Value] = []) -> Statement {
            let key = unsafe UInt(bitPattern: sql.utf8Start)
            if let kept = literals[key] { return Statement(kept, values, on: self) }
            let prepared = PreparedStatement("\(sql)", name: nextName())
            literals[key] = prepared
            return Statement(prepared, values, on: self)
        }

        /// The same for a text put together at run time; only ever out of the program's own pieces, never out of values.
        package func statement(composed sql: String, _ values: [Value] = []) throws(PostgreSQLError)
            -> Statement
        {
            if let kept = composed[sql] { return Statement(kept, values, on: self) }
            if composed.count >= Connection.maxComposed {
                composed.removeAll()
                literals.removeAll()
                try execute(script: "DEALLOCATE ALL")
            }
            let prepared = PreparedStatement(sql, name: nextName())
            composed[sql] = prepared
            return Statement(prepared, values, on: self)
        }

        private func nextName() -> String {
            newest += 1
            return "s\(newest)"
        }

        /// Runs one statement; its rows, if any, are passed over.
        package func run(_ sql: StaticString, _ values: Value...) throws(PostgreSQLError) {
            let statement = statement(sql, values)
            try statement.run()
        }

        /// The first column of the first row, an integer; nil without a row or where it is null.
        package func integer(_ sql: StaticString, _ values: Value...) throws(PostgreSQLError) -> Int64? {
            let statement = statement(sql, values)
            guard try statement.step(), !statement.isNull(0) else { return nil }
            return try statement.integer(0)
        }

        /// Runs a script of any number of statements without parameters, as one transaction unless one is open.
        package func execute(script: String) throws(PostgreSQLError) {
            try sendBegin()
            let result = unsafe Result(PQexec(handle, script))
            // The server says what it is about; the whole script says nothing to a person.
            try check(result, "PQexec", sql: nil)
        }

        /// Throws unless the result is a good one.
        func check(_ result: Result, _ call: String, sql: String?) throws(PostgreSQLError) {
            guard !result.isGood else { return }
            let isLost = isLost
            let state = result.field("C")
            throw unsafe PostgreSQLError(
                call: call, state: state,
                // The sentence alone: the details repeat what was bound.
                message: state.isEmpty ? Connection.message(of: handle) : result.field("M"),
                sql: sql, isConnectionLost: isLost)
        }

        /// What the server has remarked; libpq calls back on the thread that uses the connection.
        private final class Notices {
            var hasWarning = false
        }

        package enum TransactionKind: Sendable {
            /// Sees the database as it is at its first read, and can change nothing.
            case reading
            /// Each statement sees what has been committed before it.
            case writing

            var sql: String {
                switch self {
                case .reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                case .writing: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                }
            }
        }

        /// Whether a transaction is open, be it one that has failed.
        package var isInTransaction: Bool {
            if pendingBegin != nil { return true }
            return switch unsafe PQtransactionStatus(handle) {
            case PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE: true
            default: false
            }
        }

        /// Begins a transaction with the first statement that follows.
        package func begin(_ kind: TransactionKind) { pendingBegin = kind }

        /// Sends the beginning of the transaction, where that has not been done.
        func sendBegin() throws(PostgreSQLError) {
            guard let kind = pendingBegin else { return }
            pendingBegin = nil
            let result = unsafe Result(PQexec(handle, kind.sql))
            try check(result, "PQexec", sql: kind.sql)
        }

        /// Throws also where the server has committed and waits in vain for its synchronous standby. Without an end to that
        /// it would wait for as long as there is none; told to end it, it warns instead of failing.
        package func commit() throws(PostgreSQLError) {
            if pendingBegin != nil {
                pendingBegin = nil
                return
            }
            notices.hasWarning = false
            let result = try sendCommit()
            try check(result, "PQgetResult", sql: "COMMIT")
            // A transaction in which something has failed is rolled back instead.
            guard result.command == "COMMIT" else {
                throw PostgreSQLError(
                    call: "PQexec", message: "the transaction was rolled back", sql: "COMMIT")
            }
            guard !notices.hasWarning else {
                throw PostgreSQLError(
                    call: "PQexec", state: PostgreSQLError.unknownOutcome,
                    message: "the synchronous standby did not answer in time", sql: "COMMIT")
            }
        }

        /// Milliseconds for which a commit may take.
        private static let commitPatience: Int32 = 10_000

        private func sendCommit() throws(PostgreSQLError) -> Result {
            guard unsafe PQsendQuery(handle, "COMMIT") == 1 else {
                throw unsafe PostgreSQLError(
                    call: "PQsendQuery", message: Connection.message(of: handle), sql: "COMMIT",
                    isConnectionLost: isLost)
            }
            var mayWait = true
            while unsafe PQisBusy(handle) == 1 {
                var descriptor = pollfd(fd: unsafe PQsocket(handle), events: Int16(POLLIN), revents: 0)
                let count = unsafe poll(&descriptor, 1, mayWait ? Connection.commitPatience : -1)
                if count == 0 {
                    mayWait = false
                    cancel()
                }
                // A connection that is lost is busy no longer: the result says so.
                guard unsafe PQconsumeInput(handle) == 1 else { break }
            }
            let result = unsafe Result(PQgetResult(handle))
            while let further = unsafe PQgetResult(handle) { unsafe PQclear(further) }
            return result
        }

        /// Asks the server to end what it does for this connection.
        private func cancel() {
            guard let request = unsafe PQgetCancel(handle) else { return }
            var message = [CChar](repeating: 0, count: 256)
            // Where it fails, the server goes on, and is waited for.
            unsafe PQcancel(request, &message, Int32(message.count))
            unsafe PQfreeCancel(request)
        }

        /// Leaves no transaction open, whatever happened before; a connection that fails here is lost.
        package func rollBack() {
            if pendingBegin != nil {
                pendingBegin = nil
                return
            }
            guard isInTransaction, !isLost else { return }
            _ = unsafe Result(PQexec(handle, "ROLLBACK"))
        }
    }
#endif
