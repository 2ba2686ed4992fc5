import SQL
import SQLite

#if PostgreSQL
    import PostgreSQL
#endif

/// A connection to the database, whichever engine keeps it: what the stores are written against. Their SQL is what both
/// understand; `Dialect` has the rest.
enum Connection {
    case sqlite(SQLite.Connection)
    #if PostgreSQL
        case postgreSQL(PostgreSQL.Connection)
    #endif

    var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        #if PostgreSQL
            case .postgreSQL: .postgreSQL
        #endif
        }
    }

    /// The kept statement of this text.
    func statement(_ sql: StaticString, _ values: [Value] = []) throws -> Statement {
        switch self {
        case .sqlite(let connection): Statement.of(try connection.statement(sql, values))
        #if PostgreSQL
            case .postgreSQL(let connection): .postgreSQL(connection.statement(sql, values))
        #endif
        }
    }

    /// The same for a text put together at run time; only ever out of the program's own pieces, never out of values.
    func statement(composed sql: String, _ values: [Value] = []) throws -> Statement {
        switch self {
        case .sqlite(let connection): Statement.of(try connection.statement(composed: sql, values))
        #if PostgreSQL
            case .postgreSQL(let connection):
                .postgreSQL(try connection.statement(composed: sql, values))
        #endif
        }
    }

    /// Runs one statement; its rows, if any, are passed over.
    func run(_ sql: StaticString, _ values: Value...) throws {
        try statement(sql, values).run()
    }

    /// Runs one statement that writes a row with a category. Throws `AppError.notFound` where that is not the owner's: the
    /// reference knows whose it is.
    func runWithCategory(_ sql: String, _ values: [Value]) throws {
        try expectingCategory { try statement(composed: sql, values).run() }
    }

    /// The first column of the first row, an integer; nil without a row or where it is null.
    func integer(_ sql: StaticString, _ values: Value...) throws -> Int64? {
        let statement = try statement(sql, values)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return try statement.integer(0)
    }

    /// Runs one statement whose outcome nothing that follows depends on: a server is not waited for. What goes wrong there is
    /// thrown by what follows.
    func runAhead(_ sql: StaticString, _ values: [Value] = []) throws {
        switch self {
        case .sqlite(let connection): try connection.statement(sql, values).run()
        #if PostgreSQL
            case .postgreSQL(let connection): try connection.runAhead(connection.statement(sql, values))
        #endif
        }
    }

    #if PostgreSQL
        /// The same for a text put together at run time.
        func runAhead(composed sql: String, _ values: [Value]) throws {
            switch self {
            case .sqlite(let connection): try connection.statement(composed: sql, values).run()
            case .postgreSQL(let connection):
                try connection.runAhead(connection.statement(composed: sql, values))
            }
        }

        /// Runs the last statement of a write, and commits on the same way to the server. A file is committed when the write
        /// ends.
        func commit(with statement: Statement) throws {
            guard case .postgreSQL(let connection) = self, case .postgreSQL(let statement) = statement else {
                return try statement.run()
            }
            try connection.commit(with: statement)
        }
    #endif

    /// Has a server run, all at once, what `body` reads; in it nothing has a row. Who reads the same afterwards has the rows.
    func announce(_ body: () throws -> Void) {
        switch self {
        case .sqlite: break
        #if PostgreSQL
            case .postgreSQL(let connection): connection.announce { try? body() }
        #endif
        }
    }

    /// Lets what follows in this transaction take as long as it takes, as what goes through all that there is: a server has
    /// an end for each statement else.
    func allowLongStatements() throws {
        switch self {
        case .sqlite: break
        #if PostgreSQL
            case .postgreSQL(let connection):
                connection.allowLongStatements()
                try connection.run(
                    """
                    SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
                        set_config('idle_in_transaction_session_timeout', '0', true)
                    """)
        #endif
        }
    }

    /// Rows that the last insert, update or delete touched itself (not through triggers or foreign keys).
    var changes: Int {
        switch self {
        case .sqlite(let connection): connection.changes
        #if PostgreSQL
            case .postgreSQL(let connection): connection.changes
        #endif
        }
    }

    /// Begins a transaction that sees one state of the database and changes nothing.
    func beginReading() throws {
        switch self {
        case .sqlite(let connection): try connection.begin(.reading)
        #if PostgreSQL
            case .postgreSQL(let connection): connection.begin(.reading)
        #endif
        }
    }

    /// Begins a transaction that changes something.
    func beginWriting() throws {
        switch self {
        case .sqlite(let connection): try connection.begin(.writing)
        #if PostgreSQL
            case .postgreSQL(let connection): connection.begin(.writing)
        #endif
        }
    }

    func commit() throws {
        switch self {
        case .sqlite(let connection): try connection.commit()
        #if PostgreSQL
            case .postgreSQL(let connection): try connection.commit()
        #endif
        }
    }

    /// Whether a connection that has not been used for a while can be used again.
    var isSound: Bool {
        switch self {
        case .sqlite: true
        #if PostgreSQL
            case .postgreSQL(let connection): connection.isSound
        #endif
        }
    }

    /// Leaves no transaction open. Returns false where that cannot be done: the connection is of no use any more.
    func rollBack() -> Bool {
        switch self {
        case .sqlite(let connection):
            connection.rollBack()
            return !connection.isInTransaction
        #if PostgreSQL
            case .postgreSQL(let connection):
                connection.rollBack()
                return !connection.isInTransaction && !connection.isLost
        #endif
        }
    }
}
