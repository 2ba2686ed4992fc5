import Expenses
import SQLite
import Storage
import TestDatabase
import Testing

@Suite struct LastingSnapshotTests {
    private func count(_ snapshot: LastingSnapshot, _ owner: User.ID) throws -> Int {
        try snapshot.read { try $0.list.page(of: owner, matching: Filter(), after: nil, limit: 10) }
            .expenses.count
    }

    @Test func `a snapshot sees nothing that comes later, also before its first read`() throws {
        let fixture = try Fixture()
        try fixture.add(100)
        let snapshot = try fixture.storage.lastingSnapshot()
        try fixture.add(200)
        #expect(try count(snapshot, fixture.ada) == 1)
        try fixture.add(300)
        #expect(try count(snapshot, fixture.ada) == 1)
        #expect(try count(fixture.storage.lastingSnapshot(), fixture.ada) == 3)
    }

    @Test func `one more snapshot than allowed is refused as busy`() throws {
        var options = Storage.Options()
        options.maxSnapshots = 2
        let fixture = try Fixture(options: options)
        let two = try [fixture.storage.lastingSnapshot(), fixture.storage.lastingSnapshot()]
        #expect(throws: AppError.busy(retryAfter: 10)) { _ = try fixture.storage.lastingSnapshot() }
        for snapshot in two { #expect(try count(snapshot, fixture.ada) == 0) }
    }

    @Test func `a snapshot that is let go makes room for another one`() throws {
        var options = Storage.Options()
        options.maxSnapshots = 2
        let fixture = try Fixture(options: options)
        for _ in 0..<5 { _ = try fixture.storage.lastingSnapshot() }
    }

    @Test func `a snapshot that is read for too long ends`() throws {
        var options = Storage.Options()
        options.snapshotLifetime = .zero
        let fixture = try Fixture(options: options)
        let snapshot = try fixture.storage.lastingSnapshot()
        #expect(throws: LastingSnapshot.Expired.self) { try count(snapshot, fixture.ada) }
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `who cannot begin to read leaves the connection to others`() throws {
        var options = Storage.Options()
        options.maxSnapshots = 2
        let fixture = try Fixture(options: options)
        try RawDatabase(fixture.path).execute("ALTER TABLE users RENAME TO former_users")
        for _ in 0..<5 { #expect(throws: SQLiteError.self) { _ = try fixture.storage.lastingSnapshot() } }
        #expect(fixture.storage.statistics.readersInUse == 0)
    }
}
