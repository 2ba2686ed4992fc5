import Expenses
import Glibc
import SQLite
import Storage
import StorageSimulation
import TestDatabase
import Testing

/// What a disk that fails costs: the writes that it could not take, and nothing else.
@Suite(.enabled(if: TestDatabase.isFile)) struct DiskFaultTests {
    let fixture: Fixture
    let disk: FaultyDisk

    init() throws {
        let fixture = try Fixture()
        // The connections of the fixture are older than the disk and would go past it.
        fixture.storage.close()
        disk = FaultyDisk(folder: fixture.directory.path, seed: 1)
        self.fixture = fixture
    }

    private func count(_ storage: Storage) throws -> Int {
        try storage.read { try $0.totals.summary(of: fixture.ada, matching: Filter()) }.total.count
    }

    @Test(
        arguments: [[.read], [.write], [.sync], [.grow], [.read, .write, .sync, .grow]]
            as [Set<FaultyDisk.Operation>])
    func `a write that the disk fails is refused alone, and a power cut later takes no other`(
        operations: Set<FaultyDisk.Operation>
    ) async throws {
        let storage = try Storage(path: fixture.path)
        let category = try storage.read { try $0.categories.all(of: fixture.ada) }[0].id
        var writing = Writing(owner: fixture.ada, category: category)
        var random = RandomSource(seed: UInt64(operations.count))
        let before = disk.failures
        for _ in 1...10 {
            disk.fail(operations, perMille: 30)
            for _ in 1...20 { await writing.write(to: storage, choosing: &random, forgets: true) }
            disk.fail([], perMille: 0)
            try writing.books.expect(in: fixture.path, of: fixture.ada, "\(operations)")
        }
        #expect(operations == [.read] || disk.failures > before)
        let id = try storage.writeAndWait { [ada = fixture.ada] in
            try $0.expenses.insert(
                ExpenseDraft(
                    amount: Money(minorUnits: 5), category: category, day: Fixture.day("2026-11-22"),
                    description: "Last"), owner: ada, form: nil, at: noon
            ).id
        }
        #expect(id.rawValue > 0)
        #expect(try storage.check().findings == [])
        writing.books.answer("Last", with: .live(5))

        disk.cut(after: 0)
        storage.close()
        let next = TemporaryDirectory()
        disk.save(to: next.path)
        let reopened = try Storage(path: next.file("expenses.sqlite"))
        try writing.books.expect(in: reopened.path, of: fixture.ada, "\(operations)")
        #expect(try reopened.check().findings == [])
        reopened.close()
    }

    @Test func `a full disk refuses writes and says so, reads go on, and there is room again`() throws {
        let storage = try Storage(path: fixture.path)
        let category = try storage.read { try $0.categories.all(of: fixture.ada) }[0].id
        let draft = ExpenseDraft(
            amount: Money(minorUnits: 5), category: category, day: Fixture.day("2026-11-22"),
            description: "Tea")
        let ada = fixture.ada
        func add() throws {
            _ = try storage.writeAndWait {
                try $0.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
        try add()
        disk.fail([.grow], perMille: 1000)
        for _ in 1...3 { #expect(throws: AppError.storageFull) { try add() } }
        #expect(try count(storage) == 1)
        disk.fail([], perMille: 0)
        try add()
        #expect(try count(storage) == 2)
        #expect(try storage.check().findings == [])
        storage.close()
    }

    @Test func `a read that the disk fails is an error, never an empty answer, and the next one is right`()
        throws
    {
        let storage = try Storage(path: fixture.path)
        let category = try storage.read { try $0.categories.all(of: fixture.ada) }[0].id
        let ada = fixture.ada
        try storage.writeAndWait { stores in
            for amount in 1...2000 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64(amount)), category: category,
                    day: Fixture.day("2026-11-22"), description: "Tea \(amount)")
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
        storage.close()
        // A new connection has nothing in memory.
        let reopened = try Storage(path: fixture.path)
        #expect(try count(reopened) == 2000)
        let failures = disk.failures
        disk.fail([.read], perMille: 1000)
        #expect(throws: SQLiteError.self) {
            try reopened.read { try $0.totals.summary(of: ada, matching: Filter(text: "tea 1999")) }
        }
        disk.fail([], perMille: 0)
        #expect(disk.failures > failures)
        #expect(
            try reopened.read { try $0.totals.summary(of: ada, matching: Filter(text: "tea 1999")) }.total
                .count
                == 1)
        reopened.close()
    }
}
