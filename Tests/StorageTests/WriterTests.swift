import Expenses
import Glibc
import SQLite
import Storage
import Synchronization
import TestDatabase
import Testing

@Suite struct WriterTests {
    private struct Refusal: Error {}

    private final class Counter: Sendable {
        private let count = Mutex(0)

        /// 1, 2, 3 …
        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    /// Holds up the writer thread while `queue` fills the queue, so that everything queued is one batch. Returns what
    /// the writes came to. `refused` of them do not fit in the queue.
    private func batch(
        on storage: Storage, refused: Int, _ writes: [@Sendable (Stores) throws -> Void]
    ) async throws -> [(any Error)?] {
        let release = Gate()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let refusals = Counter()
        return try await withThrowingTaskGroup(of: (Int, (any Error)?).self) { group in
            group.addTask {
                try await storage.write(of: nil) { _ in
                    start.finish()
                    release.wait()
                }
                return (-1, nil)
            }
            for await _ in started {}
            for (index, write) in writes.enumerated() {
                group.addTask {
                    do {
                        try await storage.write(of: nil, write)
                        return (index, nil)
                    } catch {
                        if error as? AppError == .busy(retryAfter: 1) {
                            // The last one to be refused knows that all others are in the queue.
                            if refusals.next() == refused { release.open() }
                        }
                        return (index, error)
                    }
                }
            }
            var results: [(any Error)?] = writes.map { _ in nil }
            for try await (index, error) in group where index >= 0 { results[index] = error }
            return results
        }
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `writes that wait share one commit, a full queue refuses, and one that fails fails alone`()
        async throws
    {
        var options = Storage.Options()
        options.maxQueuedWrites = 50
        options.stepLimits.longestTransaction = .max
        let fixture = try Fixture(options: options)
        let draft = try fixture.draft(100)
        let before = fixture.storage.commitCount
        let results = try await batch(
            on: fixture.storage, refused: 10,
            (0..<60).map { index in
                { [ada = fixture.ada] stores in
                    _ = try stores.expenses.insert(draft, owner: ada, form: "f\(index)", at: noon)
                    if index.isMultiple(of: 2) { throw Refusal() }
                }
            })
        #expect(fixture.storage.commitCount == before + 2)
        let refused = results.indices.filter { results[$0] as? AppError == .busy(retryAfter: 1) }
        #expect(refused.count == 10)
        for index in results.indices where !refused.contains(index) {
            #expect((results[index] is Refusal) == index.isMultiple(of: 2))
        }
        let total = try fixture.storage.read { try $0.totals.summary(of: fixture.ada, matching: Filter()) }
            .total
        #expect(total.count == results.count { $0 == nil })
        #expect(try fixture.storage.check().findings == [])
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `only a write that fails after a change makes those of its batch run again`() async throws {
        for failsAfterChange in [false, true] {
            var options = Storage.Options()
            options.maxQueuedWrites = 10
            // However slow it is: a slow transaction leaves writes to the next one.
            options.stepLimits.longestTransaction = 600_000_000
            let fixture = try Fixture(options: options)
            let draft = try fixture.draft(100)
            let runs = Counter()
            // Ten are one batch, and the last of them fails, each time.
            let results = try await batch(
                on: fixture.storage, refused: 1,
                (0..<11).map { index in
                    { [ada = fixture.ada] stores in
                        let fails = runs.next().isMultiple(of: 10)
                        if fails, !failsAfterChange { throw Refusal() }
                        _ = try stores.expenses.insert(draft, owner: ada, form: "f\(index)", at: noon)
                        if fails { throw Refusal() }
                    }
                })
            #expect(results.count { $0 is Refusal } == 1)
            #expect(runs.next() - 1 == (failsAfterChange ? 20 : 10))
            let total = try fixture.storage.read { try $0.totals.all(of: fixture.ada).total }
            #expect(total.count == 9)
        }
    }

    @Test func `a write is there when it has been answered, under many at once`() async throws {
        let fixture = try Fixture()
        let draft = try fixture.draft(100)
        let before = fixture.storage.commitCount
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...32 {
                group.addTask { [storage = fixture.storage, ada = fixture.ada] in
                    for _ in 1...20 {
                        let id = try await storage.write(of: ada) {
                            try $0.expenses.insert(draft, owner: ada, form: nil, at: noon).id
                        }
                        let found = try storage.read { try $0.expenses.find(id, owner: ada) }
                        #expect(found?.amount == draft.amount)
                    }
                }
            }
            try await group.waitForAll()
        }
        let summary = try fixture.storage.read {
            try $0.totals.summary(of: fixture.ada, matching: Filter())
        }
        #expect(summary.total.count == 640)
        // Of 32 that write at a time, some share a commit.
        if TestDatabase.isFile { #expect(fixture.storage.commitCount - before < 640) }
    }

    @Test func `a read sees one moment, whatever is written meanwhile`() throws {
        let fixture = try Fixture()
        try fixture.add(100)
        func count(_ stores: Stores) throws -> Int {
            try stores.totals.summary(of: fixture.ada, matching: Filter()).total.count
        }
        try fixture.storage.read { stores in
            let before = try count(stores)
            try fixture.add(200)
            let after = try count(stores)
            let rows = try stores.list.page(of: fixture.ada, matching: Filter(), after: nil, limit: 9)
            #expect([before, after, rows.expenses.count] == [1, 1, 1])
            // A read inside a read has a connection, and a moment, of its own.
            #expect(try fixture.storage.read { try count($0) } == 2)
        }
        #expect(try fixture.storage.read { try count($0) } == 2)
    }

    @Test func `a read that throws leaves the next one in order`() throws {
        let fixture = try Fixture()
        for _ in 1...3 {
            #expect(throws: Refusal.self) {
                try fixture.storage.read { stores in
                    _ = try stores.users.isEmpty()
                    throw Refusal()
                }
            }
        }
        try fixture.add(100)
        #expect(try fixture.storage.read { try $0.totals.months(of: fixture.ada) } != nil)
    }

    @Test func `closing the database answers all queued writes`() async throws {
        let fixture = try Fixture()
        let draft = try fixture.draft(100)
        let storage = fixture.storage
        let ids = try await withThrowingTaskGroup(of: Expense.ID?.self) { group in
            for _ in 1...20 {
                group.addTask { [ada = fixture.ada] in
                    do {
                        return try await storage.write(of: ada) {
                            try $0.expenses.insert(draft, owner: ada, form: nil, at: noon).id
                        }
                    } catch is StorageError {
                        return nil
                    }
                }
            }
            group.addTask {
                storage.close()
                return nil
            }
            return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
        }
        let reopened = try Storage(path: fixture.path)
        for id in ids {
            #expect(try reopened.read { try $0.expenses.find(id, owner: fixture.ada) } != nil)
        }
    }

    /// As happens when what a write holds is the last that is left of its database.
    @Test func `a write that closes its own database is answered, and is the last`() async throws {
        let fixture = try Fixture()
        let storage = fixture.storage
        let isEmpty = try await storage.write(of: nil) { stores in
            storage.close()
            return try stores.users.isEmpty()
        }
        #expect(!isEmpty)
        await #expect(throws: StorageError.self) { try await storage.write(of: nil) { _ in } }
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM users") == 2)
    }

    /// Whether SQLite takes back the statement alone, or the whole transaction with all other writes of the batch,
    /// depends on the statement.
    @Test(.enabled(if: TestDatabase.isFile), arguments: [false, true])
    func `a full disk fails the write that needs it, and no other`(costsTransaction: Bool) async throws {
        var options = Storage.Options()
        options.maxPages = 100
        options.maxQueuedWrites = 20
        let fixture = try Fixture(options: options)
        let (small, ada) = (try fixture.draft(100), fixture.ada)
        let big = try fixture.draft(1, "Leisure", String(repeating: "x", count: 400))
        let fill: @Sendable (Stores) throws -> Void = { stores in
            if costsTransaction {
                try stores.users.update(passwordHash: String(repeating: "x", count: 1_000_000), of: ada)
            }
            while true { _ = try stores.expenses.insert(big, owner: ada, form: nil, at: noon) }
        }
        let add: @Sendable (Stores) throws -> Void = { stores in
            _ = try stores.expenses.insert(small, owner: ada, form: nil, at: noon)
        }
        let results = try await batch(
            on: fixture.storage, refused: 1, (0...20).map { $0.isMultiple(of: 5) ? fill : add })
        let accepted = results.indices.filter { results[$0] as? AppError != .busy(retryAfter: 1) }
        #expect(accepted.count == 20)
        for index in accepted {
            #expect(results[index] as? AppError == (index.isMultiple(of: 5) ? .storageFull : nil))
        }
        func count() throws -> Int {
            try fixture.storage.read { try $0.totals.summary(of: ada, matching: Filter()) }.total.count
        }
        #expect(try count() == accepted.count { !$0.isMultiple(of: 5) })
        #expect(try fixture.storage.check().findings == [])
        try fixture.add(5)
        #expect(try count() == accepted.count { !$0.isMultiple(of: 5) } + 1)
        #expect(try fixture.storage.read { try $0.users.credentials(of: ada) }?.passwordHash == "hash of Ada")
    }
}
