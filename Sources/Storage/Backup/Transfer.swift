import Expenses
import Glibc
import SQL
import SQLite

#if PostgreSQL
    import PostgreSQL
#endif

/// Everything in one database, put into another one that holds nothing yet: from a file to a server and back.
package struct Transfer: Sendable {
    /// What the other one holds now, and this one held when the transfer began.
    package let contents: Contents

    /// Why nothing has been copied.
    package enum Problem: Error, CustomStringConvertible {
        case exists(String)
        case notEmpty
        case damaged([String])

        package var description: String {
            switch self {
            case .exists(let path): "\(path) exists already"
            case .notEmpty: "the database on the server has users already"
            case .damaged(let findings): "the copy is damaged: " + findings.joined(separator: "; ")
            }
        }
    }

    /// Copies what `source` holds at one moment, to the last row or not at all, and compares. Both are the name of a file or
    /// the address of a server. `progress` is told of each table, and of how many rows of it are copied.
    package init(
        of source: String, to target: String, progress: (_ table: String, _ rows: Int) -> Void
    ) throws {
        do {
            let reader = try Transfer.reader(of: source)
            try reader.beginReading()
            defer { _ = reader.rollBack() }
            guard !Storage.isAddress(target) else {
                contents = try Transfer.copy(reader, to: try Transfer.server(target), progress)
                return
            }
            guard unsafe access(target, F_OK) != 0 else { throw Problem.exists(target) }
            let partial = target + ".partial"
            defer {
                unsafe unlink(partial)
                DatabaseCopy.removeCompanions(of: partial)
            }
            contents = try Transfer.copy(reader, to: partial, progress)
            try synchronize(partial)
            guard unsafe rename(partial, target) == 0 else {
                throw StorageError.file(path: target, reason: "cannot be written: \(reason(errno))")
            }
            try synchronize(directory(of: target))
        } catch {
            throw (error as? SQLiteError).map(StorageError.sqlite) ?? error
        }
    }

    private static func reader(of database: String) throws -> Connection {
        guard Storage.isAddress(database) else {
            return .sqlite(try DatabaseFile.reader(database, mayBeOlder: false).0)
        }
        return try server(database)
    }

    private static func server(_ address: String) throws -> Connection {
        #if PostgreSQL
            // Brings the schema up to date.
            return .postgreSQL(try Server(address: address).connect())
        #else
            throw StorageError.ofThisBuild
        #endif
    }

    private static func copy(
        _ source: Connection, to path: String, _ progress: (String, Int) -> Void
    ) throws -> Contents {
        unsafe unlink(path)
        let connection = try DatabaseFile(path: path, makesMissing: true).open(schema: Schema.migrator)
        connection.setTriggers(enabled: false)
        let contents = try copy(source, to: .sqlite(connection), progress)
        // One file, with nothing beside it.
        try connection.run("PRAGMA journal_mode = DELETE")
        return contents
    }

    private static func copy(
        _ source: Connection, to target: Connection, _ progress: (String, Int) -> Void
    ) throws -> Contents {
        let expected = try Contents(of: source)
        try target.beginWriting()
        do {
            guard try target.integer("SELECT 1 FROM users LIMIT 1") == nil else { throw Problem.notEmpty }
            try target.setCounting(false)
            for table in Table.all {
                let rows = try table.copy(from: source, to: target) { progress(table.name, $0) }
                progress(table.name, rows)
            }
            try target.setCounting(true)
            try target.continueUserIDs()
            var findings = IntegrityCheck(of: target).findings
            let contents = try Contents(of: target)
            if contents != expected { findings.append("it holds \(contents) instead of \(expected)") }
            guard findings.isEmpty else { throw Problem.damaged(findings) }
            try target.commit()
            return contents
        } catch {
            _ = target.rollBack()
            throw error
        }
    }
}

/// What of a table both engines keep.
private struct Table {
    let name: String
    /// How many of the columns, from the first on, are the primary key.
    let keyLength: Int
    let columns: [String]
    /// Rows that are read and written at a time.
    var batch = 500

    init(_ name: String, key: [String], _ others: [String], batch: Int = 500) {
        self.name = name
        keyLength = key.count
        columns = key + others
        self.batch = batch
    }

