import SQLite
import Storage
import Testing

/// How an older schema becomes the current one, with schemas made for the purpose.
@Suite struct MigrationTests {
    let directory = TemporaryDirectory()
    private let old = Migrator(applicationID: 7, scripts: ["CREATE TABLE t (n INTEGER)"])
    private let new = Migrator(
        applicationID: 7, scripts: ["CREATE TABLE t (n INTEGER)", "ALTER TABLE t ADD COLUMN name TEXT"])

    @discardableResult
    private func open(_ path: String, _ schema: Migrator) throws -> Connection {
        try DatabaseFile(path: path, makesMissing: true).open(schema: schema)
    }

    @Test func `an older database is copied, then brought up to date with what it holds`() throws {
        let path = directory.file("db")
        try open(path, old).run("INSERT INTO t VALUES (5)")
        let connection = try open(path, new)
        #expect(try new.state(of: connection) == .current)
        #expect(try connection.integer("SELECT n FROM t WHERE name IS NULL") == 5)
        #expect(
            directory.files.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") } == [
                "db", "db.before-v2",
            ])
        #expect(directory.mode(of: "db.before-v2") == 0o600)
        let copy = try Connection(path: path + ".before-v2", mode: .readOnly)
        #expect(try old.state(of: copy) == .current)
        #expect(try copy.integer("SELECT n FROM t") == 5)
        try open(path, new)
    }

    @Test func `a migration that fails leaves the database and its copy`() throws {
        let path = directory.file("db")
        try open(path, old).run("INSERT INTO t VALUES (5)")
        let broken = Migrator(
            applicationID: 7, scripts: [old.scripts[0], "DELETE FROM t; CREATE TABLE t (n INTEGER)"])
        #expect(throws: StorageError.self) { try open(path, broken) }
        for file in [path, path + ".before-v2"] {
            let connection = try Connection(path: file, mode: .readOnly)
            #expect(try old.state(of: connection) == .current)
            #expect(try connection.integer("SELECT n FROM t") == 5)
        }
    }

    @Test func `a schema that an earlier release is using is not changed under it`() throws {
        let path = directory.file("db")
        let running = try open(path, old)
        #expect(throws: StorageError.self) { try open(path, new) }
        #expect(try old.state(of: running) == .current)
        #expect(!directory.files.contains { $0.contains("before-v") })
    }
}
