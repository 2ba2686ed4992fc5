#if PostgreSQL
    import PostgreSQL
    import SQL

    /// The tables on a PostgreSQL server: those of `Schema`, made and brought up to date in the same way, apart from what one
    /// engine alone needs.
    enum ServerSchema {
        private static let scripts = [
            PackageResources.server0001_sql, PackageResources.server0002_sql,
            PackageResources.server0003_sql, PackageResources.server0004_sql,
            PackageResources.server0005_sql,
        ].map {
            String(decoding: $0, as: UTF8.self)
        }

        /// The key of the advisory lock: an arbitrary number that other programs are unlikely to take.
        private static let lock: Int64 = 0x4578_7054

        /// What the server shows of this release's sessions.
        static let sessionName = "\(anyName) \(scripts.count)"
        private static let anyName = "expense-tracker"

        /// Brings the database to this release's schema. Copies of the program that start at the same time take turns.
        static func update(_ connection: PostgreSQL.Connection) throws {
            do {
                try tryToUpdate(connection)
            } catch {
                connection.rollBack()
                throw error
            }
        }

        private static func tryToUpdate(_ connection: PostgreSQL.Connection) throws {
            connection.begin(.writing)
            try Connection.postgreSQL(connection).allowLongStatements()
            try connection.run("SELECT pg_advisory_xact_lock(?)", .integer(lock))
            let version = try version(of: connection) ?? 0
            if version == 0 {
                try connection.execute(
                    script: "CREATE TABLE IF NOT EXISTS expense_tracker_schema (version BIGINT PRIMARY KEY)")
            }
            if version == 0 {
                try connection.execute(script: Schema.definition(onServer: true))
            } else {
                if version < scripts.count { try expectNoEarlierRelease(on: connection) }
                for script in scripts[version...] { try connection.execute(script: script) }
                if version < scripts.count { try Repair(connection: .postgreSQL(connection)).run() }
            }
            if version < scripts.count {
                try connection.run(
                    "INSERT INTO expense_tracker_schema (version) VALUES (?)", .integer(Int64(scripts.count)))
            }
            try connection.commit()
        }

        /// An earlier release would not know the schema that comes. Its sessions have its version in their names, or, before the
        /// third one, none.
        private static func expectNoEarlierRelease(on connection: PostgreSQL.Connection) throws {
            let statement = connection.statement(
                """
                SELECT count(*), coalesce(string_agg(DISTINCT coalesce(host(client_addr), 'the server itself'), ', '), '')
                FROM pg_stat_activity
                WHERE datname = current_database() AND (application_name = ?1 OR application_name LIKE ?1 || ' %')
                    AND application_name <> ?2 AND pid <> pg_backend_pid()
                """, [.text(anyName), .text(sessionName)])
            guard try statement.step(), try statement.integer(0) > 0 else { return }
            throw StorageError.server(
                reason: "another release of the program is connected to the database (from "
                    + "\(try statement.text(1))), and the schema has to change, which that one would not know; stop every "
                    + "copy of it, then start this one")
        }

        /// The schema in words; nil without one.
        static func describe(_ connection: PostgreSQL.Connection) throws -> String? {
            guard let version = try version(of: connection) else { return nil }
            return version == scripts.count
                ? "has the schema of this release"
                : "has the schema of an earlier release (version \(version)); the start brings it to version "
                    + "\(scripts.count)"
        }

        /// Nil without a schema. Throws where this program cannot use the database.
        private static func version(of connection: PostgreSQL.Connection) throws -> Int? {
            let isThere = try connection.integer(
                "SELECT 1 WHERE to_regclass('expense_tracker_schema') IS NOT NULL")
            guard isThere != nil else {
                guard try connection.integer("SELECT 1 WHERE to_regclass('users') IS NOT NULL") == nil else {
                    throw StorageError.server(reason: "the database has tables of another program")
                }
                return nil
            }
            let version = Int(try connection.integer("SELECT max(version) FROM expense_tracker_schema") ?? 0)
            guard version <= scripts.count else {
                throw StorageError.server(
                    reason: "the database was written by a later release (its schema is version \(version), "
                        + "this release knows \(scripts.count))")
            }
            return version
        }
    }
#endif
