#if PostgreSQL
    import CPostgreSQL
    package import SQL

    /// A connection to a server, used by one thread at a time. It is closed when nothing refers to it any more.
    ///
    /// Statements are written as for SQLite: `?` or `?1` for what is bound. Each is prepared when it is run first, on the way
    /// to its first run. What needs no answer is sent together with what follows; each wait for the server has an end.
    @safe
    package final class Connection {
        let channel: Channel
        /// The number of the address's host that it leads to.
        package let host: Int
        /// Microseconds that one call may take; nil: as long as the server needs.
        package var timeLimit: Int64?
        /// Whether a transaction has the same session as those before it, so that statements can be kept there.
        private var keepsStatements = false

        /// Statements written in the source, by the address of their text.
        private var literals: [UInt: PreparedStatement] = [:]
        /// Statements put together at run time, by their text.
        private var composed: [String: PreparedStatement] = [:]
        private var newest = 0
        /// What has been sent, and its result not been read.
        private var sent: [Sent] = []
        /// Statements that have been sent before anybody has asked for their rows.
        private var announced: [Statement] = []
        private var isAnnouncing = false

        /// Rows that the last statement touched.
        package private(set) var changes = 0
        /// Sent with the first statement that follows.
        private var pendingBegin: TransactionKind?
        private var isOpen = false {
            didSet { if !isOpen { allowsLongStatements = false } }
        }
        /// Whether this transaction's statements may take as long as they take.
        private var allowsLongStatements = false
        private let notices = Notices()
        /// Said at the beginning of each transaction.
        private var settings = ""

        private enum Sent {
            case begin(String)
            case preparation(PreparedStatement.Variant, sql: String)
            case statement(Statement)
            case commit
            case rollback
            case clearing
            case sync

            var sql: String? {
                switch self {
                case .begin(let sql), .preparation(_, let sql): sql
                case .statement(let statement): statement.sql
                case .commit: "COMMIT"
                case .rollback: "ROLLBACK"
                case .clearing: "DEALLOCATE ALL"
                case .sync: nil
                }
            }
        }

        /// How many composed statements are kept; with one more, all are let go.
        private static let maxComposed = 256
        /// Microseconds that connecting, and a call, may take where nobody says otherwise.
        package static let defaultTimeLimit: Int64 = 5_000_000

        /// Blocks until the server has answered, or `timeLimit` microseconds have gone by. Of several hosts the one is taken
        /// that lets itself be written to; `first` is the number of the one that is tried first. `name` is what the server shows
        /// of the session.
        package init(
            address: String, name: String = "expense-tracker", line: Line = Line(), first: Int = 0,
            timeLimit: Int64? = Connection.defaultTimeLimit
        ) throws(PostgreSQLError) {
            guard let parsed = ServerAddress(address, name: name) else {
                // libpq would quote the address where it cannot read it.
                throw PostgreSQLError(call: "PQconninfoParse", message: "the address cannot be read")
            }
            (channel, host) = try Channel.open(
                parsed, first: first, limit: timeLimit ?? Connection.defaultTimeLimit, line: line)
            self.timeLimit = timeLimit
            // What the server remarks would be written to standard error. The connection keeps the object alive for as long as
            // libpq may call.
            unsafe PQsetNoticeReceiver(
                channel.handle,
                { context, result in
                    guard let context = unsafe context,
                        let severity = unsafe PQresultErrorField(
                            result, Int32(UInt8(ascii: "V"))),
                        unsafe String(cString: severity) == "WARNING"
                    else { return }
                    unsafe Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().hasWarning = true
                }, Unmanaged.passUnretained(notices).toOpaque())
        }

        /// Whether libpq can read the address.
        package static func isReadable(_ address: String) -> Bool { ServerAddress(address) != nil }

        /// Whether the connection is of no use any more.
        package var isLost: Bool { channel.isLost }

        /// "name:port", or the folder of a socket.
        package var hostName: String { channel.host }

        /// Whether an idle connection can be used.
        package var isSound: Bool { channel.isSound }

        /// The number of the server's process, as the server has said at the start; a pooler makes one up.
        package var process: Int64 { Int64(unsafe PQbackendPID(channel.handle)) }

        /// Has the server keep statements that are run from now on: not where a pooler stands between, which may give each
        /// transaction another session.
        package func keepStatements() { keepsStatements = true }

        /// `SET LOCAL …` and the like, for each transaction that begins from now on.
        package func beginEach(with settings: String) { self.settings = settings }

        /// The kept statement of this text.
        package func statement(_ sql: StaticString, _ values: [Value] = []) -> Statement {
            let key = unsafe UInt(bitPattern: sql.utf8Start)
            if let kept = literals[key] { return use(kept, values) }
            let prepared = PreparedStatement("\(sql)")
            literals[key] = prepared
            return use(prepared, values)
        }

        /// The same for a text put together at run time; only ever out of the program's own pieces, never out of values.
        package func statement(composed sql: String, _ values: [Value] = []) throws(PostgreSQLError)
            -> Statement
        {
            if let kept = composed[sql] { return use(kept, values) }
            if composed.count >= Connection.maxComposed {
                composed.removeAll()
                literals.removeAll()
                if keepsStatements {
                    try send("DEALLOCATE ALL", as: .clearing)
                    try finish()
                }
            }
            let prepared = PreparedStatement(sql)
            composed[sql] = prepared
            return use(prepared, values)
        }

        private func use(_ prepared: PreparedStatement, _ values: [Value]) -> Statement {
            if !isAnnouncing,
                let place = announced.firstIndex(where: { $0.prepared === prepared && $0.values == values })
            {
                return announced.remove(at: place)
            }
            return Statement(prepared, values, on: self)
        }

        /// Runs one statement; its rows, if any, are passed over.
        package func run(_ sql: StaticString, _ values: Value...) throws(PostgreSQLError) {
            let statement = statement(sql, values)
            try statement.run()
        }

        /// Lets the statements of the transaction that is open take as long as the server needs.
        package func allowLongStatements() { allowsLongStatements = isInTransaction }

        /// Has a statement run, without waiting for it: what goes wrong is thrown by what is waited for next.
        package func runAhead(_ statement: Statement) throws(PostgreSQLError) { try enqueue(statement) }

        /// The first column of the first row, an integer; nil without a row or where it is null.
        package func integer(_ sql: StaticString, _ values: Value...) throws(PostgreSQLError) -> Int64? {
            let statement = statement(sql, values)
            guard try statement.step(), !statement.isNull(0) else { return nil }
            return try statement.integer(0)
        }

        /// Sends the statements that `body` uses, without waiting for any: in it none has a row. Who uses the same statements
        /// with the same values afterwards, until the transaction ends, waits once for all of them.
        package func announce(_ body: () -> Void) {
            guard isInTransaction, !isAnnouncing else { return }
            isAnnouncing = true
            body()
            isAnnouncing = false
        }

        /// Runs a script of any number of statements without parameters, as one transaction unless one is open.
        package func execute(script: String) throws(PostgreSQLError) {
            try sendBegin()
            try finish()
            guard unsafe PQexitPipelineMode(channel.handle) == 1,
                unsafe PQsendQuery(channel.handle, script) == 1
            else { throw channel.error("PQsendQuery") }
            channel.line.noteRoundTrip()
            var deadline = CallDeadline(allowsLongStatements ? nil : self.timeLimit)
            var failure: PostgreSQLError?
            while true {
                try channel.wait(&deadline, for: nil)
                let result = unsafe Result(PQgetResult(channel.handle))
                guard unsafe result.handle != nil else { break }
                // The server says what it is about; the whole script says nothing to a person.
                if !result.isGood, failure == nil { failure = error(result, "PQsendQuery", sql: nil) }
            }
            if let failure {
                channel.line.note(failure)
                // Also after an error the next statements are sent as the others.
                guard unsafe PQenterPipelineMode(channel.handle) == 1 else {
                    channel.abandon()
                    throw failure
                }
                throw failure
            }
            guard unsafe PQenterPipelineMode(channel.handle) == 1 else {
                throw channel.error("PQenterPipelineMode")
            }
        }

        private func error(_ result: Result, _ call: String, sql: String?) -> PostgreSQLError {
            let state = result.field("C")
            guard !state.isEmpty else { return channel.error(call, sql: sql) }
            return PostgreSQLError(
                call: call, state: state,
                // The sentence alone: the details repeat what was bound.
                message: result.field("M"), sql: sql,
                // The server ends the connection after it.
                isConnectionLost: channel.isLost || result.field("V") == "FATAL", host: channel.host)
        }

        /// What the server has remarked; libpq calls back on the thread that uses the connection.
        private final class Notices {
            var hasWarning = false
        }

        private func send(_ sql: String, as kind: Sent) throws(PostgreSQLError) {
            guard !channel.isAbandoned,
                unsafe PQsendQueryParams(channel.handle, sql, 0, nil, nil, nil, nil, 1) == 1
            else { throw channel.error("PQsendQueryParams", sql: sql, isConnectionLost: true) }
            sent.append(kind)
        }

        private func sendSync() throws(PostgreSQLError) {
            guard !channel.isAbandoned, unsafe PQpipelineSync(channel.handle) == 1 else {
                throw channel.error("PQpipelineSync", isConnectionLost: true)
            }
            sent.append(.sync)
        }

        /// Sends the beginning of the transaction, where that has not been done.
        private func sendBegin() throws(PostgreSQLError) {
            guard let kind = pendingBegin else { return }
            pendingBegin = nil
            try send(kind.sql, as: .begin(kind.sql))
            isOpen = true
            if !settings.isEmpty { try send(settings, as: .begin(settings)) }
        }

        /// Sends the statement, and the beginning of the transaction and its preparation before it where that has not been done.
        fileprivate func enqueue(_ statement: Statement) throws(PostgreSQLError) {
            guard !statement.isSent else { return }
            statement.isSent = true
            try sendBegin()
            let variant = keepsStatements ? statement.prepared.variant(for: statement.values) : nil
            if let variant, !variant.isPrepared {
                newest += 1
                variant.name = "s\(newest)"
                variant.isPrepared = true
                let isSent =
                    unsafe PQsendPrepare(
                        channel.handle, variant.name, statement.sql, Int32(variant.types.count), variant.types
                    ) == 1
                guard !channel.isAbandoned, isSent else {
                    variant.isPrepared = false
                    throw channel.error("PQsendPrepare", sql: statement.sql)
                }
                sent.append(.preparation(variant, sql: statement.sql))
            }
            let parameters = Parameters(statement.values)
            let isSent = unsafe parameters.withPointers { values, lengths, formats, count in
                // Texts are valid for the call; the rest belongs to `parameters`.
                guard let variant else {
                    return unsafe PQsendQueryParams(
                        channel.handle, statement.sql, count, PreparedStatement.types(of: statement.values),
                        values, lengths, formats, 1)
                }
                return unsafe PQsendQueryPrepared(
                    channel.handle, variant.name, count, values, lengths, formats, 1)
            }
            guard !channel.isAbandoned, isSent == 1 else {
                throw channel.error("PQsendQueryPrepared", sql: statement.sql)
            }
            sent.append(.statement(statement))
        }

        /// Waits until the statement's result is there. Returns false while statements are announced, which have none.
        fileprivate func complete(_ statement: Statement) throws(PostgreSQLError) -> Bool {
            guard !isAnnouncing else {
                // Announcing is no more than a help: who needs the rows meets the error.
                if (try? enqueue(statement)) != nil { announced.append(statement) }
                return false
            }
            if statement.result == nil {
                try enqueue(statement)
                try finish()
            }
            guard let result = statement.result else {
                throw PostgreSQLError(
                    call: "PQgetResult", message: "the statement was not run", sql: statement.sql,
                    isConnectionLost: isLost, host: channel.host)
            }
            changes = result.changes
            return true
        }

        /// Reads the results of everything that has been sent. Throws the first error among them.
        private func finish() throws(PostgreSQLError) {
            guard !sent.isEmpty else { return }
            do throws(PostgreSQLError) {
                if case .sync? = sent.last {} else { try sendSync() }
                channel.line.noteRoundTrip()
                try readResults()
            } catch {
                channel.line.note(error)
                throw error
            }
        }

        private func readResults() throws(PostgreSQLError) {
            var limit = allowsLongStatements ? nil : self.timeLimit
            if case .commit? = sent.dropLast().last {
                limit = self.timeLimit.map { allowsLongStatements ? 6 * $0 : $0 }
            }
            var deadline = CallDeadline(limit)
            var failure: PostgreSQLError?
            var count = 0
            defer { sent.removeFirst(min(count, sent.count)) }
            while count < sent.count {
                let next = sent[count]
                try channel.wait(&deadline, for: next.sql)
                let result = unsafe Result(PQgetResult(channel.handle))
                count += 1
                if !result.isGood {
                    forget(next)
                    if !result.isSkipped, failure == nil {
                        failure = error(result, "PQgetResult", sql: next.sql)
                    }
                    // libpq has nothing more to say, and the rest will not come.
                    if isLost, unsafe PQisBusy(channel.handle) == 0 {
                        count = sent.count
                        break
                    }
                }
                switch next {
                case .sync: continue
                case .statement(let statement) where result.isGood: statement.result = result
                case .commit where result.isGood: commitResult = result
                case .begin, .preparation, .statement, .commit, .rollback, .clearing: break
                }
                // A null ends the results of each command.
                while true {
                    try channel.wait(&deadline, for: next.sql)
                    guard let further = unsafe PQgetResult(channel.handle) else { break }
                    unsafe PQclear(further)
                }
            }
            if let failure { throw failure }
        }

        private func forget(_ failed: Sent) {
            switch failed {
            case .preparation(let variant, _): variant.isPrepared = false
            // The session may be in any state.
            case .rollback: channel.abandon()
            case .begin, .statement, .commit, .clearing, .sync: break
            }
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
        package var isInTransaction: Bool { pendingBegin != nil || isOpen }

        /// Begins a transaction with the first statement that follows.
        package func begin(_ kind: TransactionKind) {
            announced.removeAll()
            pendingBegin = kind
        }

        private var commitResult: Result?
        /// How long the last commit took.
        package private(set) var commitMicroseconds: Int64 = 0

        /// Throws also where the server has committed and waits in vain for its synchronous standby. Without an end to that
        /// it would wait for as long as there is none; told to end it, it warns instead of failing. An error that
        /// `isOutcomeUnknown` says that nobody knows whether the transaction was committed.
        package func commit() throws(PostgreSQLError) {
            // What was not asked for is out of date in the next transaction.
            defer { announced.removeAll() }
            guard pendingBegin == nil else {
                pendingBegin = nil
                return
            }
            guard isOpen else { return }
            let start = monotonicMicroseconds()
            defer { commitMicroseconds = monotonicMicroseconds() - start }
            notices.hasWarning = false
            commitResult = nil
            defer { commitResult = nil }
            do throws(PostgreSQLError) {
                try send("COMMIT", as: .commit)
                try finish()
            } catch {
                throw error.isConnectionLost ? error.ofCommit : error
            }
            isOpen = false
            // A transaction in which something has failed is rolled back instead.
            guard let commitResult, commitResult.command == "COMMIT" else {
                throw PostgreSQLError(
                    call: "PQgetResult", message: "the transaction was rolled back", sql: "COMMIT",
                    host: channel.host)
            }
            guard !notices.hasWarning else {
                let error = PostgreSQLError(
                    call: "PQgetResult", state: PostgreSQLError.unknownOutcome,
                    message: "the synchronous standby did not answer in time", sql: "COMMIT",
                    host: channel.host)
                channel.line.note(error)
                throw error
            }
        }

        /// Runs the statement and commits, in one round trip; `commit` has nothing to do afterwards. Throws as that does.
        package func commit(with statement: Statement) throws(PostgreSQLError) {
            try enqueue(statement)
            try commit()
        }

        /// Leaves no transaction open, whatever happened before; a connection that fails here is lost. It does not wait for
        /// the server: whoever uses the connection next reads the answer.
        package func rollBack() {
            announced.removeAll()
            guard pendingBegin == nil else {
                pendingBegin = nil
                return
            }
            guard isOpen, !isLost else { return }
            isOpen = false
            do throws(PostgreSQLError) {
                // What has failed before it would have it skipped.
                if !sent.isEmpty { try sendSync() }
                try send("ROLLBACK", as: .rollback)
                try sendSync()
                channel.flush()
            } catch {
                channel.abandon()
            }
        }
    }

    /// One use of a statement: step and read. It is run by the first step, which fetches all rows.
    ///
    /// Columns are counted from 0. Reading copies the value out.
    @safe
    package final class Statement {
        fileprivate let prepared: PreparedStatement
        private let connection: Connection
        fileprivate let values: [Value]
        fileprivate var isSent = false
        fileprivate var result: Result?
        private var row: Int32 = -1

        fileprivate var sql: String { prepared.sql }

        fileprivate init(_ prepared: PreparedStatement, _ values: [Value], on connection: Connection) {
            self.prepared = prepared
            self.values = values
            self.connection = connection
        }

        /// Moves to the next row. Returns false after the last one.
        package func step() throws(PostgreSQLError) -> Bool {
            if row < 0, try !connection.complete(self) { return false }
            row += 1
            return row < (result?.count ?? 0)
        }

        /// Runs a statement whose rows, if any, do not matter.
        package func run() throws(PostgreSQLError) {
            if row < 0 { _ = try connection.complete(self) }
        }

        package func isNull(_ column: Int) -> Bool { result?.isNull(row, Int32(column)) ?? true }

        /// Throws where the column holds anything but an integer; true and false are 1 and 0.
        package func integer(_ column: Int) throws(PostgreSQLError) -> Int64 {
            let type = try type(column)
            guard type == TypeID.int8 || type == TypeID.int4 || type == TypeID.bool else {
                throw mismatch(column, "an integer")
            }
            var number: Int64 = 0
            unsafe readBytes(column) { bytes in
                if type == TypeID.bool {
                    number = unsafe bytes.first == 1 ? 1 : 0
                } else {
                    number = unsafe bytes.first.map { $0 & 0x80 != 0 } == true ? -1 : 0
                    for index in bytes.indices { number = unsafe number << 8 | Int64(bytes[index]) }
                }
            }
            return number
        }

        /// Throws where the column holds anything but text.
        package func text(_ column: Int) throws(PostgreSQLError) -> String {
            guard try type(column) == TypeID.text else { throw mismatch(column, "text") }
            var text = ""
            unsafe readBytes(column) { text = unsafe String(decoding: $0, as: UTF8.self) }
            return text
        }

        /// Throws where the column holds anything but bytes.
        package func blob(_ column: Int) throws(PostgreSQLError) -> [UInt8] {
            guard try type(column) == TypeID.bytea else { throw mismatch(column, "bytes") }
            var blob: [UInt8] = []
            unsafe readBytes(column) { blob = unsafe Array($0) }
            return blob
        }

        /// Whatever the column holds. Throws where that is of a type that no value has.
        package func value(_ column: Int) throws(PostgreSQLError) -> Value {
            if isNull(column) { return .null }
            return switch try type(column) {
            case TypeID.text: .text(try text(column))
            case TypeID.bytea: .blob(try blob(column))
            default: .integer(try integer(column))
            }
        }

        private func readBytes(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
            guard let result else { preconditionFailure("its type has been read from the result") }
            unsafe body(result.bytes(row, Int32(column)))
        }

        /// Throws where the column is null.
        private func type(_ column: Int) throws(PostgreSQLError) -> Oid {
            guard !isNull(column) else { throw mismatch(column, "a value", found: "null") }
            return result?.type(Int32(column)) ?? 0
        }

        private func mismatch(_ column: Int, _ wanted: String, found: String? = nil) -> PostgreSQLError {
            let found = found ?? "a value of type \(result?.type(Int32(column)) ?? 0)"
            return PostgreSQLError(
                call: "PQftype", message: "column \(column) holds \(found), not \(wanted)", sql: sql)
        }
    }
#endif
