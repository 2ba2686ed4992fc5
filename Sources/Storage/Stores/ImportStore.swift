package import Expenses
import SQL

/// Each user's own imports. `AppError.notFound` also says that something is another user's.
package struct ImportStore {
    let connection: Connection
    var userQuota = Int.max

    /// Files of one user that wait to be added; the oldest makes room for one more.
    package static let maxWaiting = 3
    /// How long a file waits, in seconds.
    package static let uploadLifetime: Int64 = 86_400
    /// Of the files of all users, in bytes.
    private static let maxBytes = 512 * 1024 * 1024
    /// Layouts that are remembered of one user.
    private static let maxLayouts = 50
    /// Bytes that one write stores.
    package static let piece = 1024 * 1024

    /// Begins a file of that many bytes; 0 for rows that come from no stored file, which take no place of one that waits.
    /// Throws `AppError.busy` while the files of all users take too much.
    package func begin(size: Int, owner: User.ID, at now: Int64) throws -> UploadedFile.ID {
        try connection.run(
            """
            DELETE FROM imports WHERE owner = ?1 AND first IS NULL AND (size = 0) = (?3 = 0) AND id NOT IN (
                SELECT id FROM imports WHERE owner = ?1 AND first IS NULL AND (size = 0) = (?3 = 0)
                ORDER BY id DESC LIMIT ?2)
            """, .id(owner), .integer(ImportStore.maxWaiting - 1), .integer(size))
        let waiting = try connection.integer(
            "SELECT CAST(sum(size) AS BIGINT) FROM imports WHERE first IS NULL")
        guard (waiting ?? 0) + Int64(size) <= ImportStore.maxBytes else {
            throw AppError.busy(retryAfter: 600)
        }
        let id = UploadedFile.ID(try CounterStore(connection: connection).next(.importedFile, of: owner))
        try connection.run(
            "INSERT INTO imports (owner, id, uploaded_at, size) VALUES (?, ?, ?, ?)", .id(owner), .id(id),
            .integer(now), .integer(size))
        return id
    }

    /// Adds the next piece. Throws `AppError.notFound` when the file has had to make room meanwhile.
    package func append(_ bytes: [UInt8], number: Int, to id: UploadedFile.ID, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run(
            "INSERT INTO import_pieces (owner, import, number, bytes) VALUES (?, ?, ?, ?)", .id(owner),
            .id(id), .integer(number), .blob(bytes))
    }

    package func find(_ id: UploadedFile.ID, owner: User.ID) throws -> UploadedFile? {
        let statement = try connection.statement(
            "SELECT size, count FROM imports WHERE owner = ? AND id = ?", [.id(owner), .id(id)])
        guard try statement.step() else { return nil }
        return UploadedFile(
            id: id, size: Int(try statement.integer(0)),
            added: statement.isNull(1) ? nil : Int(try statement.integer(1)))
    }

    /// All bytes of a file that waits. Throws `AppError.notFound`, also where some are missing.
    package func bytes(of id: UploadedFile.ID, owner: User.ID) throws -> [UInt8] {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        let statement = try connection.statement(
            "SELECT bytes FROM import_pieces WHERE owner = ? AND import = ? ORDER BY number",
            [.id(owner), .id(id)])
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.size)
        while try statement.step() { bytes += try statement.blob(0) }
        guard bytes.count == file.size else { throw AppError.notFound }
        return bytes
    }

    /// Forgets up to `limit` rows that were staged by an attempt that came to no end. Returns whether any was left.
    package func discardRows(of id: UploadedFile.ID, owner: User.ID, limit: Int) throws -> Bool {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run(
            """
            DELETE FROM import_rows WHERE owner = ?1 AND import = ?2 AND id IN (
                SELECT id FROM import_rows WHERE owner = ?1 AND import = ?2 LIMIT ?3)
            """, .id(owner), .id(id), .integer(limit))
        return connection.changes > 0
    }

    /// Stages rows, whose numbers `ExpenseStore.reserve` has given. Nobody sees them yet. Throws
    /// `AppError.notFound`, also where a category has gone meanwhile.
    package func stage(_ expenses: [Expense], for id: UploadedFile.ID, owner: User.ID) throws {
        try stage(expenses.map { ($0, nil, nil) }, for: id, owner: owner)
    }

    /// The same, with each description as the file says it: by that the expense is known again, however it is changed.
    package func stage(
        _ rows: [(expense: Expense, original: String)], for id: UploadedFile.ID, owner: User.ID
    ) throws {
        try stage(rows.map { ($0.expense, nil, $0.original) }, for: id, owner: owner)
    }

    /// The same for rows that are to lie in the bin.
    package func stage(_ deleted: [DeletedExpense], for id: UploadedFile.ID, owner: User.ID) throws {
        try stage(deleted.map { ($0.expense, $0.deletedAt, nil) }, for: id, owner: owner)
    }

    private func stage(
        _ rows: [(expense: Expense, deletedAt: Int64?, original: String?)], for id: UploadedFile.ID,
        owner: User.ID
    ) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        let categories = CategoryStore(connection: connection)
        for category in Set(rows.map(\.expense.category)) {
            guard try categories.find(category, owner: owner) != nil else { throw AppError.notFound }
        }
        // One row at a time is the fastest for a file; a server is waited for with each statement.
        guard connection.dialect == .postgreSQL else {
            for row in rows {
                try stage([row], for: id, owner: owner, "(?, ?, ?, \(ExpenseRow.places), ?, ?)")
            }
            return
        }
        let places = "(?, ?, ?, \(ExpenseRow.places), CAST(? AS BIGINT), CAST(? AS TEXT))"
        for start in stride(from: 0, to: rows.count, by: ImportStore.rowsPerStatement) {
            let some = rows[start..<min(start + ImportStore.rowsPerStatement, rows.count)]
            try stage(
                some, for: id, owner: owner,
                repeatElement(places, count: some.count).joined(separator: ", "))
        }
    }

    private static let rowsPerStatement = 250

    private func stage(
        _ rows: ArraySlice<(expense: Expense, deletedAt: Int64?, original: String?)>, for id: UploadedFile.ID,
        owner: User.ID, _ places: String
    ) throws {
        try connection.statement(
            composed: """
                INSERT INTO import_rows (owner, import, id, \(ExpenseRow.said), deleted_at, original)
                VALUES \(places)
                """,
            rows.flatMap { expense, deletedAt, original in
                [.id(owner), .id(id), .id(expense.id)] + ExpenseRow.values(of: expense) + [
                    deletedAt.map { .integer($0) } ?? .null, original.map { .text($0) } ?? .null,
                ]
            }
        ).run()
    }

    /// Begins to move everything staged into the owner's expenses: from now on that happens by itself, and once.
    /// `count` rows have been staged, the first under the number `first`. Throws `AppError.notFound`, `AppError.busy` where
    /// other rows are staged (another copy of the program adds the file too), and `AppError.quotaReached` where expenses or
    /// another import have come before it.
    package func add(_ id: UploadedFile.ID, first: Expense.ID, count: Int, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        guard try isStaged(id, first: first.rawValue, count: Int64(count), owner: owner) else {
            throw AppError.busy(retryAfter: 5)
        }
        try CounterStore(connection: connection).change(of: owner) { counters in
            guard counters.expenses + Int64(count) <= userQuota else {
                throw AppError.quotaReached(most: userQuota)
            }
            counters.expenses += Int64(count)
        }
        try connection.run(
            "UPDATE imports SET first = ?, count = ?, size = 0 WHERE owner = ? AND id = ?", .id(first),
            .integer(count), .id(owner), .id(id))
        try longWrites.begin(.addImport(id), owner: owner)
    }

    /// Whether so many rows are staged, under these numbers, and no others.
    private func isStaged(
        _ id: UploadedFile.ID, first: Int64, count: Int64, owner: User.ID
    ) throws -> Bool {
        let statement = try connection.statement(
            "SELECT count(*), min(id), max(id) FROM import_rows WHERE owner = ? AND import = ?",
            [.id(owner), .id(id)])
        guard try statement.step(), try statement.integer(0) == count, count > 0 else { return false }
        return try statement.integer(1) == first && statement.integer(2) == first + count - 1
    }

    /// How many rows of an import wait to be moved into the owner's expenses; nil where that is not under way. Counts them,
    /// so not on an event loop.
    package func rest(of id: UploadedFile.ID, owner: User.ID) throws -> Int? {
        guard try longWrites.isUnderWay(.addImport(id), owner: owner) else { return nil }
        return Int(
            try connection.integer(
                "SELECT count(*) FROM import_rows WHERE owner = ? AND import = ?", .id(owner), .id(id)) ?? 0)
    }

    /// Calls `body` with everything that files have said of the owner's expenses, of those days: with the expense's number,
    /// and whether it is in the bin. Reads all that files have ever said: not on an event loop.
    package func forEachOriginal(
        of owner: User.ID, from first: Day, through last: Day,
        _ body: (_ id: Expense.ID, _ key: DuplicateKey, _ isDeleted: Bool) throws -> Void
    ) throws {
        let statement = try connection.statement(
            """
            SELECT said.id, said.day, said.amount, said.text, deleted_at
            FROM import_originals AS said
                LEFT JOIN deleted_expenses AS bin ON bin.owner = said.owner AND bin.id = said.id
            WHERE said.owner = ? AND said.day BETWEEN ? AND ?
            """, [.id(owner), .day(first), .day(last)])
        while try statement.step() {
            let key = DuplicateKey(
                day: try statement.day(1), amount: try statement.amount(2), text: try statement.text(3))
            try body(try statement.id(0), key, !statement.isNull(4))
        }
    }

    /// Whether the reading of any file was put right.
    package func hasLayouts(of owner: User.ID) throws -> Bool {
        try connection.integer("SELECT 1 FROM import_layouts WHERE owner = ? LIMIT 1", .id(owner)) != nil
    }

    /// How files with these names of columns are read, where that was put right; nil where it was not.
    package func layout(_ heading: String, of owner: User.ID) throws -> String? {
        let statement = try connection.statement(
            "SELECT choices FROM import_layouts WHERE owner = ? AND heading = ?",
            [.id(owner), .text(heading)])
        return try statement.step() ? statement.text(0) : nil
    }

    /// Keeps how files with these names of columns are read, or, with nothing in `choices`, forgets it. Of a user who has
    /// `maxLayouts`, the oldest goes.
    package func remember(_ choices: String, for heading: String, owner: User.ID, at now: Int64) throws {
        try connection.run(
            "DELETE FROM import_layouts WHERE owner = ? AND heading = ?", .id(owner), .text(heading))
        guard !choices.isEmpty else { return }
        let count = try connection.integer("SELECT count(*) FROM import_layouts WHERE owner = ?", .id(owner))
        if count ?? 0 >= Int64(ImportStore.maxLayouts) {
            try connection.run(
                """
                DELETE FROM import_layouts WHERE owner = ?1
                    AND used_at = (SELECT min(used_at) FROM import_layouts WHERE owner = ?1)
                """, .id(owner))
        }
        try connection.run(
            "INSERT INTO import_layouts (owner, heading, choices, used_at) VALUES (?, ?, ?, ?)", .id(owner),
            .text(heading), .text(choices), .integer(now))
    }

    /// Begins to take an import back: its expenses go for good, edited or in the bin or not, and nothing else does.
    /// Throws `AppError.notFound`, and `AppError.busy` while it is being added.
    package func undo(_ id: UploadedFile.ID, owner: User.ID) throws {
        _ = try range(of: id, owner: owner)
        guard try !longWrites.isUnderWay(.addImport(id), owner: owner) else {
            throw AppError.busy(retryAfter: 5)
        }
        try longWrites.begin(.undoImport(id), owner: owner)
    }

    private var longWrites: LongWriteStore { LongWriteStore(connection: connection) }

    /// How many of an import's expenses are live, and how many of those were changed since. Throws `AppError.notFound`.
    package func remaining(of id: UploadedFile.ID, owner: User.ID) throws -> (live: Int, edited: Int) {
        let range = try range(of: id, owner: owner)
        let statement = try connection.statement(
            """
            SELECT count(*), count(*) FILTER (WHERE updated_at > created_at) FROM expenses
            WHERE owner = ? AND id BETWEEN ? AND ?
            """, [.id(owner), .integer(range.lowerBound), .integer(range.upperBound)])
        guard try statement.step() else { return (0, 0) }
        return (Int(try statement.integer(0)), Int(try statement.integer(1)))
    }

    /// The numbers of an import's expenses.
    func range(of id: UploadedFile.ID, owner: User.ID) throws -> ClosedRange<Int64> {
        let statement = try connection.statement(
            "SELECT first, count FROM imports WHERE owner = ? AND id = ? AND first IS NOT NULL",
            [.id(owner), .id(id)])
        guard try statement.step(), try statement.integer(1) > 0 else { throw AppError.notFound }
        return try statement.integer(0)...statement.integer(0) + statement.integer(1) - 1
    }
}
