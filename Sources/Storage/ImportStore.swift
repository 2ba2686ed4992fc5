package import Expenses
import SQLite

/// A file that was uploaded to be imported.
package struct UploadedFile: Hashable, Sendable {
    package typealias ID = Identifier<UploadedFile>

    package let id: ID
    /// In bytes; 0 when they are gone.
    package let size: Int
    /// How many expenses it has added; nil while it has not been.
    package let added: Int?
}

/// Each user's own imports. `AppError.notFound` also says that something is another user's.
package struct ImportStore {
    let connection: Connection

    /// Files of one user that wait to be added; the oldest makes room for one more.
    package static let mostWaiting = 3
    /// How long a file waits, in seconds.
    package static let patience: Int64 = 86_400
    /// Of the files of all users, in bytes.
    private static let mostBytes = 512 * 1024 * 1024
    /// Bytes that one write stores.
    package static let piece = 1024 * 1024

    /// Begins a file of that many bytes. Throws `AppError.busy` while the files of all users take too much.
    package func begin(size: Int, owner: User.ID, at now: Int64) throws -> UploadedFile.ID {
        try connection.run(
            """
            DELETE FROM imports WHERE id IN (
                SELECT id FROM imports WHERE first IS NULL AND uploaded_at < ? ORDER BY uploaded_at LIMIT 2)
            """, .integer(now - ImportStore.patience))
        try connection.run(
            """
            DELETE FROM imports WHERE owner = ?1 AND first IS NULL AND id NOT IN (
                SELECT id FROM imports WHERE owner = ?1 AND first IS NULL ORDER BY id DESC LIMIT ?2)
            """, .id(owner), .integer(Int64(ImportStore.mostWaiting - 1)))
        let waiting = try connection.integer("SELECT sum(size) FROM imports WHERE first IS NULL") ?? 0
        guard waiting + Int64(size) <= ImportStore.mostBytes else { throw AppError.busy(retryAfter: 600) }
        try connection.run(
            "INSERT INTO imports (owner, uploaded_at, size) VALUES (?, ?, ?)", .id(owner), .integer(now),
            .integer(Int64(size)))
        return UploadedFile.ID(connection.lastInsertedRow)
    }

    /// Adds the next piece. Throws `AppError.notFound` when the file has had to make room meanwhile.
    package func append(_ bytes: [UInt8], number: Int, to id: UploadedFile.ID, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run(
            "INSERT INTO import_pieces (import, number, bytes) VALUES (?, ?, ?)", .id(id),
            .integer(Int64(number)),
            .blob(bytes))
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
            "SELECT bytes FROM import_pieces WHERE import = ? ORDER BY number", [.id(id)])
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.size)
        while try statement.step() { bytes += try statement.blob(0) }
        guard bytes.count == file.size else { throw AppError.notFound }
        return bytes
    }

    /// Forgets rows that were staged by an attempt that came to no end.
    package func discardRows(of id: UploadedFile.ID, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run("DELETE FROM import_rows WHERE import = ?", .id(id))
    }

    /// Stages rows, whose numbers `ExpenseStore.reserve` has given. Nobody sees them yet.
    package func stage(_ expenses: [Expense], for id: UploadedFile.ID, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        for expense in expenses {
            try connection.run(
                """
                INSERT INTO import_rows (import, day, id, amount, category, description, key)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                .id(id), .day(expense.day), .id(expense.id), .amount(expense.amount), .id(expense.category),
                .text(expense.description),
                ExpenseStore.suggestionKey(expense.description).map { .text($0) } ?? .null)
        }
    }

    /// Moves everything staged into the owner's expenses: all at once, and once.
    package func add(_ id: UploadedFile.ID, first: Expense.ID, count: Int, owner: User.ID, at now: Int64)
        throws
    {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run(
            """
            INSERT INTO expenses (owner, day, id, amount, category, description, created_at, updated_at)
            SELECT ?1, day, id, amount, category, description, ?2, ?2 FROM import_rows WHERE import = ?3
            ORDER BY day, id
            """, .id(owner), .integer(now), .id(id))
        guard connection.changes == count else { throw AppError.notFound }
        // Text and category are those of the row with the highest number: SQLite takes them from the row of max().
        try connection.run(
            """
            INSERT INTO descriptions (owner, key, text, category, uses, newest)
            SELECT ?1, key, description, category, count(*), max(id) FROM import_rows
            WHERE import = ?2 AND key IS NOT NULL GROUP BY key
            ON CONFLICT DO UPDATE SET uses = uses + excluded.uses, newest = max(newest, excluded.newest),
                text = iif(excluded.newest >= newest, excluded.text, text),
                category = iif(excluded.newest >= newest, excluded.category, category)
            """, .id(owner), .id(id))
        try connection.run(
            "UPDATE imports SET first = ?, count = ?, size = 0 WHERE id = ?", .id(first),
            .integer(Int64(count)), .id(id))
    }

    /// Removes up to `limit` staged rows of a file, and then its bytes. Returns whether anything was left.
    package func cleanUp(_ id: UploadedFile.ID, owner: User.ID, limit: Int) throws -> Bool {
        guard try find(id, owner: owner) != nil else { return false }
        try connection.run(
            """
            DELETE FROM import_rows WHERE (import, day, id) IN (
                SELECT import, day, id FROM import_rows WHERE import = ? LIMIT ?)
            """, .id(id), .integer(Int64(limit)))
        if connection.changes > 0 { return true }
        try connection.run("DELETE FROM import_pieces WHERE import = ?", .id(id))
        return false
    }

    /// How many of an import's expenses are live, and how many of those were changed since. Throws `AppError.notFound`.
    package func remaining(of id: UploadedFile.ID, owner: User.ID) throws -> (live: Int, edited: Int) {
        let range = try range(of: id, owner: owner)
        let statement = try connection.statement(
            """
            SELECT count(*), coalesce(sum(updated_at > created_at), 0) FROM expenses
            WHERE owner = ? AND id BETWEEN ? AND ?
            """, [.id(owner), .integer(range.lowerBound), .integer(range.upperBound)])
        guard try statement.step() else { return (0, 0) }
        return (Int(try statement.integer(0)), Int(try statement.integer(1)))
    }

    /// Takes an import back: its expenses go for good, edited or in the bin or not, and nothing else does. Returns how
    /// many were in the list. Throws `AppError.notFound`.
    package func undo(_ id: UploadedFile.ID, owner: User.ID) throws -> Int {
        let range = try range(of: id, owner: owner)
        let bounds: (Value, Value) = (.integer(range.lowerBound), .integer(range.upperBound))
        var uses: [String: Int64] = [:]
        let statement = try connection.statement(
            "SELECT description FROM expenses WHERE owner = ? AND id BETWEEN ? AND ?",
            [.id(owner), bounds.0, bounds.1])
        while try statement.step() {
            guard let key = ExpenseStore.suggestionKey(try statement.text(0)) else { continue }
            uses[key, default: 0] += 1
        }
        for (key, count) in uses {
            try connection.run(
                "DELETE FROM descriptions WHERE owner = ? AND key = ? AND uses <= ?", .id(owner), .text(key),
                .integer(count))
            try connection.run(
                "UPDATE descriptions SET uses = uses - ? WHERE owner = ? AND key = ?", .integer(count),
                .id(owner),
                .text(key))
        }
        try connection.run(
            "DELETE FROM expenses WHERE owner = ? AND id BETWEEN ? AND ?", .id(owner), bounds.0, bounds.1)
        let removed = connection.changes
        try connection.run(
            "DELETE FROM deleted_expenses WHERE owner = ? AND id BETWEEN ? AND ?", .id(owner), bounds.0,
            bounds.1)
        try connection.run("DELETE FROM imports WHERE id = ?", .id(id))
        return removed
    }

    /// The numbers of an import's expenses.
    private func range(of id: UploadedFile.ID, owner: User.ID) throws -> ClosedRange<Int64> {
        let statement = try connection.statement(
            "SELECT first, count FROM imports WHERE owner = ? AND id = ? AND first IS NOT NULL",
            [.id(owner), .id(id)])
        guard try statement.step(), try statement.integer(1) > 0 else { throw AppError.notFound }
        return try statement.integer(0)...statement.integer(0) + statement.integer(1) - 1
    }
}
