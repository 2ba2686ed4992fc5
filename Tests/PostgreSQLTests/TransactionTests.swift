#if PostgreSQL
    import Glibc
    import PostgreSQL
    import SQL
    import Testing

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
