import Glibc
import SQL
import SQLite
import Testing

/// A database in memory.
private func database() throws -> Connection { try Connection(path: ":memory:", mode: .readWrite) }

@Suite struct ConnectionTests {
    @Test func `values come back as they were bound`() throws {
        let values: [Value] = [
            .integer(Int64.min), .integer(Int64.max), .text(""), .text("a\u{0}b Zoë 🍜"), .blob([]),
            .blob([0, 255]),
            .null,
        ]
        let statement = try database().statement("SELECT ?, ?, ?, ?, ?, ?, ?", values)
        let isRow = try statement.step()
        #expect(isRow)
        let integers = [try statement.integer(0), try statement.integer(1)]
        #expect(integers == [.min, .max])
        let texts = [try statement.text(2), try statement.text(3)]
        #expect(texts == ["", "a\u{0}b Zoë 🍜"])
        let blobs = [try statement.blob(4), try statement.blob(5)]
        #expect(blobs == [[], [0, 255]])
        let nulls = (0...6).map { statement.isNull($0) }
        #expect(nulls == [false, false, false, false, false, false, true])
        let isSecondRow = try statement.step()
        #expect(!isSecondRow)
    }

    @Test func `a text that was read stays after the next row`() throws {
        let statement = try database().statement("SELECT 'first' UNION ALL SELECT 'second'")
        var texts: [String] = []
        while try statement.step() { texts.append(try statement.text(0)) }
        #expect(texts == ["first", "second"])
    }

    @Test func `a statement can be used while it is in use`() throws {
        let connection = try database()
        func numbers() throws -> Statement {
            try connection.statement("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3")
        }
        var pairs: [[Int64]] = []
        let outer = try numbers()
        while try outer.step() {
            let inner = try numbers()
            while try inner.step() { pairs.append([try outer.integer(0), try inner.integer(0)]) }
        }
        #expect(pairs.count == 9)
        #expect(Set(pairs).count == 9)
    }

    @Test func `a statement that is used again has none of its former values`() throws {
        let connection = try database()
        for values: [Value] in [[.text("secret")], []] {
            let statement = try connection.statement("SELECT ?", values)
            let isRow = try statement.step()
            #expect(isRow)
            let isNull = statement.isNull(0)
            #expect(isNull == values.isEmpty)
        }
    }

    @Test func `a statement left in the middle of its rows holds no transaction`() throws {
        let connection = try database()
        try connection.execute(script: "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2)")
        func firstRow() throws -> Int64? { try connection.integer("SELECT n FROM t ORDER BY n") }
        #expect(try firstRow() == 1)
        try connection.execute(script: "DROP TABLE t")
    }

    @Test func `an error names the call and the statement, and no value`() throws {
        let connection = try database()
        try connection.execute(
            script: "CREATE TABLE t (n INTEGER NOT NULL CHECK (n < 5), name TEXT UNIQUE) STRICT")
        try connection.run("INSERT INTO t VALUES (?, ?)", .integer(1), .text("secret"))
        let error = #expect(throws: SQLiteError.self) {
            try connection.run("INSERT INTO t VALUES (?, ?)", .integer(2), .text("secret"))
        }
        #expect(error?.call == "sqlite3_step")
        #expect(error?.sql == "INSERT INTO t VALUES (?, ?)")
        #expect(error?.isConstraint == true)
        #expect(error.map { "\($0)".contains("secret") } == false)
        try connection.run("INSERT INTO t VALUES (?, ?)", .integer(2), .text("other"))
        #expect(connection.changes == 1)
    }

    @Test func `a statement that cannot be compiled is an error`() throws {
        let connection = try database()
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELEC 1") }
        #expect(error?.message == "near \"SELEC\": syntax error")
        #expect(throws: SQLiteError.self) { try connection.run("") }
        #expect(throws: SQLiteError.self) { try connection.run("SELECT 1", .integer(1)) }
    }

    @Test func `a file that is not there is not made`() {
        for mode in [Connection.Mode.readOnly, .readWrite] {
            #expect(throws: SQLiteError.self) { try Connection(path: "/tmp/no such file.sqlite", mode: mode) }
        }
        #expect(unsafe access("/tmp/no such file.sqlite", F_OK) != 0)
    }

    @Test func `a transaction is kept when its body returns, and taken back when it throws`() throws {
        struct Refusal: Error {}
        let connection = try database()
        try connection.execute(script: "CREATE TABLE t (n INTEGER)")
        try connection.transaction(.writing) { try connection.run("INSERT INTO t VALUES (1)") }
        #expect(throws: Refusal.self) {
            try connection.transaction(.writing) {
                try connection.run("INSERT INTO t VALUES (2)")
                throw Refusal()
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try connection.integer("SELECT sum(n) FROM t") == 1)
    }

    @Test func `many composed statements do not pile up`() throws {
        let connection = try database()
        let first = try connection.statement(composed: "SELECT 0")
        for number in 1...600 {
            let statement = try connection.statement(composed: "SELECT \(number)")
            let isRow = try statement.step()
            #expect(isRow)
            let value = try statement.integer(0)
            #expect(value == Int64(number))
        }
        let isRow = try first.step()
        #expect(isRow)
        let value = try first.integer(0)
        #expect(value == 0)
    }

    @Test func `a function in Swift is called with the text, and its result is a text`() throws {
        let connection = try database()
        try connection.define("twice") { $0 + $0 }
        #expect(try connection.integer("SELECT twice('Zoë') = 'ZoëZoë'") == 1)
        #expect(try connection.integer("SELECT twice('') = ''") == 1)
        #expect(try connection.integer("SELECT twice(NULL) = ''") == 1)
        #expect(try connection.integer("SELECT typeof(twice(12)) = 'text'") == 1)
    }

    @Test func `triggers can be switched off`() throws {
        let connection = try database()
        try connection.execute(
            script: """
                CREATE TABLE t (n INTEGER); CREATE TABLE log (n INTEGER);
                CREATE TRIGGER logged AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.n); END;
                """)
        for enabled in [true, false, true] {
            connection.setTriggers(enabled: enabled)
            try connection.run("INSERT INTO t VALUES (1)")
        }
        #expect(try connection.integer("SELECT count(*) FROM log") == 2)
    }

    @Test func `a column of another kind than expected is an error, never 0 or an empty text`() throws {
        let statement = try database().statement("SELECT NULL, 1, 'a', x'00', 1.5")
        let isRow = try statement.step()
        #expect(isRow)
        // A statement cannot be captured by the closure of an expectation.
        func fails(_ read: () throws -> Void) -> String {
            do {
                try read()
                return ""
            } catch {
                return "\(error)"
            }
        }
        for column in [0, 2, 3, 4] { #expect(fails { _ = try statement.integer(column) } != "") }
        for column in [0, 1, 3, 4] { #expect(fails { _ = try statement.text(column) } != "") }
        for column in [0, 1, 2, 4] { #expect(fails { _ = try statement.blob(column) } != "") }
        #expect(fails { _ = try statement.text(0) }.contains("column 0 holds null, not text"))
    }
}
