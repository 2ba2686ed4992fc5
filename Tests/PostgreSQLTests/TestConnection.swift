#if PostgreSQL
    import Glibc
    import PostgreSQL

    /// Where TEST_SERVER is the address of a server (Tests/PostgreSQL/with-server).
    let server = unsafe getenv("TEST_SERVER").map { unsafe String(cString: $0) }

    /// A connection with a table `t` of its own.
    func connection() throws -> Connection {
        let connection = try Connection(address: server ?? "")
        connection.keepStatements()
        try connection.execute(
            script: "CREATE TEMPORARY TABLE t (id BIGINT PRIMARY KEY, text TEXT COLLATE \"C\", bytes BYTEA)")
        return connection
    }
#endif
