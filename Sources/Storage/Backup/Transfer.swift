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
            try reader.allowLongStatements()
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
            return .postgreSQL(try Server(address: address).connect(for: .writing))
        #else
            throw StorageError.postgreSQLNotBuiltIn
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
            try target.allowLongStatements()
            guard try target.integer("SELECT 1 FROM users LIMIT 1") == nil else { throw Problem.notEmpty }
            try target.setCounting(false)
            for table in Tables.all where table.engines == .both {
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

extension Table {
    /// Returns how many rows there were; `progress` is told now and then.
    fileprivate func copy(
        from source: Connection, to target: Connection, _ progress: (Int) -> Void
    ) throws -> Int {
        var count = 0
        var last: [Value] = []
        while true {
            let rows = try rows(of: source, after: last)
            guard let end = rows.last else { return count }
            try insert(rows, into: target)
            last = positions(of: key).map { end[$0] }
            if count / 100_000 != (count + rows.count) / 100_000 { progress(count + rows.count) }
            count += rows.count
        }
    }

    private func rows(of source: Connection, after last: [Value]) throws -> [[Value]] {
        let places = repeatElement("?", count: key.count).joined(separator: ", ")
        let condition = last.isEmpty ? "" : "WHERE (\(key.list)) > (\(places)) "
        return try source.statement(
            composed:
                "SELECT \(columns.map(\.name).list) FROM \(name) \(condition)ORDER BY \(key.list) LIMIT ?",
            last + [.integer(batch)]
        ).rows { row in try columns.indices.map { try row.value($0) } }
    }

    private func insert(_ rows: [[Value]], into target: Connection) throws {
        let places = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
        try target.statement(
            composed: "INSERT INTO \(name) (\(columns.map(\.name).list)) VALUES "
                + repeatElement(places, count: rows.count).joined(separator: ", "), rows.flatMap(\.self)
        ).run()
        guard name == Tables.descriptions.name else { return }
        let positions = self.positions(of: ["owner", "id", "key"])
        for row in rows {
            guard case .integer(let owner) = row[positions[0]], case .integer(let number) = row[positions[1]],
                case .text(let key) = row[positions[2]]
            else { continue }
            try target.addToTextIndex(key, number: number, owner: Identifier(owner))
        }
    }

    /// Where columns stand in a row.
    private func positions(of names: [String]) -> [Int] {
        names.compactMap { name in columns.firstIndex { $0.name == name } }
    }
}
