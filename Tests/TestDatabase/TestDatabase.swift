import Glibc
import SQLite

#if PostgreSQL
    import PostgreSQL
#endif

/// Where tests keep a database of their own: in a SQLite file, or, in a build with the trait PostgreSQL and where
/// TEST_SERVER is the address of a server, there.
package enum TestDatabase {
    #if PostgreSQL
        /// Nil where tests use SQLite.
        package static let server = unsafe getenv("TEST_SERVER").map { unsafe String(cString: $0) }
    #else
        package static let server: String? = nil
    #endif

    /// For tests that look into the file, or at what only SQLite does.
    package static var isFile: Bool { server == nil }

    /// What `Storage` is to open: that file, or an empty schema of the server.
    package static func name(file: String) -> String {
        #if PostgreSQL
            if let server { return schema(on: server) }
        #endif
        return file
    }

    #if PostgreSQL
        private static func schema(on server: String) -> String {
            let name = "test_\(UInt64.random(in: 0...(.max)))"
            do {
                try PostgreSQL.Connection(address: server).execute(script: "CREATE SCHEMA \(name)")
            } catch {
                fatalError("TEST_SERVER: \(error)")
            }
            return "\(server)&options=-csearch_path%3D\(name)"
        }
    #endif
}

/// The tables of a test's database, past the stores.
package struct RawDatabase {
    private enum Engine {
        case sqlite(SQLite.Connection)
        #if PostgreSQL
            case postgreSQL(PostgreSQL.Connection)
        #endif
    }

    private let engine: Engine

    /// `name` is what `Storage` has opened.
    package init(_ name: String) throws {
        #if PostgreSQL
            // Some tests use a file in any case.
            if !name.hasPrefix("/") {
                engine = .postgreSQL(try PostgreSQL.Connection(address: name, timeLimit: nil))
                return
            }
        #endif
        engine = .sqlite(try SQLite.Connection(path: name, mode: .readWrite))
    }

    /// Runs statements that touch whatever they like: references are not looked at.
    package func execute(_ script: String) throws {
        switch engine {
        case .sqlite(let connection):
            try connection.execute(script: "PRAGMA foreign_keys = OFF; " + script)
        #if PostgreSQL
            case .postgreSQL(let connection): try connection.execute(script: script)
        #endif
        }
    }

    /// The first column of the first row, an integer; nil without a row or where it is null.
    package func integer(_ sql: String) throws -> Int64? {
        switch engine {
        case .sqlite(let connection):
            let statement = try connection.statement(composed: sql)
            return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
        #if PostgreSQL
            case .postgreSQL(let connection):
                let statement = try connection.statement(composed: sql)
                return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
        #endif
        }
    }

    /// The first column of each row, a text.
    package func texts(_ sql: String) throws -> Set<String> {
        var texts: Set<String> = []
        switch engine {
        case .sqlite(let connection):
            let statement = try connection.statement(composed: sql)
            while try statement.step() { texts.insert(try statement.text(0)) }
        #if PostgreSQL
            case .postgreSQL(let connection):
                let statement = try connection.statement(composed: sql)
                while try statement.step() { texts.insert(try statement.text(0)) }
        #endif
        }
        return texts
    }

    /// The names of all tables but those that an engine needs for itself.
    package func tables() throws -> [String] {
        var names: [String] = []
        switch engine {
        case .sqlite(let connection):
            let statement = try connection.statement(
                """
                SELECT name FROM pragma_table_list
                WHERE schema = 'main' AND type <> 'view' AND name NOT LIKE 'sqlite_%'
                    AND name NOT LIKE 'description_index%'
                """)
            while try statement.step() { names.append(try statement.text(0)) }
        #if PostgreSQL
            case .postgreSQL(let connection):
                let statement = connection.statement(
                    """
                    SELECT CAST(tablename AS TEXT) FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename <> 'expense_tracker_schema'
                    """)
                while try statement.step() { names.append(try statement.text(0)) }
        #endif
        }
        return names
    }
}
