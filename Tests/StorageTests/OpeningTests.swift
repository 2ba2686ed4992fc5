import Expenses
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

@Suite struct OpeningTests {
    let directory = TemporaryDirectory()
    let path: String

    init() { path = directory.file("expenses.sqlite") }

    private func message(_ open: () throws -> Void) -> String {
        do {
            try open()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `a new database and the files beside it are private`() throws {
        let storage = try Storage(path: path)
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 0)
        #expect(directory.files == ["expenses.sqlite", "expenses.sqlite-shm", "expenses.sqlite-wal"])
        for file in directory.files { #expect(directory.mode(of: file) == 0o600) }
        storage.close()
    }

    @Test func `a closed database is one file and can be opened again`() throws {
        for number in 1...2 {
            let storage = try Storage(path: path)
            let id = try storage.writeAndWait {
                try $0.users.insert(
                    username: "u\(number)", email: "\(number)@x.org", passwordHash: "h", at: noon
                ).id
            }
            #expect(id.rawValue == number)
            storage.close()
            storage.close()
            #expect(directory.mode(of: "expenses.sqlite-wal") == nil)
        }
    }

    @Test func `a closed database takes no write`() async throws {
        let storage = try Storage(path: path)
        storage.close()
        #expect(throws: StorageError.self) { try storage.writeAndWait { try $0.users.remove(User.ID(1)) } }
        await #expect(throws: StorageError.self) {
            try await storage.write(of: nil) { try $0.users.remove(User.ID(1)) }
        }
    }

    @Test func `every connection is durable and keeps references`() throws {
        let storage = try Storage(path: path)
        #expect(throws: SQLiteError.self) {
            try storage.writeAndWait { try $0.sessions.insert(.of(User.ID(99), "s"), refreshHash: [1]) }
        }
        let connection = try Connection(path: path, mode: .readOnly)
        let mode = try connection.statement("PRAGMA journal_mode")
        let isRow = try mode.step()
        let name = try mode.text(0)
        #expect(isRow && name == "wal")
    }

    @Test func `a statement that writes is refused while reading`() throws {
        let storage = try Storage(path: path)
        #expect(throws: SQLiteError.self) {
            try storage.read {
                try $0.users.insert(username: "u", email: "e", passwordHash: "h", at: noon)
            }
        }
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 0)
    }

    @Test func `a missing database is an error where none is to be made`() {
        var options = Storage.Options()
        options.makesMissing = false
        #expect(
            message { _ = try Storage(path: path, options: options) } == "\(path): No such file or directory")
        #expect(directory.files == [])
    }

    @Test func `a directory that is missing is an error`() {
        let path = directory.file("missing/expenses.sqlite")
        #expect(
            message { _ = try Storage(path: path) } == "\(path): cannot be made: No such file or directory")
    }

    @Test func `what is not a database of this program is left alone`() throws {
        directory.write(Array("Dear diary, today I spent nothing at all.".utf8), to: "expenses.sqlite")
        #expect(message { _ = try Storage(path: path) } == "\(path): not a SQLite database")
        #expect(directory.files == ["expenses.sqlite"])
        directory.write([], to: "other.sqlite")
        let other = try Connection(path: directory.file("other.sqlite"), mode: .readWrite)
        try other.execute(script: "CREATE TABLE theirs (n INTEGER)")
        #expect(
            message { _ = try Storage(path: other.path) }.hasSuffix("is a SQLite database of another program")
        )
        #expect(try other.integer("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test func `a schema of a later release is refused and left alone`() throws {
        try Storage(path: path).close()
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.execute(script: "PRAGMA user_version = 99")
        #expect(message { _ = try Storage(path: path) }.contains("was written by a later release"))
        #expect(try connection.integer("PRAGMA user_version") == 99)
    }

    @Test func `a new database that cannot be finished is taken away again`() {
        var options = Storage.Options()
        options.maxPages = 3
        #expect(throws: StorageError.self) { try Storage(path: path, options: options) }
        #expect(directory.files == [])
    }

    @Test func `two that open a new database at once share it`() async throws {
        let path = path
        let counts = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...4 {
                group.addTask {
                    try Storage(path: path).writeAndWait {
                        try $0.users.insert(
                            username: "u\(number)", email: "\(number)@x.org", passwordHash: "h", at: noon
                        ).id.rawValue
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == [1, 2, 3, 4])
    }
}
