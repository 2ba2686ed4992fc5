#if PostgreSQL
    import Expenses
    import SQL

    /// Adds many expenses by a few statements, each for all of them, as a server makes them: what
    /// `ExpenseStore.insertCounted` does row by row for SQLite, where a statement costs next to nothing. The owner's row of
    /// counters is held before it.
    struct ServerAddition {
        let connection: Connection
        let owner: User.ID

        /// What the expenses with one key say of its description: the newest of them decides.
        private struct Description {
            let key: String
            var newest: Expense
            var uses = 0
            /// 0 for one that there was not before.
            var number: Int64 = 0
            /// The newest expense that had it before.
            var formerNewest: Int64 = 0
        }

        /// Adds those with a time of deletion to the bin. Throws `AppError.notFound` where a category is not the owner's.
        func add(_ rows: [(expense: Expense, deletedAt: Int64?)], at now: Int64) throws {
            let counters = CounterStore(connection: connection)
            let keys = rows.map { $0.deletedAt == nil ? searchKey($0.expense.description) : "" }
            var descriptions: [Description] = []
            var places: [String: Int] = [:]
            for (row, key) in zip(rows, keys) where !key.isEmpty && places[key] == nil {
                places[key] = descriptions.count
                descriptions.append(Description(key: key, newest: row.expense))
            }
            connection.announce {
                _ = try? counters.find(of: owner)
                _ = try known(descriptions).step()
            }
            try counters.change(of: owner) { counters in
                var rows = rows
                let opened = try open(Set(rows.map(\.expense.category)), counters)
                for index in rows.indices {
                    let category = rows[index].expense.category
                    rows[index].expense.category = opened[category] ?? category
                }
                try find(&descriptions)
                for (row, key) in zip(rows, keys) {
                    guard let place = places[key] else { continue }
                    if descriptions[place].newest.id.rawValue <= row.expense.id.rawValue {
                        descriptions[place].newest = row.expense
                    }
                    descriptions[place].uses += 1
                }
                for place in descriptions.indices where descriptions[place].number == 0 {
                    counters.newestDescription += 1
                    descriptions[place].number = counters.newestDescription
                }
                try insert(
                    rows, keys.map { key in places[key].map { descriptions[$0].number } ?? 0 },
                    descriptions, at: now)
                counters.latest.note(
                    descriptions.filter { $0.formerNewest <= $0.newest.id.rawValue }.map {
                        .init(id: $0.number, newest: $0.newest.id.rawValue, text: $0.newest.description)
                    })
            }
        }

        /// Which category takes the expenses of each over, where some are being merged.
        private func open(
            _ categories: Set<Category.ID>, _ counters: Counters
        ) throws -> [Category.ID: Category.ID] {
            guard counters.merging > 0 else { return [:] }
            let store = CategoryStore(connection: connection)
            connection.announce { for category in categories { _ = try store.open(category, owner: owner) } }
            var opened: [Category.ID: Category.ID] = [:]
            for category in categories { opened[category] = try store.open(category, owner: owner) }
            return opened
        }

        /// Which of the descriptions there are already, in the columns `place, id, newest`; places count from 1.
        private func known(_ descriptions: [Description]) throws -> Statement {
            try connection.statement(
                """
                SELECT wanted.place, known.id, known.newest
                FROM unnest(CAST(?2 AS text[])) WITH ORDINALITY AS wanted (key, place)
                    JOIN descriptions AS known
                        ON known.owner = ?1 AND md5(known.key) = md5(wanted.key) AND known.key = wanted.key
                """, [.id(owner)] + ServerRows(.text).values(descriptions.map { [.text($0.key)] }))
        }

        private func find(_ descriptions: inout [Description]) throws {
            let statement = try known(descriptions)
            while try statement.step() {
                let place = Int(try statement.integer(0)) - 1
                descriptions[place].number = try statement.integer(1)
                descriptions[place].formerNewest = try statement.integer(2)
            }
        }

        private func insert(
            _ rows: [(expense: Expense, deletedAt: Int64?)], _ numbers: [Int64],
            _ descriptions: [Description], at now: Int64
        ) throws {
            let described = ServerRows(.integer, .text, .text, .integer, .integer, .integer)
            try connection.runAhead(
                composed: """
                    INSERT INTO descriptions (owner, id, key, text, category, uses, newest)
                    SELECT CAST(? AS bigint), * FROM \(described.sql)
                    ON CONFLICT (owner, id) DO UPDATE SET uses = descriptions.uses + excluded.uses,
                        text = CASE WHEN descriptions.newest <= excluded.newest
                            THEN excluded.text ELSE descriptions.text END,
                        category = CASE WHEN descriptions.newest <= excluded.newest
                            THEN excluded.category ELSE descriptions.category END,
                        newest = greatest(descriptions.newest, excluded.newest)
                    """,
                [.id(owner)]
                    + described.values(
                        descriptions.map {
                            [
                                .integer($0.number), .text($0.key), .text($0.newest.description),
                                .id($0.newest.category), .integer($0.uses), .id($0.newest.id),
                            ]
                        }))
            let tagged = ServerRows(.text, .integer)
            try connection.runAhead(
                composed: """
                    INSERT INTO description_tags (owner, tag, description)
                    SELECT CAST(? AS bigint), * FROM \(tagged.sql) ON CONFLICT DO NOTHING
                    """,
                [.id(owner)]
                    + tagged.values(
                        descriptions.filter { $0.formerNewest == 0 }.flatMap { description in
                            Tag.keys(in: description.key).map { [.text($0), .integer(description.number)] }
                        }))
            let deleted = ServerRows.ofExpenses(.integer, .integer, .integer)
            try connection.runAhead(
                composed: """
                    INSERT INTO deleted_expenses (
                        owner, id, \(ExpenseRow.said), created_at, updated_at, deleted_at)
                    SELECT CAST(? AS bigint), * FROM \(deleted.sql)
                    """,
                [.id(owner)]
                    + deleted.values(
                        rows.compactMap { expense, deletedAt in
                            deletedAt.map {
                                [.id(expense.id)] + ExpenseRow.values(of: expense)
                                    + [.integer($0), .integer($0), .integer($0)]
                            }
                        }))
            let live = ServerRows.ofExpenses(.integer, .integer, .integer)
            let statement = try connection.statement(
                composed: """
                    INSERT INTO expenses (owner, id, \(ExpenseRow.said), description_id, created_at, updated_at)
                    SELECT CAST(? AS bigint), * FROM \(live.sql)
                    """,
                [.id(owner)]
                    + live.values(
                        zip(rows, numbers).filter { $0.0.deletedAt == nil }.map { row, number in
                            [.id(row.expense.id)] + ExpenseRow.values(of: row.expense)
                                + [.integer(number), .integer(now), .integer(now)]
                        }))
            try expectingCategory { try statement.run() }
        }
    }
#endif
