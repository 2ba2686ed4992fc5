#if PostgreSQL
    import Glibc
    import PostgreSQL
    import SQL
    import TestDatabase
    import Testing

    @Suite(.enabled(if: server != nil, "TEST_SERVER is not set: see Tests/PostgreSQL/with-server"))
    struct DeadlineTests {
        /// A connection whose calls may take `limit` microseconds from now on. Making it may take longer, so that a machine
        /// that is busy fails no test.
        private func connection(_ address: String, line: Line = Line(), limit: Int64) throws -> Connection {
            let connection = try Connection(address: address, line: line)
            connection.timeLimit = limit
            return connection
        }

        @Test func `a slow statement is ended at its deadline, and the connection goes on`() throws {
            let connection = try connection(server ?? "", limit: 4_000_000)
            let error = #expect(throws: PostgreSQLError.self) { try connection.run("SELECT pg_sleep(60)") }
            #expect(error?.state == "57014" && error?.isConnectionLost == false)
            #expect(connection.isSound)
            #expect(try connection.integer("SELECT 7") == 7)
        }

        @Test func `a server that is silent holds a call no longer than its deadline, and others are let go`()
            throws
        {
            let proxy = try Proxy(to: server ?? "")
            defer { proxy.stop() }
            let line = Line()
            let (one, idle) = (
                try connection(proxy.address, line: line, limit: 1_500_000),
                try connection(proxy.address, line: line, limit: 1_500_000)
            )
            #expect(try one.integer("SELECT 7") == 7)
            proxy.set(.silent)
            let error = #expect(throws: PostgreSQLError.self) { try one.run("SELECT 1") }
            #expect(error?.isConnectionLost == true && error?.isUnavailable == true)
            #expect(error?.message.hasPrefix("no answer within ") == true)
            #expect(!one.isSound && one.isLost)
            #expect(!idle.isSound)
            // A new one is not made either, and says so.
            let refused = #expect(throws: PostgreSQLError.self) {
                _ = try Connection(address: proxy.address, line: line, timeLimit: 1_500_000)
            }
            #expect(refused?.isConnectionLost == true && refused?.host.isEmpty == false)
            proxy.set(.passing)
            #expect(try Connection(address: proxy.address, line: line).integer("SELECT 7") == 7)
        }

        @Test func `a silent host is passed over for the next one`() throws {
            let proxy = try Proxy(to: server ?? "")
            defer { proxy.stop() }
            proxy.set(.silent)
            let folders = [proxy.address, server ?? ""].map { Proxy.folder(in: $0) }
            let connection = try Connection(
                address: "postgresql://tester@/postgres?host=\(folders[0]),\(folders[1])",
                timeLimit: 6_000_000
            )
            #expect(connection.host == 1)
            #expect(try connection.integer("SELECT 7") == 7)
        }

        @Test func `a commit whose answer is lost is neither a success nor a failure`() throws {
            let proxy = try Proxy(to: server ?? "")
            defer { proxy.stop() }
            let other = try Connection(address: server ?? "")
            let table = "c\(UInt64.random(in: 0...(.max)))"
            try other.execute(script: "CREATE TABLE \(table) (id BIGINT)")
            defer { try? other.execute(script: "DROP TABLE \(table)") }
            for mode in [Proxy.Mode.cuttingAnswers, .silent] {
                proxy.set(.passing)
                let connection = try Connection(address: proxy.address)
                connection.begin(.writing)
                try connection.statement(composed: "INSERT INTO \(table) VALUES (?)", [.integer(1)]).run()
                connection.timeLimit = 1_000_000
                proxy.set(mode)
                let error = #expect(throws: PostgreSQLError.self) { try connection.commit() }
                #expect(error?.isOutcomeUnknown == true && error?.isUnavailable == true)
                #expect(connection.isLost)
            }
            // The first one was committed all the same.
            var count: Int64 = 0
            for _ in 0..<100 where count != 1 {
                let statement = try other.statement(composed: "SELECT count(*) FROM \(table)")
                count = try statement.step() ? statement.integer(0) : -1
                usleep(20_000)
            }
            #expect(count == 1)
        }

        @Test func `a lock that another one holds is not waited for beyond the deadline`() throws {
            let (one, two) = (
                try Connection(address: server ?? ""),
                try connection(server ?? "", limit: 1_500_000)
            )
            for connection in [one, two] { connection.begin(.writing) }
            try one.run("SELECT pg_advisory_xact_lock(?)", .integer(4711))
            let error = #expect(throws: PostgreSQLError.self) {
                try two.run("SELECT pg_advisory_xact_lock(?)", .integer(4711))
            }
            #expect(error?.isUnavailable == true && error?.isOutage == false)
            two.rollBack()
            one.rollBack()
            // What follows reads the answer to the roll-back first.
            #expect(try two.integer("SELECT 7") == 7)
        }

        @Test func `what takes long in a transaction that may is not ended`() throws {
            let connection = try connection(server ?? "", limit: 500_000)
            connection.begin(.reading)
            connection.allowLongStatements()
            try connection.run("SELECT pg_sleep(1)")
            connection.rollBack()
            #expect(throws: PostgreSQLError.self) { try connection.run("SELECT pg_sleep(1)") }
        }
    }
#endif
