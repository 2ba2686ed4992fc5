#if PostgreSQL
    import PostgreSQL
    import SQL
    import Testing

    @Suite(.enabled(if: server != nil, "TEST_SERVER is not set: see Tests/PostgreSQL/with-server"))
    struct PipelineTests {
        private let line = Line()
        private let connection: Connection

        init() throws {
            connection = try Connection(address: server ?? "", line: line)
            connection.keepStatements()
            try connection.execute(script: "CREATE TEMPORARY TABLE t (id BIGINT PRIMARY KEY, text TEXT)")
        }

        @Test func `a transaction begins on the way of its first statement, and its end waits for nobody`()
            throws
        {
            let before = line.roundTrips
            connection.begin(.reading)
            #expect(try connection.integer("SELECT count(*) FROM t") == 0)
            connection.rollBack()
            #expect(line.roundTrips - before == 1)
            #expect(!connection.isInTransaction && connection.isSound)
            try connection.run("INSERT INTO t VALUES (1, 'a')")
            #expect(line.roundTrips - before == 2)
        }

        @Test func `what is announced comes with the first answer`() throws {
            func read() throws -> [Int64?] {
                [
                    try connection.integer("SELECT 1 + ?", .integer(1)),
                    try connection.integer("SELECT 1 + ?", .integer(2)),
                    try connection.integer("SELECT 5"),
                ]
            }
            let before = line.roundTrips
            connection.begin(.reading)
            var first: [Int64?]?
            connection.announce { first = try? read() }
            // Nothing has a row there.
            #expect(first == [nil, nil, nil])
            #expect(try read() == [2, 3, 5])
            // What was announced is used up.
            #expect(try connection.integer("SELECT 5") == 5)
            connection.rollBack()
            #expect(line.roundTrips - before == 2)
        }

        @Test func `what was announced and never read leaves nothing behind`() throws {
            connection.begin(.reading)
            connection.announce { _ = try? connection.integer("SELECT 5") }
            connection.rollBack()
            #expect(try connection.integer("SELECT 6") == 6)
        }

        @Test func `what was announced in one transaction is not used in the next one`() throws {
            func count() throws -> Int64? { try connection.integer("SELECT count(*) FROM t") }
            let ends: [() throws -> Void] = [{ try connection.commit() }, { connection.rollBack() }]
            for (number, end) in ends.enumerated() {
                connection.begin(.writing)
                connection.announce { _ = try? count() }
                try connection.run("INSERT INTO t VALUES (?, ?)", .integer(number), .text("a"))
                try end()
                connection.begin(.reading)
                #expect(try count() == 1)
                connection.rollBack()
            }
        }

        @Test func `an error of what was sent ahead is thrown by what follows, and nothing is committed`()
            throws
        {
            connection.begin(.writing)
            try connection.runAhead(connection.statement("INSERT INTO t VALUES (1, 'a')"))
            try connection.runAhead(connection.statement("INSERT INTO t VALUES (1, 'b')"))
            let error = #expect(throws: PostgreSQLError.self) { try connection.commit() }
            #expect(error?.isUniqueViolation == true && error?.isOutcomeUnknown == false)
            connection.rollBack()
            #expect(try connection.integer("SELECT count(*) FROM t") == 0)
        }

        @Test
        func `a statement and the commit after it are one round trip, and commit nothing where it fails`()
            throws
        {
            let before = line.roundTrips
            connection.begin(.writing)
            let statement = connection.statement("INSERT INTO t VALUES (1, 'a') RETURNING id")
            try connection.commit(with: statement)
            #expect(try statement.step() && statement.integer(0) == 1)
            try connection.commit()
            #expect(line.roundTrips - before == 1 && !connection.isInTransaction)
            connection.begin(.writing)
            try connection.run("INSERT INTO t VALUES (2, 'b')")
            #expect(throws: PostgreSQLError.self) {
                try connection.commit(with: connection.statement("INSERT INTO t VALUES (1, 'c')"))
            }
            connection.rollBack()
            #expect(try connection.integer("SELECT count(*) FROM t") == 1)
        }

        @Test func `a statement whose preparation has failed is prepared again`() throws {
            for name in ["SELECT count(*) FROM later", "SELECT count(*) FROM later"] {
                #expect(throws: PostgreSQLError.self) { try connection.statement(composed: name).run() }
            }
            try connection.execute(script: "CREATE TEMPORARY TABLE later (id BIGINT)")
            let statement = try connection.statement(composed: "SELECT count(*) FROM later")
            #expect(try statement.step())
        }

        @Test func `a million bytes go to the server and back`() throws {
            let text = String(repeating: "x", count: 1_000_000)
            let statement = connection.statement("SELECT CAST(? AS TEXT)", [.text(text)])
            #expect(try statement.step())
            #expect(try statement.text(0) == text)
        }
    }
#endif
