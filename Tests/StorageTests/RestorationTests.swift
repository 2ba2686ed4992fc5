import Expenses
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

@Suite(.enabled(if: TestDatabase.isFile)) struct RestorationTests {
    let fixture: Fixture
    let backup: String

    init() throws {
        fixture = try Fixture()
        backup = fixture.directory.file("backup.sqlite")
        try fixture.add(1240, on: "2026-10-31", "Lunch")
        _ = try Backup(of: fixture.path, to: backup)
        try fixture.add(500, on: "2026-11-01", "After the backup")
    }

    private func count(_ path: String) throws -> Int {
        let storage = try Storage(path: path)
        defer { storage.close() }
        return try storage.contents().expenses
    }

    @Test func `a backup takes the place of the database, which is kept`() throws {
        fixture.storage.close()
        let restoration = try Restoration(of: backup, to: fixture.path, at: noon)
        let kept = fixture.path + ".before-restore-20261122T120000Z"
        #expect(restoration.kept == kept)
        #expect(restoration.contents.expenses == 1)
        #expect(fixture.directory.mode(of: "expenses.sqlite") == 0o600)
        #expect(try count(fixture.path) == 1)
        #expect(try count(kept) == 2)
        #expect(
            fixture.directory.files == [
                "backup.sqlite", "expenses.sqlite", "expenses.sqlite.before-restore-20261122T120000Z",
            ])
    }

    @Test func `the new file has the mode of the one that it replaces`() throws {
        fixture.storage.close()
        #expect(unsafe chmod(fixture.path, 0o640) == 0)
        _ = try Restoration(of: backup, to: fixture.path, at: noon)
        #expect(fixture.directory.mode(of: "expenses.sqlite") == 0o640)
    }

    @Test(.enabled(if: geteuid() == 0, "needs root"), arguments: [false, true])
    func `what root restores belongs to the owner of the file it replaces, else of the folder`(isThere: Bool)
        throws
    {
        fixture.storage.close()
        let path = isThere ? fixture.path : fixture.directory.file("new.sqlite")
        #expect(unsafe chown(isThere ? path : fixture.directory.path, 64_321, 64_322) == 0)
        _ = try Restoration(of: backup, to: path, at: noon)
        var status = stat()
        #expect(unsafe stat(path, &status) == 0)
        #expect(status.st_uid == 64_321)
        #expect(status.st_gid == 64_322)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a database that somebody has open is left alone`() throws {
        let before = try fixture.storage.contents()
        #expect(throws: Restoration.Problem.self) { try Restoration(of: backup, to: fixture.path, at: noon) }
        #expect(try fixture.storage.contents() == before)
        #expect(!fixture.directory.files.contains { $0.contains("before-restore") || $0.contains("partial") })
    }

    @Test func `what was in the log of a server that crashed is kept too`() throws {
        // The files as they lie there while the server runs are those that a crash leaves.
        let crashed = fixture.directory.file("crashed.sqlite")
        for suffix in ["", "-wal"] {
            fixture.directory.write(
                try bytes(of: "expenses.sqlite" + suffix), to: "crashed.sqlite" + suffix)
        }
        let restoration = try Restoration(of: backup, to: crashed, at: noon)
        #expect(try count(crashed) == 1)
        #expect(try count(restoration.kept ?? "") == 2)
    }

    @Test func `where there is no database the backup becomes it`() throws {
        let path = fixture.directory.file("new.sqlite")
        #expect(try Restoration(of: backup, to: path).kept == nil)
        #expect(try count(path) == 1)
    }

    @Test func `a damaged database is replaced by a sound backup, and kept`() throws {
        fixture.directory.write(Array("no database at all".utf8), to: "damaged.sqlite")
        let path = fixture.directory.file("damaged.sqlite")
        let kept = try #require(try Restoration(of: backup, to: path, at: noon).kept)
        #expect(try count(path) == 1)
        #expect(
            try fixture.directory.read(String(kept.dropFirst(fixture.directory.path.count + 1)))
                == "no database at all")
    }

    @Test func `a backup with a wrong total is put in place with the right one`() throws {
        fixture.storage.close()
        try Connection(path: backup, mode: .readWrite).run("UPDATE totals SET sum = sum + 1")
        let restoration = try Restoration(of: backup, to: fixture.path)
        #expect(restoration.repaired.first?.hasPrefix("totals: user 1") == true)
        #expect(try Storage(path: fixture.path).check().findings == [])
    }

    @Test func `what is no sound backup changes nothing`() throws {
        fixture.storage.close()
        fixture.directory.write(Array("text".utf8), to: "text")
        let connection = try Connection(path: backup, mode: .readWrite)
        try connection.run("DELETE FROM categories")
        let before = fixture.directory.files
        for file in ["text", "backup.sqlite", "missing"] {
            #expect(throws: (any Error).self) {
                try Restoration(of: fixture.directory.file(file), to: fixture.path)
            }
        }
        #expect(throws: Restoration.Problem.self) { try Restoration(of: fixture.path, to: fixture.path) }
        #expect(fixture.directory.files == before)
        #expect(try count(fixture.path) == 2)
    }

    private func bytes(of name: String) throws -> [UInt8] {
        let descriptor = unsafe open(fixture.directory.file(name), O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16 << 20)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
