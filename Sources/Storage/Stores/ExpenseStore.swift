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
        let statement = try connection.statement(
            "SELECT id, amount, category, day, description FROM expenses WHERE owner = ? AND id = ?",
            [.id(owner), .id(id)])
        return try statement.step() ? statement.expense() : nil
    }

    /// The category of the expense that was entered last; nil when there is none.
    package func lastCategory(of owner: User.ID) throws -> Category.ID? {
        try connection.integer(
            "SELECT category FROM expenses WHERE owner = ? ORDER BY id DESC LIMIT 1", .id(owner)
        ).map { Category.ID($0) }
    }

    /// Adds an expense, once for each one-time id of a form that is given. `fingerprint`, a hash of what the form says,
    /// tells a form that is sent again from one that was changed in between; nil is taken for the same.
    /// Throws `AppError.notFound` where the category is not the owner's, and `AppError.quotaReached`.
    package func insert(
        _ draft: ExpenseDraft, owner: User.ID, form: String?, fingerprint: [UInt8]? = nil, at now: Int64
    ) throws -> Insertion {
        if let form, let earlier = try forms.use(of: form, owner: owner, at: now) {
            let isSame =
                earlier.fingerprint == nil || fingerprint == nil || earlier.fingerprint == fingerprint
            return isSame ? .repeated(earlier.expense) : .formUsed(by: earlier.expense)
        }
        let expense = Expense(
            id: try counters.nextExpenses(1, adding: 1, quota: userQuota, of: owner), amount: draft.amount,
            category: draft.category,
            day: draft.day,
            description: draft.description)
        try insert(expense, owner: owner, createdAt: now)
        if let form { try forms.remember(form, fingerprint, of: expense.id, owner: owner, at: now) }
        return .inserted(expense.id)
    }

    /// Throws `AppError.notFound` where the expense, or its category, is not the owner's.
    package func update(_ expense: Expense, owner: User.ID, at now: Int64) throws {
        guard let old = try find(expense.id, owner: owner) else { throw AppError.notFound }
        try expectCategory(expense.category, owner: owner)
        let description = try descriptions.remember(of: expense, owner: owner)
        try connection.run(
            """
            UPDATE expenses
            SET day = ?, amount = ?, category = ?, description = ?, description_id = ?, updated_at = ?
            WHERE owner = ? AND day = ? AND id = ?
            """,
            .day(expense.day), .amount(expense.amount), .id(expense.category), .text(expense.description),
            .integer(description), .integer(now), .id(owner), .day(old.day), .id(old.id))
        try descriptions.forget(of: old, owner: owner)
    }

    /// Moves an expense to the bin; one that is there already is returned as it is. Throws `AppError.notFound`.
    package func remove(_ id: Expense.ID, owner: User.ID, at now: Int64) throws -> Expense {
        guard let expense = try find(id, owner: owner) else {
            guard let deleted = try bin.find(id, owner: owner) else { throw AppError.notFound }
            return deleted
        }
        try connection.run(
            """
            INSERT INTO deleted_expenses (
                owner, id, day, amount, category, description, created_at, updated_at, deleted_at)
            SELECT owner, id, day, amount, category, description, created_at, updated_at, ?
            FROM expenses WHERE owner = ? AND id = ?
            """, .integer(now), .id(owner), .id(id))
        try connection.run(
            "DELETE FROM expenses WHERE owner = ? AND day = ? AND id = ?", .id(owner), .day(expense.day),
            .id(id))
        try descriptions.forget(of: expense, owner: owner)
        return expense
    }

    /// Takes an expense out of the bin, under its old number; one that is live is returned as it is. Throws
    /// `AppError.notFound`.
    package func restore(_ id: Expense.ID, owner: User.ID) throws -> Expense {
        guard let expense = try bin.find(id, owner: owner) else {
            guard let live = try find(id, owner: owner) else { throw AppError.notFound }
            return live
        }
        try connection.run(
            """
            INSERT INTO expenses (
                owner, id, day, amount, category, description, description_id, created_at, updated_at)
            SELECT owner, id, day, amount, category, description, ?, created_at, updated_at
            FROM deleted_expenses WHERE owner = ? AND id = ?
            """, .integer(try descriptions.remember(of: expense, owner: owner)), .id(owner), .id(id))
        try connection.run("DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return expense
    }

    /// The first of that many numbers in a row, which no expense has had or will get: for expenses that the caller
    /// inserts. Throws `AppError.quotaReached` where the owner may not have so many, and `AppError.notFound` where there
    /// is no such user.
    package func reserve(_ count: Int, owner: User.ID) throws -> Expense.ID {
        try counters.nextExpenses(count, adding: 0, quota: userQuota, of: owner)
    }

    /// Adds an expense under a number of `reserve`. Throws `AppError.notFound` where the category is not the owner's.
    package func insert(_ expense: Expense, owner: User.ID, at now: Int64) throws {
        try insert(expense, owner: owner, createdAt: now)
        try counters.addExpenses(1, of: owner)
    }

    /// The same for an expense that is to lie in the bin.
    package func insert(_ deleted: DeletedExpense, owner: User.ID) throws {
        let expense = deleted.expense
        try expectCategory(expense.category, owner: owner)
        try connection.run(
            """
            INSERT INTO deleted_expenses (
                owner, id, day, amount, category, description, created_at, updated_at, deleted_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7)
            """,
            .id(owner), .id(expense.id), .day(expense.day), .amount(expense.amount), .id(expense.category),
            .text(expense.description), .integer(deleted.deletedAt))
        try counters.addExpenses(1, of: owner)
    }

    /// Removes an expense for good, wherever it is. Returns whether it was live.
    @discardableResult
    package func discard(_ id: Expense.ID, owner: User.ID) throws -> Bool {
        guard let expense = try find(id, owner: owner) else {
            try connection.run(
                "DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
            if connection.changes == 1 { try counters.addExpenses(-1, of: owner) }
            return false
        }
        try connection.run(
            "DELETE FROM expenses WHERE owner = ? AND day = ? AND id = ?", .id(owner), .day(expense.day),
            .id(id))
        try descriptions.forget(of: expense, owner: owner)
        try counters.addExpenses(-1, of: owner)
        return true
    }

    /// Removes up to `limit` expenses for good whose numbers lie in the range: live ones, or else those in the bin. Returns
    /// how many.
    func discardSome(of owner: User.ID, in range: ClosedRange<Int64>, limit: Int) throws -> Int {
        func numbers(_ sql: StaticString) throws -> [Expense.ID] {
            let statement = try connection.statement(
                sql,
                [
                    .id(owner), .integer(range.lowerBound), .integer(range.upperBound), .integer(limit),
                ])
            var numbers: [Expense.ID] = []
            while try statement.step() { numbers.append(try statement.id(0)) }
            return numbers
        }
        var found = try numbers("SELECT id FROM expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?")
        if found.isEmpty {
            found = try numbers(
                "SELECT id FROM deleted_expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?")
        }
        for id in found { try discard(id, owner: owner) }
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

    private func insert(_ expense: Expense, owner: User.ID, createdAt now: Int64) throws {
        try expectCategory(expense.category, owner: owner)
        try connection.run(
            """
            INSERT INTO expenses (
                owner, id, day, amount, category, description, description_id, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .id(owner), .id(expense.id), .day(expense.day), .amount(expense.amount), .id(expense.category),
            .text(expense.description), .integer(try descriptions.remember(of: expense, owner: owner)),
            .integer(now), .integer(now))
    }

    private func expectCategory(_ id: Category.ID, owner: User.ID) throws {
        let found = try connection.integer(
            "SELECT 1 FROM categories WHERE owner = ? AND id = ?", .id(owner), .id(id))
        guard found != nil else { throw AppError.notFound }
    }
}
