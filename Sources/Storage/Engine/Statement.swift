import SQL
import SQLite

#if PostgreSQL
    import PostgreSQL

    /// One use of a statement. Columns are counted from 0; reading copies the value out.
    enum Statement {
        case sqlite(SQLiteStatement)
        case postgreSQL(PostgreSQL.Statement)

        static func of(_ statement: consuming SQLite.Statement) -> Statement {
            .sqlite(SQLiteStatement(statement))
        }

        /// Moves to the next row. Returns false after the last one.
        func step() throws -> Bool {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.step()
            case .postgreSQL(let statement): try statement.step()
            }
        }

        /// Runs a statement whose rows, if any, do not matter.
        func run() throws {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.run()
            case .postgreSQL(let statement): try statement.run()
            }
        }

        func isNull(_ column: Int) -> Bool {
            switch self {
            case .sqlite(let sqlite): sqlite.statement.isNull(column)
            case .postgreSQL(let statement): statement.isNull(column)
            }
        }

        /// Throws where the column holds anything but an integer.
        func integer(_ column: Int) throws -> Int64 {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.integer(column)
            case .postgreSQL(let statement): try statement.integer(column)
            }
        }

        /// Throws where the column holds anything but text.
        func text(_ column: Int) throws -> String {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.text(column)
            case .postgreSQL(let statement): try statement.text(column)
            }
        }

        /// Throws where the column holds anything but bytes.
        func blob(_ column: Int) throws -> [UInt8] {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.blob(column)
            case .postgreSQL(let statement): try statement.blob(column)
            }
        }

        /// Whatever the column holds.
        func value(_ column: Int) throws -> Value {
            switch self {
            case .sqlite(let sqlite): try sqlite.statement.value(column)
            case .postgreSQL(let statement): try statement.value(column)
            }
        }
    }

    /// Keeps a statement that cannot be copied. Swift 6.3 cannot optimize an enum that holds such a one in one of its cases.
    final class SQLiteStatement {
        let statement: SQLite.Statement

        init(_ statement: consuming SQLite.Statement) { self.statement = statement }
    }
#else
    /// One use of a statement. Columns are counted from 0; reading copies the value out.
    struct Statement: ~Copyable {
        private let statement: SQLite.Statement

        private init(_ statement: consuming SQLite.Statement) { self.statement = statement }

        static func of(_ statement: consuming SQLite.Statement) -> Statement {
            Statement(statement)
        }

        /// Moves to the next row. Returns false after the last one.
        func step() throws -> Bool {
            try statement.step()
        }

        /// Runs a statement whose rows, if any, do not matter.
        func run() throws {
            try statement.run()
        }

        func isNull(_ column: Int) -> Bool {
            statement.isNull(column)
        }

        /// Throws where the column holds anything but an integer.
        func integer(_ column: Int) throws -> Int64 {
            try statement.integer(column)
        }

        /// Throws where the column holds anything but text.
        func text(_ column: Int) throws -> String {
            try statement.text(column)
        }

        /// Throws where the column holds anything but bytes.
        func blob(_ column: Int) throws -> [UInt8] {
            try statement.blob(column)
        }

        /// Whatever the column holds.
        func value(_ column: Int) throws -> Value {
            try statement.value(column)
        }
    }
#endif

extension Statement {
    /// What `read` makes of each row.
    func rows<Row>(_ read: (borrowing Statement) throws -> Row) throws -> [Row] {
        var rows: [Row] = []
        while try step() { rows.append(try read(self)) }
        return rows
    }

    /// What `read` makes of the first row; nil without one.
    func first<Row>(_ read: (borrowing Statement) throws -> Row) throws -> Row? {
        try step() ? read(self) : nil
    }
}
