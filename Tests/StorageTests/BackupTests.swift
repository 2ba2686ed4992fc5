import Expenses
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

@Suite(.enabled(if: TestDatabase.isFile)) struct BackupTests {
    let fixture: Fixture
    let copy: String

    init() throws {
        fixture = try Fixture()
        copy = fixture.directory.file("copy.sqlite")
        try fixture.add(1240, "Leisure", on: "2026-10-31", "Lunch")
        try fixture.add(-240, "Leisure", on: "2026-10-31", "Deposit", of: fixture.bob)
    }

    @Test func `a backup of a database in use is one private file that holds the same`() throws {
        let backup = try Backup(of: fixture.path, to: copy)
        #expect(backup.contents == (try fixture.storage.contents()))
        #expect(backup.contents.users == 2)
        #expect(backup.contents.categories == 14)
        #expect(backup.contents.expenses == 2)
        #expect(backup.contents.sums.map(\.amount.minorUnits) == [1000])
        #expect(
            fixture.directory.files == [
                "copy.sqlite", "expenses.sqlite", "expenses.sqlite-shm", "expenses.sqlite-wal",
            ])
        #expect(fixture.directory.mode(of: "copy.sqlite") == 0o600)
        let opened = try Storage(path: copy)
        #expect(
            try opened.read { try $0.totals.summary(of: fixture.ada, matching: Filter()) }.total.count == 1)
        opened.close()
    }

    @Test func `nothing is overwritten, but an empty file is filled`() throws {
        _ = try Backup(of: fixture.path, to: copy)
        #expect(throws: Backup.Problem.self) { try Backup(of: fixture.path, to: copy) }
        #expect(throws: Backup.Problem.self) { try Backup(of: fixture.path, to: fixture.path) }
        let empty = fixture.directory.file("empty")
        fixture.directory.write([], to: "empty")
        #expect(try Backup(of: fixture.path, to: empty).contents.expenses == 2)
    }

    @Test func `a backup that cannot be made leaves nothing behind`() throws {
        fixture.directory.write(Array("not a database".utf8), to: "text")
        let before = fixture.directory.files
        #expect(throws: StorageError.self) { try Backup(of: fixture.directory.file("text"), to: copy) }
        #expect(throws: StorageError.self) { try Backup(of: fixture.directory.file("missing"), to: copy) }
        #expect(throws: StorageError.self) { try Backup(of: fixture.path, to: "/no such directory/copy") }
        #expect(fixture.directory.files == before)
    }

    @Test func `a database whose totals are wrong makes a backup, which says so`() throws {
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        try connection.run("UPDATE totals SET sum = sum + 1")
        let backup = try Backup(of: fixture.path, to: copy)
        #expect(backup.contents.expenses == 2)
        #expect(backup.errors.first?.hasPrefix("totals: user 1") == true)
    }

    @Test func `a database that has lost a row makes no backup`() throws {
        let connection = try Connection(path: fixture.path, mode: .readWrite)
        try connection.run("DELETE FROM categories")
        #expect(throws: Backup.Problem.self) { try Backup(of: fixture.path, to: copy) }
        #expect(!fixture.directory.files.contains { $0.hasPrefix("copy") })
    }

    @Test func `what a backup that was killed has left does not stop the next one`() throws {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            fixture.directory.write(Array("half of it".utf8), to: "copy.sqlite.partial" + suffix)
        }
        #expect(try Backup(of: fixture.path, to: copy).contents.expenses == 2)
        #expect(!fixture.directory.files.contains { $0.contains("partial") })
    }

    @Test func `a backup that another one is making is not disturbed`() throws {
        let file = unsafe open(copy + ".partial", O_CREAT | O_RDWR, 0o600)
        defer { close(file) }
        #expect(flock(file, LOCK_EX) == 0)
        #expect(throws: Backup.Problem.self) { try Backup(of: fixture.path, to: copy) }
        #expect(fixture.directory.files.contains("copy.sqlite.partial"))
    }

    @Test func `a backup that is cancelled leaves nothing behind`() throws {
        let before = fixture.directory.files
        #expect(throws: CancellationError.self) {
            try Backup(of: fixture.path, to: copy, isCancelled: { true })
        }
        #expect(fixture.directory.files == before)
    }
}
