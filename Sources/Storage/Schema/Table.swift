/// What is known of a table. From this come the tables of both engines, the lists of columns in statements, `copy`, and the
/// removal of an account.
struct Table: Sendable {
    let name: String
    /// What a row is.
    let meaning: String
    let columns: [Column]
    /// The names of the columns of the primary key.
    let key: [String]
    var uniques: [Unique] = []
    var references: [Reference] = []
    var indexes: [Index] = []
    /// Whether rows lie in the order of the key. Those with long values do not: a search would read them as well.
    var isInKeyOrder = true
    /// Whether rows change so often that a server had better leave room beside them.
    var isBusy = false
    var engines = Engines.both
    /// Rows that `copy` reads and writes at a time.
    var batch = 500

    init(
        _ name: String, _ meaning: String, key: [String], uniques: [Unique] = [],
        references: [Reference] = [], indexes: [Index] = [], isInKeyOrder: Bool = true, isBusy: Bool = false,
        engines: Engines = .both, batch: Int = 500, columns: [Column]
    ) {
        self.name = name
        self.meaning = meaning
        self.columns = columns
        self.key = key
        self.uniques = uniques
        self.references = references
        self.indexes = indexes
        self.isInKeyOrder = isInKeyOrder
        self.isBusy = isBusy
        self.engines = engines
        self.batch = batch
    }

    /// Where something is kept.
    enum Engines: Sendable {
        case both
        case files
        case servers

        func contain(_ dialect: Dialect) -> Bool {
            switch self {
            case .both: true
            case .files: dialect == .sqlite
            case .servers: dialect == .postgreSQL
            }
        }
    }

    struct Column: Sendable {
        enum Kind: Sendable {
            case integer
            /// An integer that the engine gives; none is given twice.
            case number
            case text
            case bytes
        }

        let name: String
        let kind: Kind
        /// What the value says, with its unit; empty where the name does.
        var meaning = ""
        var isOptional = false
        /// The value that a row gets that does not say, as SQL.
        var initial: String?
        /// What holds for every value, as SQL.
        var bounds: String?
        var isUnique = false
        /// The table whose id it names.
        var table: String?
        /// Whether a row goes with the one that it names.
        var goesWithIt = false
    }

    struct Unique: Sendable {
        let columns: [String]
        var engines = Engines.both
    }

    /// To the row of another table whose columns hold the same.
    struct Reference: Sendable {
        let columns: [String]
        let table: String
        let key: [String]
        /// Whether a row goes with the one that it names.
        var goesWithIt = false
    }

    struct Index: Sendable {
        let name: String
        /// The columns, or expressions.
        let keys: [String]
        /// Which rows it holds, as SQL; nil for all.
        var condition: String?
        var engines = Engines.both
    }
}

extension Table.Column {
    static let owner = integer("owner", table: "users")

    static func integer(
        _ name: String, _ meaning: String = "", initial: Int? = nil, bounds: String? = nil,
        table: String? = nil
    ) -> Table.Column {
        Table.Column(
            name: name, kind: .integer, meaning: meaning, initial: initial.map(String.init), bounds: bounds,
            table: table)
    }

    static func text(
        _ name: String, _ meaning: String = "", initial: String? = nil, bounds: String? = nil,
        isUnique: Bool = false
    ) -> Table.Column {
        Table.Column(
            name: name, kind: .text, meaning: meaning, initial: initial, bounds: bounds, isUnique: isUnique)
    }

    static func bytes(_ name: String, _ meaning: String = "", isUnique: Bool = false) -> Table.Column {
        Table.Column(name: name, kind: .bytes, meaning: meaning, isUnique: isUnique)
    }

    /// The same column, which may hold nothing.
    var optional: Table.Column {
        var column = self
        column.isOptional = true
        return column
    }
}

