package import Expenses
package import Platform
import SQLite
import Synchronization

/// The database: a SQLite file, or what a PostgreSQL server keeps. Reads on the caller's thread, writes on threads of their
/// own.
package final class Storage: Sendable {
    package struct Options: Sendable {
        /// Writes that may wait at a time; one more is refused with `AppError.busy`.
        package var maxQueuedWrites = 4096
        /// Whether a missing file is made; otherwise it is an error.
        package var makesMissing = true
        /// The most pages of 4096 bytes that the file may have; nil means as many as the disk holds.
        package var maxPages: Int?
        /// How long a write waits for another process that holds the database's lock, in milliseconds.
        package var busyTimeout: Int32 = 10_000
        /// Called with the reason each time that a server is found not to work, at the start and later: it is tried again and
        /// again. Nil: at the start that is an error.
        package var onUnreachable: (@Sendable (String) -> Void)?
        /// Connections that there may be to a server, in all.
        package var maxConnections = 40
        /// Microseconds for which a connection to a server may be idle; nil: a minute, or a second where it has none left.
        package var idleLimit: Int64?
        /// The most expenses that one user may have, those in the bin included.
        package var userQuota = 1_000_000
        /// Pages of 4096 bytes that a file's log of writes may have before it is written into the file.
        package var checkpointPages = 8000
        /// How much one step of a long write does.
        package var stepLimits = StepLimits()
        /// Whether writes into a file wait until `makeWrites` is called: for a simulation.
        package var isStepped = false
        /// Is told of each step of a long write, done or failed.
        package var observeStep: @Sendable (OwnedLongWrite) -> Void = { _ in }
        /// Is told, in a sentence, what takes long or cannot be helped.
        package var report: @Sendable (String) -> Void = { _ in }

        package init() {}
    }

    package let path: String
    private let writer: any WriteQueue
    private let longWrites: LongWrites
    private let readers: ReaderPool
    private let formsSwept = Mutex(SweepStore.Place.start)

    /// Threads that may wait for the database; reads belong on them. Nil where the database is a file on this machine,
    /// whose reads do not wait.
    package let threads: ThreadExecutor?
    /// Looks after the connections to a server.
    private let upkeep: LastingThread?

    /// Whether this is the address of a server, not the name of a file.
    package static func isAddress(_ database: String) -> Bool {
        database.hasPrefix("postgresql://") || database.hasPrefix("postgres://")
    }

    /// Opens the database, or makes it with its schema. `path` is the name of a file or the address of a server. A file that
    /// this call has made is gone again when it throws.
    package init(path: String, options: Options = Options()) throws(StorageError) {
        self.path = path
        guard !Storage.isAddress(path) else {
            let parts = try ServerStorage.connect(to: path, options)
            (writer, readers, threads, upkeep) = (parts.writer, parts.readers, parts.threads, parts.upkeep)
            longWrites = LongWrites(
                writer, room: nil, report: options.report, observe: options.observeStep)
            return
        }
        let file = try DatabaseFile(path: path, makesMissing: options.makesMissing)
        do throws(StorageError) {
            let connection = try file.open(
                schema: Schema.migrator, maxPages: options.maxPages, busyTimeout: options.busyTimeout,
                report: options.report)
            let readers = ReaderPool(maxOpen: .max) {
                .sqlite(try SQLite.Connection.reader(of: path))
            }
            self.readers = readers
            writer =
                options.isStepped
                ? SteppedWriter(connection, options) : try SQLiteWriter(connection, options)
        } catch {
            file.discard()
            throw error
        }
        (threads, upkeep) = (nil, nil)
        longWrites = LongWrites(
            writer, room: RoomForGrowth(folder: directory(of: path)), report: options.report,
            observe: options.observeStep)
    }

    /// What a database that is there is like, in words, without changing it.
    package static func look(at path: String) throws(StorageError) -> String {
        isAddress(path) ? try ServerStorage.look(at: path) : try DatabaseFile.look(at: path)
    }

    deinit {
        close()
        threads?.stop()
    }

    /// Runs `body` on a snapshot of the database: it sees everything that was committed before its first read, and
    /// nothing that comes later. On the caller's thread, without waiting for the writer.
    package func read<Value>(_ body: (Stores) throws -> Value) throws -> Value {
        do {
            return try readers.read { connection in try body(Stores(connection)) }
        } catch {
            throw publicError(for: error)
        }
    }

    /// For several reads that are to see one state of the database.
    package func snapshot() -> Snapshot { Snapshot(of: readers) }

    /// The same for what looks at the database as a whole, on a connection of its own where that is a file.
    func withWholeDatabase<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        guard !Storage.isAddress(path) else {
            return try readers.read { connection in
                try connection.allowLongStatements()
                return try body(connection)
            }
        }
        do {
            let reader = try SQLite.Connection(path: path, mode: .readOnly)
            try reader.begin(.reading)
            defer { reader.rollBack() }
            return try body(.sqlite(reader))
        } catch {
            throw publicError(for: error)
        }
    }

    /// Runs `body` on a writer thread, and returns after the commit that holds it has reached the disk. What it
    /// throws takes back its own changes and nothing else. It may be run a second time (after a failure elsewhere
    /// has cost it the transaction of the first), so it should touch nothing but its stores.
    ///
    /// `owner` is whose data it changes: writes of one owner see each other's outcome, as if there were no other. Nil for
    /// writes without an owner, which lock the rows that they find (registering, sweeping).
    ///
    /// Throws `AppError.busy` at once when too many writes wait. Cancelling the task does not undo the write.
    package func write<Value: Sendable>(
        of owner: User.ID?, _ body: @escaping @Sendable (Stores) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            write(of: owner, body) { continuation.resume(with: $0) }
        }
    }

    /// The same with a function that is called with the outcome, on a writer's thread.
    package func write<Value: Sendable>(
        of owner: User.ID?, _ body: @escaping @Sendable (Stores) throws -> Value,
        answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        do {
            try writer.enqueue(PendingWrite(of: owner, body, answer: answer))
        } catch {
            answer(.failure(error))
        }
    }

    /// The same for a write that begins a change of many rows (merging categories, adding and undoing imports): returns
    /// when that is done, or when a step of it has failed (`LongWriteStore.all` has the reason then). It is made in steps
    /// between other writes, and goes on by itself whatever becomes of the caller: what is thrown is of `body` alone.
    package func writeToTheEnd<Value: Sendable>(
        of owner: User.ID, _ body: @escaping @Sendable (Stores) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            writeToTheEnd(of: owner, body) { continuation.resume(with: $0) }
        }
    }

    /// The same with a function that is called with the outcome, on a writer's thread.
    package func writeToTheEnd<Value: Sendable>(
        of owner: User.ID, _ body: @escaping @Sendable (Stores) throws -> Value,
        answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let write = PendingWrite(of: owner) { stores in
            let before = try Set(stores.longWrites.all(of: owner).map(\.write))
            let value = try body(stores)
            let begun = try stores.longWrites.all(of: owner).map(\.write).filter { !before.contains($0) }
            return (value, begun.map { OwnedLongWrite(owner: owner, write: $0) })
        } answer: { [longWrites] result in
            switch result {
            case .failure(let error): answer(.failure(error))
            case .success(let (value, begun)):
                longWrites.finish(begun, of: owner) { answer(.success(value)) }
            }
        }
        do {
            try writer.enqueue(write)
        } catch {
            answer(.failure(error))
        }
    }

    /// With `Options.isStepped`: makes up to so many of the writes that wait, in one transaction if they are few. Returns how
    /// many.
    package func makeWrites(_ count: Int = .max) -> Int {
        (writer as? SteppedWriter)?.make(count) ?? 0
    }

    /// The same where the program is killed: what waits is never answered, and the file is let go of as it is.
    package func abandon() {
        (writer as? SteppedWriter)?.abandon()
        readers.close()
    }

    /// The same without waiting for the end: `UserStore.remove` takes long, and the request does not have to wait.
    package func writeAndGoOn<Value: Sendable>(
        of owner: User.ID, _ body: @escaping @Sendable (Stores) throws -> Value
    ) async throws -> Value {
        defer { longWrites.wake() }
        return try await write(of: owner, body)
    }

    /// Removes everything that has expired, records what repeats and is due, in small writes, and goes on with what a stop of the program or a full disk
    /// has cut; blocks until the former is done. Long writes are tried again also where the former cannot be done. Called at the start of a server, and then now and then; a command that
    /// looks at the file leaves it as it is.
    package func sweep(at now: Int64) throws {
        defer { goOnWithLongWrites() }
        while try writeAndWait({ try $0.sweep.step(at: now) }) {}
        try recordRepeating(at: now)
        try sweepForms(at: now)
    }

    /// Goes on with the long writes that there are, and tries again those that have failed. Does not wait for them.
    package func goOnWithLongWrites() { longWrites.wake(tryingAgain: true) }

    /// Records expenses that repeat, of users who do not come. What goes wrong for one is thrown after the others.
    private func recordRepeating(at now: Int64) throws {
        // Where a day begins first.
        let latest = Zone.utc.day(at: now + 14 * 3600)
        var last: RepeatingStore.Due?
        var failure: (any Error)?
        while true {
            let due = try read { try $0.repeating.due(by: latest, after: last, limit: Storage.ownersAtOnce) }
            for due in due {
                let today = (Zone(identifier: due.zone) ?? .system).day(at: now)
                guard due.day <= today else { continue }
                do {
                    _ = try writeAndWait(of: due.owner) {
                        try $0.repeating.recordDue(through: today, of: due.owner, at: now)
                    }
                } catch {
                    failure = failure ?? error
                }
            }
            guard due.count == Storage.ownersAtOnce else { break }
            last = due.last
        }
        if let failure { throw failure }
    }

    private static let ownersAtOnce = 100

    /// Looks at some of the forms, and goes on there the next time.
    private func sweepForms(at now: Int64) throws {
        for _ in 0..<Storage.formSteps {
            let place = formsSwept.withLock { $0 }
            let next = try writeAndWait { try $0.sweep.sweepForms(after: place, at: now) }
            formsSwept.withLock { $0 = next ?? .start }
            if next == nil { return }
        }
    }

    /// With one sweep a minute, five million forms are looked at in a day.
    private static let formSteps = 8

    /// The same for a command without an event loop: blocks the calling thread.
    package func writeAndWait<Value: Sendable>(
        of owner: User.ID? = nil, _ body: @escaping @Sendable (Stores) throws -> Value
    ) throws -> Value {
        let answer = Answer<Value>()
        try writer.enqueue(PendingWrite(of: owner, body) { answer.set($0) })
        return try answer.wait().get()
    }

    /// Transactions that the writer has committed; under load fewer than the writes it has answered.
    package var commitCount: Int { writer.counts.commits.load(ordering: .relaxed) }

    /// Rows that one transaction of a file has changed, at most since the start; those of triggers count.
    package var mostRowsOfATransaction: Int { writer.counts.mostRows.load(ordering: .relaxed) }

    package struct Statistics: Sendable {
        /// Writes that wait for the writer.
        package let queuedWrites: Int
        package let writes: Int
        package let commits: Int
        /// Microseconds that the commits took, most of them for the disk.
        package let commitMicroseconds: Int64
        /// Connections that somebody reads with, and those that wait to be used.
        package let readersInUse: Int
        package let readersIdle: Int
        /// Pages of 4096 bytes in a file's log of writes; 0 of a server.
        package let logPages: Int
        /// Nil of a file.
        package let server: ServerCounts?
    }

    /// What the writer has done since the start.
    package var statistics: Statistics {
        let (readers, counts) = (readers.use, writer.counts)
        return Statistics(
            queuedWrites: writer.queueLength, writes: counts.writes.load(ordering: .relaxed),
            commits: commitCount, commitMicroseconds: counts.commitTime.load(ordering: .relaxed),
            readersInUse: readers.reading, readersIdle: readers.idle,
            logPages: counts.logLength.load(ordering: .relaxed), server: writer.serverCounts)
    }

    /// Waits for the writes in the queue, writes the log into the file and closes it. Writes after this are refused.
    package func close() {
        upkeep?.join()
        readers.close()
        writer.close()
    }
}
