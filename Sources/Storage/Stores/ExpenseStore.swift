package import Expenses
import SQL

/// Each user's own expenses. `AppError.notFound` also says that something is another user's.
package struct ExpenseStore {
    let connection: Connection
    var userQuota = Int.max

    private var bin: BinStore { BinStore(connection: connection) }
    private var counters: CounterStore { CounterStore(connection: connection) }
    private var descriptions: DescriptionStore { DescriptionStore(connection: connection) }
    private var forms: FormStore { FormStore(connection: connection) }

    /// A live expense.
    package func find(_ id: Expense.ID, owner: User.ID) throws -> Expense? {
        try connection.statement(
            composed: "SELECT \(ExpenseRow.columns) FROM expenses WHERE owner = ? AND id = ?",
            [.id(owner), .id(id)]
        ).first { try $0.expense() }
    }

    /// The newest expenses with the same description as that one, itself among them, the newest first: their days and
    /// amounts. Empty where it has no description.
    package func named(
        like id: Expense.ID, owner: User.ID, limit: Int
    ) throws -> [(day: Day, amount: Money)] {
        try connection.statement(
            """
            SELECT other.day, other.amount FROM expenses AS this
                JOIN expenses AS other ON other.owner = ?1 AND other.description_id = this.description_id
            WHERE this.owner = ?1 AND this.id = ?2 AND this.description_id <> 0
            ORDER BY other.day DESC LIMIT ?3
            """, [.id(owner), .id(id), .integer(limit)]
        ).rows { try ($0.day(0), $0.amount(1)) }
    }

    /// Adds an expense, once for each one-time id of a form that is given. `fingerprint`, a hash of what the form says,
    /// tells a form that is sent again from one that was changed in between; nil is taken for the same.
    /// Throws `AppError.notFound` where the category is not the owner's, and `AppError.quotaReached`.
    ///
    /// `endsWrite`: nothing follows in this write, so that a server may commit it at once.
    package func insert(
        _ draft: ExpenseDraft, owner: User.ID, form: String?, fingerprint: [UInt8]? = nil, at now: Int64,
        endsWrite: Bool = false
    ) throws -> Insertion<Expense> {
        #if PostgreSQL
            if connection.dialect == .postgreSQL, ServerInsertion.canAdd(draft) {
                return try ServerInsertion(connection: connection, userQuota: userQuota).insert(
                    draft, owner: owner, form: form, fingerprint: fingerprint, at: now, endsWrite: endsWrite)
            }
        #endif
        return try counters.change(of: owner) { counters in
            let expense = Expense(id: Expense.ID(counters.newestExpense + 1), draft)
            if let form,
                let earlier = try forms.claim(form, fingerprint, for: expense.id, owner: owner, at: now)
            {
                let isSame =
                    earlier.fingerprint == nil || fingerprint == nil || earlier.fingerprint == fingerprint
                return isSame ? .repeated(earlier.expense) : .formUsed(by: earlier.expense)
            }
            guard counters.expenses < userQuota else { throw AppError.quotaReached(most: userQuota) }
            try insert(try open(expense, owner: owner, counters), owner: owner, at: now, &counters)
            counters.newestExpense += 1
            counters.expenses += 1
            return .inserted(expense.id)
        }
    }

    /// Throws `AppError.notFound` where the expense, or its category, is not the owner's.
    package func update(_ expense: Expense, owner: User.ID, at now: Int64) throws {
        connection.announce {
            _ = try find(expense.id, owner: owner)
            _ = try? counters.find(of: owner)
            try descriptions.announce(expense, owner: owner)
        }
        guard let old = try find(expense.id, owner: owner) else { throw AppError.notFound }
        try counters.change(of: owner) { counters in
            let expense = try open(expense, owner: owner, counters)
            let description = try descriptions.remember(of: expense, owner: owner, &counters)
            try connection.runWithCategory(
                """
                UPDATE expenses SET \(ExpenseRow.assignments), description_id = ?, updated_at = ?
                WHERE owner = ? AND day = ? AND id = ?
                """,
                ExpenseRow.values(of: expense) + [
                    .integer(description), .integer(now), .id(owner), .day(old.day), .id(old.id),
                ])
            try descriptions.forget(of: old, owner: owner, &counters)
        }
    }

    /// Moves an expense to the bin; one that is there already is returned as it is. Throws `AppError.notFound`.
    package func remove(_ id: Expense.ID, owner: User.ID, at now: Int64) throws -> Expense {
        guard let expense = try find(id, owner: owner) else {
            guard let deleted = try bin.find(id, owner: owner) else { throw AppError.notFound }
            return deleted
        }
        try connection.statement(
            composed: """
                INSERT INTO deleted_expenses (owner, \(ExpenseRow.columns), created_at, updated_at, deleted_at)
                SELECT owner, \(ExpenseRow.columns), created_at, updated_at, ?
                FROM expenses WHERE owner = ? AND id = ?
                """, [.integer(now), .id(owner), .id(id)]
        ).run()
        try counters.change(of: owner) { try delete(expense, owner: owner, &$0) }
        return expense
    }

    /// Takes an expense out of the bin, under its old number; one that is live is returned as it is. Throws
    /// `AppError.notFound`.
    package func restore(_ id: Expense.ID, owner: User.ID) throws -> Expense {
        guard let expense = try bin.find(id, owner: owner) else {
            guard let live = try find(id, owner: owner) else { throw AppError.notFound }
            return live
        }
        let (restored, description) = try counters.change(of: owner) { counters in
            let restored = try open(expense, owner: owner, counters)
            return (restored, try descriptions.remember(of: restored, owner: owner, &counters))
        }
        try connection.statement(
            composed: """
                INSERT INTO expenses (owner, id, \(ExpenseRow.said), description_id, created_at, updated_at)
                SELECT owner, id, \(ExpenseRow.places), ?, created_at, updated_at
                FROM deleted_expenses WHERE owner = ? AND id = ?
                """, ExpenseRow.values(of: restored) + [.integer(description), .id(owner), .id(id)]
        ).run()
        try connection.run("DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return restored
    }

    /// The first of that many numbers in a row, which no expense has had or will get: for an import. Throws
    /// `AppError.quotaReached` where the owner may not have so many, and `AppError.notFound` where there is no such user.
    package func reserve(_ count: Int, owner: User.ID) throws -> Expense.ID {
        try counters.change(of: owner) { counters in
            guard counters.expenses + Int64(count) <= userQuota else {
                throw AppError.quotaReached(most: userQuota)
            }
            counters.newestExpense += Int64(count)
            return Expense.ID(counters.newestExpense - Int64(count) + 1)
        }
    }

    /// Adds an import's rows under numbers of `reserve`; those with a time of deletion to the bin. The import has counted
    /// them. Throws `AppError.notFound` where a category is not the owner's.
    func insertCounted(
        _ rows: [(expense: Expense, deletedAt: Int64?)], owner: User.ID, at now: Int64
    ) throws {
        #if PostgreSQL
            if connection.dialect == .postgreSQL {
                return try ServerAddition(connection: connection, owner: owner).add(rows, at: now)
            }
        #endif
        let totals = TotalStore(connection: connection)
        try totals.beginAdding(of: owner)
        try counters.change(of: owner) { counters in
            // The expenses last: before each, SQLite has FTS5 write out what it holds, which would be a piece of index a row.
            var live: [(expense: Expense, description: Int64)] = []
            var used: [Int64: LatestDescriptions.Entry] = [:]
            for (expense, deletedAt) in rows {
                let expense = try open(expense, owner: owner, counters)
                guard let deletedAt else {
                    let (description, entry) = try descriptions.count(expense, owner: owner, &counters)
                    if let entry { used[entry.id] = entry }
                    live.append((expense, description))
                    continue
                }
                try connection.runWithCategory(
                    """
                    INSERT INTO deleted_expenses (
                        owner, id, \(ExpenseRow.said), created_at, updated_at, deleted_at)
                    VALUES (?, ?, \(ExpenseRow.places), ?, ?, ?)
                    """,
                    [.id(owner), .id(expense.id)] + ExpenseRow.values(of: expense) + [
                        .integer(deletedAt), .integer(deletedAt), .integer(deletedAt),
                    ])
            }
            for (expense, description) in live {
                try insert(expense, description, owner: owner, at: now)
            }
            counters.latest.note(Array(used.values))
            try totals.endAdding(live.map(\.expense), of: owner)
        }
    }

    /// Removes expenses for good, wherever they are. Returns how many were live.
    @discardableResult
    func discard(_ ids: [Expense.ID], owner: User.ID) throws -> Int {
        try counters.change(of: owner) { counters in
            var live = 0
            let hasRecorded = try connection.integer(
                "SELECT 1 FROM recorded_expenses WHERE owner = ? LIMIT 1", .id(owner))
            for id in ids {
                try connection.run(
                    "DELETE FROM import_originals WHERE owner = ? AND id = ?", .id(owner), .id(id))
                if hasRecorded != nil {
                    try connection.run(
                        "DELETE FROM recorded_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
                }
                if let expense = try find(id, owner: owner) {
                    try delete(expense, owner: owner, &counters)
                    live += 1
                    counters.expenses -= 1
                } else {
                    try connection.run(
                        "DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
                    counters.expenses -= Int64(connection.changes)
                }
            }
            return live
        }
    }

    /// Removes up to `limit` expenses for good whose numbers lie in the range: live ones, or else those in the bin. Returns
    /// how many.
    func discardSome(of owner: User.ID, in range: ClosedRange<Int64>, limit: Int) throws -> Int {
        func numbers(_ sql: StaticString) throws -> [Expense.ID] {
            try connection.statement(
                sql,
                [
                    .id(owner), .integer(range.lowerBound), .integer(range.upperBound), .integer(limit),
                ]
            ).rows { try $0.id(0) }
        }
        var found = try numbers("SELECT id FROM expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?")
        if found.isEmpty {
            found = try numbers(
                "SELECT id FROM deleted_expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?")
        }
        if !found.isEmpty { try discard(found, owner: owner) }
        return found.count
    }

    /// Whether the owner has no expense, also none in the bin.
    package func isEmpty(of owner: User.ID) throws -> Bool {
        try connection.integer(
            """
            SELECT EXISTS (SELECT 1 FROM expenses WHERE owner = ?1)
                OR EXISTS (SELECT 1 FROM deleted_expenses WHERE owner = ?1)
            """, .id(owner)) == 0
    }

    /// The expense in the category that takes the expenses of its own over, where that is being merged: so that a merge ends,
    /// and knows at its end that nothing is left.
    private func open(_ expense: Expense, owner: User.ID, _ counters: Counters) throws -> Expense {
        guard counters.merging > 0 else { return expense }
        var expense = expense
        expense.category = try CategoryStore(connection: connection).open(expense.category, owner: owner)
        return expense
    }

    private func insert(
        _ expense: Expense, owner: User.ID, at now: Int64, _ counters: inout Counters
    ) throws {
        let description = try descriptions.remember(of: expense, owner: owner, &counters)
        try insert(expense, description, owner: owner, at: now)
    }

    private func insert(_ expense: Expense, _ description: Int64, owner: User.ID, at now: Int64) throws {
        try connection.runWithCategory(
            """
            INSERT INTO expenses (owner, id, \(ExpenseRow.said), description_id, created_at, updated_at)
            VALUES (?, ?, \(ExpenseRow.places), ?, ?, ?)
            """,
            [.id(owner), .id(expense.id)] + ExpenseRow.values(of: expense) + [
                .integer(description), .integer(now), .integer(now),
            ])
    }

    private func delete(_ expense: Expense, owner: User.ID, _ counters: inout Counters) throws {
        try connection.run(
            "DELETE FROM expenses WHERE owner = ? AND day = ? AND id = ?", .id(owner), .day(expense.day),
            .id(expense.id))
        try descriptions.forget(of: expense, owner: owner, &counters)
    }
}