// The tables as the engines make them.
extension Table {
    /// The statements that make the table and its indexes, one to a line or more, each with its semicolon.
    func definition(in dialect: Dialect) -> String {
        // The meaning is for readers of `schema.sql`; a server does not keep it.
        var lines = columns.map { (words(of: $0, in: dialect), dialect == .sqlite ? $0.meaning : "") }
        if key.count > 1 { lines.append(("PRIMARY KEY (\(key.list))", "")) }
        for unique in uniques where unique.engines.contain(dialect) {
            lines.append(("UNIQUE (\(unique.columns.list))", ""))
        }
        for reference in references {
            let cascade = reference.goesWithIt ? " ON DELETE CASCADE" : ""
            lines.append(
                (
                    "FOREIGN KEY (\(reference.columns.list)) REFERENCES \(reference.table) (\(reference.key.list))"
                        + cascade, ""
                ))
        }
        var sql = dialect == .sqlite ? "-- \(meaning)\n" : ""
        sql += "CREATE TABLE \(name) (\n"
        for (number, (line, comment)) in lines.enumerated() {
            if !comment.isEmpty { sql += "    -- \(comment)\n" }
            sql += "    " + line + (number == lines.count - 1 ? "\n" : ",\n")
        }
        sql += ")" + options(in: dialect) + ";\n"
        for index in indexes where index.engines.contain(dialect) {
            sql += "CREATE INDEX \(index.name) ON \(name) (\(index.keys.list))"
            sql += index.condition.map { " WHERE " + $0 } ?? ""
            sql += ";\n"
        }
        return sql
    }

    private func words(of column: Column, in dialect: Dialect) -> String {
        var words = [column.name, type(of: column, in: dialect)]
        if key == [column.name] {
            words.append("PRIMARY KEY")
            if column.kind == .number, dialect == .sqlite { words.append("AUTOINCREMENT") }
        } else if !column.isOptional {
            words.append("NOT NULL")
        }
        if let initial = column.initial { words.append("DEFAULT " + initial) }
        if column.isUnique { words.append("UNIQUE") }
        // A row with another reference of its owner's belongs to somebody who is there in any case.
        let isImplied = dialect == .postgreSQL && references.contains { $0.columns.contains(column.name) }
        if let table = column.table, !isImplied {
            words.append("REFERENCES \(table) (id)" + (column.goesWithIt ? " ON DELETE CASCADE" : ""))
        }
        if let bounds = column.bounds { words.append("CHECK (\(bounds))") }
        return words.joined(separator: " ")
    }

    private func type(of column: Column, in dialect: Dialect) -> String {
        switch (dialect, column.kind) {
        case (.sqlite, .integer), (.sqlite, .number): "INTEGER"
        case (.sqlite, .text): "TEXT"
        case (.sqlite, .bytes): "BLOB"
        case (.postgreSQL, .integer): "BIGINT"
        case (.postgreSQL, .number): "BIGINT GENERATED BY DEFAULT AS IDENTITY"
        // Texts are compared byte by byte, as SQLite does.
        case (.postgreSQL, .text): "TEXT COLLATE \"C\""
        case (.postgreSQL, .bytes): "BYTEA"
        }
    }

    private func options(in dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: isInKeyOrder ? " STRICT, WITHOUT ROWID" : " STRICT"
        case .postgreSQL: isBusy ? " WITH (fillfactor = 50)" : ""
        }
    }
}

// What is done with rows of any table.
extension Table {
    /// Removes up to `?2` rows of the owner `?1`; nil for a table whose rows name no owner.
    var removal: String? {
        guard columns.contains(where: { $0.name == "owner" }) else { return nil }
        let others = key.filter { $0 != "owner" }
        guard !others.isEmpty else { return "DELETE FROM \(name) WHERE owner = ?1 AND ?2 > 0" }
        let place = others.count == 1 ? others.list : "(\(others.list))"
        return "DELETE FROM \(name) WHERE owner = ?1 AND \(place) IN ("
            + "SELECT \(others.list) FROM \(name) WHERE owner = ?1 LIMIT ?2)"
    }
}

extension [String] {
    /// Names with commas between them.
    var list: String { joined(separator: ", ") }
}
