package import Expenses
import SQL

/// What came of adding an expense.
package enum Insertion: Hashable, Sendable {
    case inserted(Expense.ID)
    /// The same form has added this expense before, whether or not it is still there.
    case repeated(Expense.ID)
    /// The same form has added this expense before, and said something else: nothing has been added.
    case formUsed(by: Expense.ID)

    package var id: Expense.ID {
        switch self {
        case .inserted(let id), .repeated(let id), .formUsed(let id): id
        }
    }
}

/// Each user's own expenses, and their bin. `AppError.notFound` also says that something is another user's.
package struct ExpenseStore {
    let connection: Connection
    let userQuota: Int

    /// A live expense.
    package func find(_ id: Expense.ID, owner: User.ID) throws -> Expense? {
        let statement = try connection.statement(
            "SELECT id, amount, category, day, description FROM expenses WHERE owner = ? AND id = ?",
            [.id(owner), .id(id)])
        return try statement.step() ? statement.expense() : nil
    }

    /// Adds an expense, once for each one-time id of a form that is given. `fingerprint`, a hash of what the form says,
    /// tells a form that is sent again from one that was changed in between; nil is taken for the same.
    /// Throws `AppError.notFound` where the category is not the owner's, and `AppError.quotaReached`.
    package func insert(
        _ draft: ExpenseDraft, owner: User.ID, form: String?, fingerprint: [UInt8]? = nil, at now: Int64
    ) throws -> Insertion {
        if let form, let earlier = try use(of: form, owner: owner, at: now) {
            let isSame =
                earlier.fingerprint == nil || fingerprint == nil || earlier.fingerprint == fingerprint
            return isSame ? .repeated(earlier.expense) : .formUsed(by: earlier.expense)
        }
        let expense = Expense(
            id: try takeNumbers(1, counting: 1, owner: owner), amount: draft.amount, category: draft.category,
            day: draft.day,
            description: draft.description)
        try insert(expense, owner: owner, createdAt: now)
        if let form { try remember(form, fingerprint, of: expense.id, owner: owner, at: now) }
        return .inserted(expense.id)
    }

    /// Throws `AppError.notFound` where the expense, or its category, is not the owner's.
    package func update(_ expense: Expense, owner: User.ID, at now: Int64) throws {
        guard let old = try find(expense.id, owner: owner) else { throw AppError.notFound }
        try expectCategory(expense.category, owner: owner)
        let description = try rememberDescription(of: expense, owner: owner)
        try connection.run(
            """
            UPDATE expenses
            SET day = ?, amount = ?, category = ?, description = ?, description_id = ?, updated_at = ?
            WHERE owner = ? AND day = ? AND id = ?
            """,
            .day(expense.day), .amount(expense.amount), .id(expense.category), .text(expense.description),
            .integer(description), .integer(now), .id(owner), .day(old.day), .id(old.id))
        try forgetDescription(of: old, owner: owner)
    }

    /// Moves an expense to the bin; one that is there already is returned as it is. Throws `AppError.notFound`.
    package func remove(_ id: Expense.ID, owner: User.ID, at now: Int64) throws -> Expense {
        guard let expense = try find(id, owner: owner) else {
            guard let deleted = try findDeleted(id, owner: owner) else { throw AppError.notFound }
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
        try forgetDescription(of: expense, owner: owner)
        return expense
    }

    /// Takes an expense out of the bin, under its old number; one that is live is returned as it is. Throws
    /// `AppError.notFound`.
    package func restore(_ id: Expense.ID, owner: User.ID) throws -> Expense {
        guard let expense = try findDeleted(id, owner: owner) else {
            guard let live = try find(id, owner: owner) else { throw AppError.notFound }
            return live
        }
        try connection.run(
            """
            INSERT INTO expenses (
                owner, id, day, amount, category, description, description_id, created_at, updated_at)
            SELECT owner, id, day, amount, category, description, ?, created_at, updated_at
            FROM deleted_expenses WHERE owner = ? AND id = ?
            """, .integer(try rememberDescription(of: expense, owner: owner)), .id(owner), .id(id))
        try connection.run("DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
        return expense
    }

    /// Up to `limit` of what was moved to the bin at `since` or later and comes after the cursor, the newest deletion
    /// first; nil begins with the newest. `next` is where the next page begins, nil on the last one.
    package func deleted(
        of owner: User.ID, since: Int64, after cursor: DeletedExpense.Cursor? = nil, limit: Int
    ) throws -> (expenses: [DeletedExpense], next: DeletedExpense.Cursor?) {
        let statement = try connection.statement(
            """
            SELECT id, amount, category, day, description, deleted_at FROM deleted_expenses
            WHERE owner = ? AND deleted_at >= ? AND deleted_at <= ? AND (deleted_at, id) < (?, ?)
            ORDER BY deleted_at DESC, id DESC LIMIT ?
            """,
            [
                .id(owner), .integer(since), .integer(cursor?.deletedAt ?? .max),
                .integer(cursor?.deletedAt ?? .max),
                .integer(cursor?.id.rawValue ?? .max), .integer(limit + 1),
            ])
        var expenses: [DeletedExpense] = []
        while try statement.step() {
            expenses.append(
                DeletedExpense(expense: try statement.expense(), deletedAt: try statement.integer(5)))
        }
        guard expenses.count > limit else { return (expenses, nil) }
        expenses.removeLast()
        return (
            expenses, expenses.last.map { DeletedExpense.Cursor(deletedAt: $0.deletedAt, id: $0.expense.id) }
        )
    }

    /// The first of that many numbers in a row, which no expense has had or will get: for expenses that the caller
    /// inserts. Throws `AppError.quotaReached` where the owner may not have so many, and `AppError.notFound` where there
    /// is no such user.
    package func reserve(_ count: Int, owner: User.ID) throws -> Expense.ID {
        try takeNumbers(count, counting: 0, owner: owner)
    }

    /// The same, and counts that many of them as being there.
    private func takeNumbers(_ count: Int, counting added: Int, owner: User.ID) throws -> Expense.ID {
        try connection.run(
            "UPDATE counters SET newest_expense = newest_expense + ?, expenses = expenses + ? WHERE owner = ?",
            .integer(count), .integer(added), .id(owner))
        let statement = try connection.statement(
            "SELECT newest_expense, expenses FROM counters WHERE owner = ?", [.id(owner)])
        guard try statement.step() else { throw AppError.notFound }
        guard try statement.integer(1) + Int64(count - added) <= userQuota else {
            throw AppError.quotaReached(most: userQuota)
        }
        return Expense.ID(try statement.integer(0) - Int64(count) + 1)
    }

    /// Keeps right how many expenses the owner has, those in the bin included.
    private func count(_ difference: Int, owner: User.ID) throws {
        try connection.run(
            "UPDATE counters SET expenses = expenses + ? WHERE owner = ?", .integer(difference), .id(owner))
    }

    /// Adds an expense under a number of `reserve`. Throws `AppError.notFound` where the category is not the owner's.
    package func insert(_ expense: Expense, owner: User.ID, at now: Int64) throws {
        try insert(expense, owner: owner, createdAt: now)
        try count(1, owner: owner)
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
        try count(1, owner: owner)
    }

    /// Removes an expense for good, wherever it is. Returns whether it was live.
    @discardableResult
    package func discard(_ id: Expense.ID, owner: User.ID) throws -> Bool {
        guard let expense = try find(id, owner: owner) else {
            try connection.run(
                "DELETE FROM deleted_expenses WHERE owner = ? AND id = ?", .id(owner), .id(id))
            if connection.changes == 1 { try count(-1, owner: owner) }
            return false
        }
        try connection.run(
            "DELETE FROM expenses WHERE owner = ? AND day = ? AND id = ?", .id(owner), .day(expense.day),
            .id(id))
        try forgetDescription(of: expense, owner: owner)
        try count(-1, owner: owner)
        return true
    }

    /// Whether the owner has no expense, also none in the bin.
    package func isEmpty(of owner: User.ID) throws -> Bool {
        try connection.integer(
            """
            SELECT EXISTS (SELECT 1 FROM expenses WHERE owner = ?1)
                OR EXISTS (SELECT 1 FROM deleted_expenses WHERE owner = ?1)
            """, .id(owner)) == 0
    }

    /// Up to `limit` expenses in the bin by their number, downwards from the one before `id`; nil begins at the highest.
    package func deleted(of owner: User.ID, before id: Expense.ID?, limit: Int) throws -> [DeletedExpense] {
        let statement = try connection.statement(
            """
            SELECT id, amount, category, day, description, deleted_at FROM deleted_expenses
            WHERE owner = ? AND id < ? ORDER BY id DESC LIMIT ?
            """, [.id(owner), .integer(id?.rawValue ?? .max), .integer(limit)])
        var expenses: [DeletedExpense] = []
        while try statement.step() {
            expenses.append(
                DeletedExpense(expense: try statement.expense(), deletedAt: try statement.integer(5)))
        }
        return expenses
    }

    /// An expense in the bin.
    package func findDeleted(_ id: Expense.ID, owner: User.ID) throws -> Expense? {
        let statement = try connection.statement(
            "SELECT id, amount, category, day, description FROM deleted_expenses WHERE owner = ? AND id = ?",
            [.id(owner), .id(id)])
        return try statement.step() ? statement.expense() : nil
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
            .text(expense.description), .integer(try rememberDescription(of: expense, owner: owner)),
            .integer(now), .integer(now))
    }

    private func expectCategory(_ id: Category.ID, owner: User.ID) throws {
        let found = try connection.integer(
            "SELECT 1 FROM categories WHERE owner = ? AND id = ?", .id(owner), .id(id))
        guard found != nil else { throw AppError.notFound }
    }
}
