#if PostgreSQL
    import Glibc
    import PostgreSQL
    import SQL
    import Testing

    /// Where TEST_SERVER is the address of a server (Tests/PostgreSQL/with-server).
    let server = unsafe getenv("TEST_SERVER").map { unsafe String(cString: $0) }

    /// A connection with a table `t` of its own.
    private func connection() throws -> Connection {
        let connection = try Connection(address: server ?? "")
        try connection.execute(
            script: "CREATE TEMPORARY TABLE t (id BIGINT PRIMARY KEY, text TEXT COLLATE \"C\", bytes BYTEA)")
        return connection
    }

    @Suite(.enabled(if: server != nil, "TEST_SERVER is not set: see Tests/PostgreSQL/with-server"))
    struct StatementTests {
        @Test(arguments: [
            [Value.integer(Int64.min), .text(""), .blob([])],
            [Value.integer(Int64.max), .text("Zoë's \"café\" \\ $1 ?"), .blob([0, 1, 255])],
            [.integer(0), .null, .null],
        ]) func `values come back as they were bound`(values: [Value]) throws {
            let connection = try connection()
            try connection.statement("INSERT INTO t (id, text, bytes) VALUES (?, ?, ?)", values).run()
            #expect(connection.changes == 1)
            let statement = connection.statement("SELECT id, text, bytes FROM t")
            #expect(try statement.step())
            #expect(try (0..<3).map { try statement.value($0) } == values)
            #expect(try !statement.step())
        }

        @Test func `values of 100 KB come back as they were bound`() throws {
            try `values come back as they were bound`(values: [
                .integer(Int64(-1)), .text(String(repeating: "é", count: 100_000)),
                .blob([UInt8](repeating: 7, count: 100_000)),
            ])
        }

        @Test func `U+FFFD takes the place of NUL`() throws {
            let connection = try connection()
            try connection.run("INSERT INTO t (id, text) VALUES (?, ?)", .integer(1), .text("a\0b"))
            let statement = connection.statement("SELECT text FROM t")
            #expect(try statement.step())
            #expect(try statement.text(0) == "a\u{FFFD}b")
        }

        @Test func `a parameter that was null first takes a value later`() throws {
            let connection = try connection()
            let sql: StaticString = "INSERT INTO t (id, text) VALUES (?, ?)"
            for (id, text) in [(1, Value.null), (2, .text("b")), (3, .null)] {
                try connection.run(sql, .integer(id), text)
            }
            #expect(try connection.integer("SELECT count(*) FROM t WHERE text IS NULL") == 2)
        }

        @Test
        func `numbered and plain placeholders are bound, question marks in quotes and comments are not`()
            throws
        {
            let connection = try connection()
            try connection.run("INSERT INTO t (id, text) VALUES (?1, 'a?b')", .integer(5))
            #expect(
                try connection.integer(
                    """
                    SELECT id FROM t -- a question?
                    WHERE (id = ?1 OR id = ?1 + 0) AND text = ? AND text <> '?1'
                    """, .integer(5), .text("a?b")) == 5)
        }

        @Test func `reading null, text or a fraction as an integer is an error`() throws {
            let connection = try connection()
            for sql: StaticString in ["SELECT CAST(NULL AS BIGINT)", "SELECT 'a'", "SELECT 1.5"] {
                let statement = connection.statement(sql)
                #expect(try statement.step())
                #expect(throws: PostgreSQLError.self) { try statement.integer(0) }
            }
        }

        @Test func `booleans and 32-bit integers are read as integers`() throws {
            let connection = try connection()
            #expect(try connection.integer("SELECT 2 > 1") == 1)
            #expect(try connection.integer("SELECT -7") == -7)
        }

        @Test func `an error names the statement and the state, never a value`() throws {
            let connection = try connection()
            let insert = {
                try connection.run("INSERT INTO t (id, text) VALUES (?, ?)", .integer(4711), .text("secret"))
            }
            try insert()
            let error = #expect(throws: PostgreSQLError.self) { try insert() }
            #expect(error?.isUniqueViolation == true)
            let description = error.map { "\($0)" } ?? ""
            #expect(description.contains("23505") && description.contains("INSERT INTO t"))
            #expect(!description.contains("secret") && !description.contains("4711"))
        }

        @Test func `600 different statements run, more than are kept prepared`() throws {
            let connection = try connection()
            for number in 1...600 {
                let statement = try connection.statement(composed: "SELECT \(number) + ?", [.integer(1)])
                #expect(try statement.step())
                #expect(try statement.integer(0) == Int64(number) + 1)
            }
        }
    }

    @Suite(.enabled(if: server != nil, "TEST_SERVER is not set: see Tests/PostgreSQL/with-server"))
    struct TransactionTests {
        @Test func `a transaction that reads sees one state and changes nothing`() throws {
            let (one, two) = (try Connection(address: server ?? ""), try Connection(address: server ?? ""))
            let table = "r\(UInt64.random(in: 0...(.max)))"
            try one.execute(script: "CREATE TABLE \(table) (id BIGINT)")
            defer { try? one.execute(script: "DROP TABLE \(table)") }
            two.begin(.reading)
            let count = { () throws -> Int64 in
                let statement = try two.statement(composed: "SELECT count(*) FROM \(table)")
                return try statement.step() ? statement.integer(0) : -1
            }
            #expect(try count() == 0)
            try one.execute(script: "INSERT INTO \(table) VALUES (1)")
            #expect(try count() == 0)
            #expect(throws: PostgreSQLError.self) {
                try two.execute(script: "INSERT INTO \(table) VALUES (2)")
            }
            two.rollBack()
            #expect(!two.isInTransaction)
            #expect(try count() == 1)
        }

        @Test func `a failed transaction is not committed`() throws {
            let connection = try connection()
            connection.begin(.writing)
            try connection.run("INSERT INTO t (id) VALUES (?)", .integer(1))
            #expect(throws: PostgreSQLError.self) { try connection.run("SELECT 1 / 0") }
            #expect(throws: PostgreSQLError.self) { try connection.commit() }
            #expect(!connection.isInTransaction)
            #expect(try connection.integer("SELECT count(*) FROM t") == 0)
        }

        @Test func `a connection that the server ends is known to be lost`() throws {
            let (victim, other) = (try connection(), try connection())
            let process = try victim.integer("SELECT pg_backend_pid()") ?? 0
            #expect(victim.isSound)
            try other.run("SELECT pg_terminate_backend(CAST(? AS integer))", .integer(process))
            var tries = 0
            while victim.isSound, tries < 200 {
                usleep(10_000)
                tries += 1
            }
            #expect(!victim.isSound)
            let error = #expect(throws: PostgreSQLError.self) { try victim.run("SELECT 1") }
            #expect(error?.isUnavailable == true && error?.isConnectionLost == true)
        }

        @Test func `no server, and an address that cannot be read, say so without the password`() {
            for address in [
                "postgresql://ada:s3cret@127.0.0.1:1/none", "postgresql://ada:s3cret@host:port:/%zz",
            ] {
                let error = #expect(throws: PostgreSQLError.self) { try Connection(address: address) }
                let description = error.map { "\($0)" } ?? ""
                #expect(!description.isEmpty && !description.contains("s3cret"))
            }
        }
    }
#endif