    /// In an order in which every row comes after those that it refers to.
    static let all = [
        Table(
            "users", key: ["id"],
            [
                "username", "username_key", "email", "email_key", "password_hash", "currency",
                "number_format", "zone", "first_weekday", "created_at",
            ]),
        Table(
            "counters", key: ["owner"],
            [
                "newest_expense", "newest_category", "newest_description", "newest_import", "newest_token",
                "expenses",
            ]),
        Table(
            "sessions", key: ["id"],
            [
                "owner", "created_at", "last_used_at", "expires_at", "user_agent", "address", "refresh_hash",
                "revoked_reason",
            ]),
        Table("former_refresh_hashes", key: ["session", "hash"], ["rotated_at"]),
        Table("categories", key: ["owner", "id"], ["name", "name_key", "color"]),
        Table(
            "descriptions", key: ["owner", "id"],
            ["key", "text", "category", "uses", "newest", "is_short"]),
        Table(
            "expenses", key: ["owner", "day", "id"],
            ["amount", "category", "description", "description_id", "created_at", "updated_at"]),
        Table(
            "deleted_expenses", key: ["owner", "id"],
            ["day", "amount", "category", "description", "created_at", "updated_at", "deleted_at"]),
        Table("forms", key: ["owner", "form"], ["expense", "used_at", "fingerprint"]),
        Table("month_totals", key: ["owner", "month"], ["count", "sum"]),
        Table("category_totals", key: ["owner", "category"], ["count", "sum"]),
        Table("monthly_totals", key: ["owner", "month", "category"], ["count", "sum"]),
        Table("daily_totals", key: ["owner", "day", "category"], ["count", "sum"]),
        Table(
            "description_totals", key: ["owner", "description_id", "month", "category"], ["count", "sum"]),
        Table(
            "api_tokens", key: ["owner", "id"], ["hash", "name", "may_write", "created_at", "last_used_at"]),
        Table(
            "idempotency_keys", key: ["owner", "key"], ["request_hash", "location", "body", "used_at"]),
        Table("imports", key: ["owner", "id"], ["uploaded_at", "size", "first", "count"]),
        // A megabyte each.
        Table("import_pieces", key: ["owner", "import", "number"], ["bytes"], batch: 8),
        Table(
            "import_rows", key: ["owner", "import", "id"],
            ["day", "amount", "category", "description", "deleted_at"]),
        Table(
            "long_writes", key: ["owner", "kind", "subject"], ["target", "phase", "first", "second"]),
    ]

    /// Returns how many rows there were; `progress` is told now and then.
    func copy(
        from source: Connection, to target: Connection, _ progress: (Int) -> Void
    ) throws -> Int {
        var count = 0
        var last: [Value] = []
        while true {
            let rows = try rows(of: source, after: last)
            guard let end = rows.last else { return count }
            try insert(rows, into: target)
            last = Array(end.prefix(keyLength))
            if count / 100_000 != (count + rows.count) / 100_000 { progress(count + rows.count) }
            count += rows.count
        }
    }

    private func rows(of source: Connection, after last: [Value]) throws -> [[Value]] {
        let key = columns.prefix(keyLength).joined(separator: ", ")
        let places = repeatElement("?", count: keyLength).joined(separator: ", ")
        let condition = last.isEmpty ? "" : "WHERE (\(key)) > (\(places)) "
        let statement = try source.statement(
            composed:
                "SELECT \(columns.joined(separator: ", ")) FROM \(name) \(condition)ORDER BY \(key) LIMIT ?",
            last + [.integer(batch)])
        var rows: [[Value]] = []
        while try statement.step() { rows.append(try columns.indices.map { try statement.value($0) }) }
        return rows
    }

    private func insert(_ rows: [[Value]], into target: Connection) throws {
        let places = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
        try target.statement(
            composed: "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES "
                + repeatElement(places, count: rows.count).joined(separator: ", "), rows.flatMap(\.self)
        ).run()
        guard name == "descriptions" else { return }
        for row in rows {
            guard case .integer(let owner) = row[0], case .integer(let number) = row[1],
                case .text(let key) = row[2]
            else { continue }
            try target.addToTextIndex(key, number: number, owner: Identifier(owner))
        }
    }
}
