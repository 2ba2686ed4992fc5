#if PostgreSQL
    import PostgreSQL
    import SQL
    import Testing

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
#endif
