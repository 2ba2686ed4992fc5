#if PostgreSQL
    import Expenses
    import SQL

    /// Adds an import's rows to the owner's expenses by sets: what `ImportSteps` does row by row for SQLite.
    struct ServerImport {
        let connection: Connection
        let id: UploadedFile.ID
        let owner: User.ID

        private static let rows = 1000

        /// A description and what becomes of it.
        private struct Description {
            let number: Int64
            let isNew: Bool
            var newest: Int64
            var text = ""
            var category: Int64 = 0
            var uses: Int64 = 0
        }

        /// Adds the next rows. Returns false where there are none.
        func addRows() throws -> Bool {
            let (rows, lastDeleted) = try nextRows()
            guard !rows.isEmpty || lastDeleted != nil else { return false }
            let last = max(rows.last?.id.rawValue ?? 0, lastDeleted ?? 0)
            try CounterStore(connection: connection).change(of: owner) { counters in
                let keys = rows.map { searchKey($0.description) }
                var descriptions = try known(Set(keys.filter { !$0.isEmpty }))
                var numbers: [Int64] = []
                for (expense, key) in zip(rows, keys) {
                    guard !key.isEmpty else {
                        numbers.append(0)
                        continue
                    }
                    numbers.append(count(expense, key, &descriptions, &counters))
                }
                try write(descriptions)
                do {
                    try enter(rows, numbers, through: last)
                } catch {
                    throw isMissingReference(error) ? AppError.notFound : error
                }
            }
            return true
        }

        /// Live rows, and the number of the last one that is to lie in the bin.
        private func nextRows() throws -> (live: [Expense], lastDeleted: Int64?) {
            let statement = try connection.statement(
                composed: """
                    SELECT \(ExpenseRow.columns), deleted_at FROM import_rows
                    WHERE owner = ? AND import = ? ORDER BY id LIMIT ?
                    """, [.id(owner), .id(id), .integer(ServerImport.rows)])
            var live: [Expense] = []
            var lastDeleted: Int64?
            while try statement.step() {
                let expense = try statement.expense()
                if statement.isNull(ExpenseRow.columnCount) {
                    live.append(expense)
                } else {
                    lastDeleted = expense.id.rawValue
                }
            }
            return (live, lastDeleted)
        }

        private func known(_ keys: Set<String>) throws -> [String: Description] {
            let statement = try connection.statement(
                """
                SELECT descriptions.key, id, newest FROM unnest(CAST(?2 AS text[])) AS wanted (key)
                JOIN descriptions ON owner = ?1 AND md5(descriptions.key) = md5(wanted.key)
                    AND descriptions.key = wanted.key
                """, [.id(owner), ServerImport.list(Array(keys))])
            var known: [String: Description] = [:]
            while try statement.step() {
                known[try statement.text(0)] = Description(
                    number: try statement.integer(1), isNew: false, newest: try statement.integer(2))
            }
            return known
        }

        /// The same as `DescriptionStore.remember`.
        private func count(
            _ expense: Expense, _ key: String, _ descriptions: inout [String: Description],
            _ counters: inout Counters
        ) -> Int64 {
            if descriptions[key] == nil {
                counters.newestDescription += 1
                descriptions[key] = Description(number: counters.newestDescription, isNew: true, newest: 0)
            }
            guard var description = descriptions[key] else { return 0 }
            description.uses += 1
            if description.newest <= expense.id.rawValue {
                description.newest = expense.id.rawValue
                description.text = expense.description
                description.category = expense.category.rawValue
                counters.latest.note(
                    .init(id: description.number, newest: description.newest, text: description.text))
            }
            descriptions[key] = description
            return description.number
        }

        private func write(_ descriptions: [String: Description]) throws {
            func values(_ descriptions: [(key: String, value: Description)]) -> [Value] {
                let all = descriptions.map(\.value)
                return [
                    .id(owner), connection.dialect.list(all.map(\.number)),
                    ServerImport.list(descriptions.map(\.key)), ServerImport.list(all.map(\.text)),
                    connection.dialect.list(all.map(\.category)), connection.dialect.list(all.map(\.uses)),
                    connection.dialect.list(all.map(\.newest)),
                ]
            }
            let new = descriptions.filter(\.value.isNew)
            if !new.isEmpty {
                try connection.runAhead(
                    """
                    INSERT INTO descriptions (owner, id, key, text, category, uses, newest)
                    SELECT ?1, * FROM unnest(
                        CAST(?2 AS bigint[]), CAST(?3 AS text[]), CAST(?4 AS text[]), CAST(?5 AS bigint[]),
                        CAST(?6 AS bigint[]), CAST(?7 AS bigint[]))
                    """, values(Array(new)))
            }
            let former = descriptions.filter { !$0.value.isNew && $0.value.uses > 0 }
            guard !former.isEmpty else { return }
            try connection.runAhead(
                """
                UPDATE descriptions SET uses = descriptions.uses + counted.uses,
                    text = CASE WHEN counted.newest > descriptions.newest THEN counted.text ELSE descriptions.text END,
                    category =
                        CASE WHEN counted.newest > descriptions.newest THEN counted.category ELSE descriptions.category END,
                    newest = greatest(counted.newest, descriptions.newest)
                FROM unnest(
                    CAST(?2 AS bigint[]), CAST(?3 AS text[]), CAST(?4 AS text[]), CAST(?5 AS bigint[]),
                    CAST(?6 AS bigint[]), CAST(?7 AS bigint[])) AS counted (id, key, text, category, uses, newest)
                WHERE owner = ?1 AND descriptions.id = counted.id
                """, values(Array(former)))
        }

        private func enter(_ rows: [Expense], _ numbers: [Int64], through last: Int64) throws {
            let columns = Tables.said.map { "import_rows." + $0.name }.list
            if !rows.isEmpty {
                // OFFSET 0 has each row looked up by its key: of a table that has just been filled the planner knows nothing, and
                // may go through all of it for each.
                try connection.runAhead(
                    composed: """
                        INSERT INTO expenses (owner, id, description_id, created_at, updated_at, \(ExpenseRow.said))
                        SELECT import_rows.owner, import_rows.id, number, uploaded_at, uploaded_at, \(columns)
                        FROM unnest(CAST(?3 AS bigint[]), CAST(?4 AS bigint[])) AS numbered (id, number)
                        CROSS JOIN LATERAL (
                            SELECT * FROM import_rows WHERE owner = ?1 AND import = ?2 AND id = numbered.id OFFSET 0
                        ) AS import_rows
                        JOIN imports ON imports.owner = ?1 AND imports.id = ?2
                        """,
                    [
                        .id(owner), .id(id), connection.dialect.list(rows.map(\.id.rawValue)),
                        connection.dialect.list(numbers),
                    ])
            }
            try connection.runAhead(
                composed: """
                    INSERT INTO deleted_expenses (owner, id, created_at, updated_at, deleted_at, \(ExpenseRow.said))
                    SELECT owner, id, deleted_at, deleted_at, deleted_at, \(ExpenseRow.said) FROM import_rows
                    WHERE owner = ? AND import = ? AND id <= ? AND deleted_at IS NOT NULL
                    """, [.id(owner), .id(id), .integer(last)])
            try connection.runAhead(
                """
                INSERT INTO import_originals (owner, id, day, amount, text)
                SELECT owner, id, day, amount, original FROM import_rows
                WHERE owner = ? AND import = ? AND id <= ? AND original IS NOT NULL
                """, [.id(owner), .id(id), .integer(last)])
            try connection.run(
                "DELETE FROM import_rows WHERE owner = ? AND import = ? AND id <= ?", .id(owner), .id(id),
                .integer(last))
        }

        /// An array's text (PostgreSQL documentation, section 8.15.2).
        private static func list(_ texts: [String]) -> Value {
            var list: [UInt8] = [UInt8(ascii: "{")]
            for text in texts {
                if list.count > 1 { list.append(UInt8(ascii: ",")) }
                list.append(UInt8(ascii: "\""))
                for byte in text.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                        list.append(UInt8(ascii: "\\"))
                    }
                    list.append(byte)
                }
                list.append(UInt8(ascii: "\""))
            }
            list.append(UInt8(ascii: "}"))
            return .text(String(decoding: list, as: UTF8.self))
        }
    }
#endif
