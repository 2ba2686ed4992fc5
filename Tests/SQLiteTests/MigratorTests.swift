import SQLite
import Testing

@Suite struct MigratorTests {
    private let scripts = [
        "CREATE TABLE a (n INTEGER)", "ALTER TABLE a ADD COLUMN name TEXT; CREATE TABLE b (n INTEGER)",
    ]

    private func migrator(_ count: Int) -> Migrator {
        Migrator(applicationID: 7, scripts: Array(scripts.prefix(count)))
    }

    @Test func `a new database gets every version, an older one what is missing, a current one nothing`()
        throws
    {
        let connection = try Connection(path: ":memory:", mode: .readWrite)
        #expect(try migrator(1).state(of: connection) == .empty)
        try migrator(1).migrate(connection)
        try connection.run("INSERT INTO a VALUES (5)")
        #expect(try migrator(1).state(of: connection) == .current)
        #expect(try migrator(2).state(of: connection) == .older(1))
        try migrator(2).migrate(connection)
        try migrator(2).migrate(connection)
        #expect(try migrator(2).state(of: connection) == .current)
        #expect(try migrator(1).state(of: connection) == .newer(2))
        #expect(try connection.integer("SELECT n FROM a WHERE name IS NULL") == 5)
    }

    @Test func `a version that fails changes nothing`() throws {
        let connection = try Connection(path: ":memory:", mode: .readWrite)
        try migrator(1).migrate(connection)
        let broken = Migrator(
            applicationID: 7, scripts: [scripts[0], scripts[1] + "; CREATE TABLE a (n INTEGER)"])
        #expect(throws: SQLiteError.self) { try broken.migrate(connection) }
        #expect(!connection.isInTransaction)
        #expect(try migrator(1).state(of: connection) == .current)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test func `the database of another program is foreign`() throws {
        let connection = try Connection(path: ":memory:", mode: .readWrite)
        try connection.execute(script: "CREATE TABLE theirs (n INTEGER)")
        #expect(try migrator(2).state(of: connection) == .foreign)
        try migrator(2).migrate(connection)
        #expect(try connection.integer("PRAGMA application_id") == 0)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 1)
        try connection.execute(script: "PRAGMA application_id = 8")
        #expect(try migrator(2).state(of: connection) == .foreign)
    }
}
