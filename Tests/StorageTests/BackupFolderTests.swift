import Expenses
import Storage
import TestDatabase
import Testing

@Suite(.enabled(if: TestDatabase.isFile)) struct BackupFolderTests {
    let fixture: Fixture
    let folder: BackupFolder
    let directory: TemporaryDirectory

    init() throws {
        fixture = try Fixture()
        directory = TemporaryDirectory()
        folder = BackupFolder(directory.path)
    }

    @Test func `backups are named by their time, and the oldest go`() throws {
        #expect(try folder.newest() == nil)
        directory.write([1], to: "expenses-mine.sqlite")
        for day in 0..<4 { _ = try folder.add(fixture.path, at: noon + Int64(day) * 86_400) }
        #expect(try folder.newest() == noon + 3 * 86_400)
        try folder.keep(2)
        #expect(
            directory.files == [
                "database.txt", "expenses-20261124T120000Z.sqlite", "expenses-20261125T120000Z.sqlite",
                "expenses-mine.sqlite",
            ])
        try folder.keep(5)
        #expect(directory.files.count == 4)
    }

    @Test func `what a killed backup has left is cleared away by the next`() throws {
        directory.write([1, 2, 3], to: "expenses-20261120T120000Z.sqlite.partial")
        _ = try folder.add(fixture.path, at: noon)
        #expect(directory.files == ["database.txt", "expenses-20261122T120000Z.sqlite"])
    }

    @Test func `a folder that another database uses is refused, and stays as it is`() throws {
        _ = try folder.add(fixture.path, at: noon)
        let other = try Fixture()
        #expect(throws: BackupFolder.Taken.self) { try folder.add(other.path, at: noon + 60) }
        #expect(directory.files == ["database.txt", "expenses-20261122T120000Z.sqlite"])
        _ = try folder.add(fixture.path, at: noon + 120)
    }

    @Test func `the folder is made where it is missing, private`() throws {
        let inner = BackupFolder(directory.file("inner"))
        #expect(try inner.newest() == nil)
        let backup = try inner.add(fixture.path, at: noon)
        #expect(backup.contents.users == 2)
        #expect(directory.mode(of: "inner") == 0o700)
        try inner.keep(0)
    }

    @Test func `a note without a whole line, as a full disk leaves it, is written again`() throws {
        directory.write(Array("/somewhere/el".utf8), to: "database.txt")
        _ = try folder.add(fixture.path, at: noon)
        #expect(try directory.read("database.txt").hasSuffix("expenses.sqlite\n"))
        let other = try Fixture()
        #expect(throws: BackupFolder.Taken.self) { try folder.add(other.path, at: noon + 60) }
    }

    @Test func `a note that cannot be written is an error, and leaves nothing`() throws {
        let folder = BackupFolder("/dev/full/backups")
        #expect(throws: StorageError.self) { try folder.add(fixture.path, at: noon) }
    }
}
