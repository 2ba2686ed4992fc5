package import Expenses
import SQL

/// Each user's own imports. `AppError.notFound` also says that something is another user's.
package struct ImportStore {
    let connection: Connection
    var userQuota = Int.max
    var limits: StepLimits?

    /// Files of one user that wait to be added; the oldest make room for one more.
    package static let maxWaiting = 3
    /// How long a file waits, in seconds.
    package static let uploadLifetime: Int64 = 86_400
    /// Of the files of all users that wait, in bytes.
    package static let maxBytes: Int64 = 512 * 1024 * 1024
    /// Bytes that the smallest file counts for, so that there is a bound on the number of files too.
    package static let smallest: Int64 = 64 * 1024
    /// Layouts that are remembered of one user.
    private static let maxLayouts = 50
    /// Bytes that one write stores.
    package static let piece = 1024 * 1024
    /// Rows that one write stages.
    package static let rowsInAWrite = 250

    /// Begins a file of that many bytes; 0 for rows that come from no stored file, which take no place of one that waits.
    /// Where the files of all users take too much, the oldest files of whoever has most
    /// make room: they are gone at once for everybody, and their rows go in steps.
    package func begin(size: Int, owner: User.ID, at now: Int64) throws -> UploadedFile.ID {
        for id in try waiting(of: owner, areStored: size > 0).dropFirst(ImportStore.maxWaiting - 1) {
            try makeRoom(id, owner: owner)
        }
        while try bytesWaiting() + max(Int64(size), ImportStore.smallest) > ImportStore.maxBytes {
            guard let (holder, id) = try oldestOfLargestHolder() else { throw AppError.busy(retryAfter: 600) }
            try makeRoom(id, owner: holder)
        }
        let id = UploadedFile.ID(try CounterStore(connection: connection).next(.importedFile, of: owner))
        try connection.run(
            "INSERT INTO imports (owner, id, uploaded_at, size) VALUES (?, ?, ?, ?)", .id(owner), .id(id),
            .integer(now), .integer(size))
        return id
    }

    /// An owner's files that wait, the newest first.
    private func waiting(of owner: User.ID, areStored: Bool) throws -> [UploadedFile.ID] {
        try connection.statement(
            """
            SELECT id FROM imports WHERE owner = ? AND first IS NULL AND uploaded_at > 0 AND (size > 0) = (? > 0)
            ORDER BY id DESC
            """, [.id(owner), .integer(areStored ? 1 : 0)]
        ).rows { try $0.id(0) }
    }

    /// Out of an index of no more than `maxBytes / smallest` entries.
    private func bytesWaiting() throws -> Int64 {
        let byTime = connection.dialect.indexed(by: "imports_by_time")
        let statement = try connection.statement(
            composed: """
                SELECT CAST(coalesce(sum(CASE WHEN size < ? THEN ? ELSE size END), 0) AS BIGINT) FROM imports\(byTime)
                WHERE first IS NULL AND uploaded_at > 0
                """, [.integer(ImportStore.smallest), .integer(ImportStore.smallest)])
        return try statement.step() ? statement.integer(0) : 0
    }

    private func oldestOfLargestHolder() throws -> (User.ID, UploadedFile.ID)? {
        let byTime = connection.dialect.indexed(by: "imports_by_time")
        return try connection.statement(
            composed: """
                SELECT owner, min(id) FROM imports\(byTime) WHERE first IS NULL AND uploaded_at > 0
                GROUP BY owner ORDER BY sum(CASE WHEN size < ? THEN ? ELSE size END) DESC, min(uploaded_at) LIMIT 1
                """, [.integer(ImportStore.smallest), .integer(ImportStore.smallest)]
        ).first { try ($0.id(0), $0.id(1)) }
    }

    private func makeRoom(_ id: UploadedFile.ID, owner: User.ID) throws {
        try connection.run(
            "UPDATE imports SET uploaded_at = 0 WHERE owner = ? AND id = ? AND first IS NULL", .id(owner),
            .id(id))
        // Its owner may have begun to add it meanwhile, on another connection.
        if connection.changes > 0 { try longWrites.note(.undoImport(id), owner: owner) }
    }

    /// Adds the next piece. Throws `AppError.notFound` when the file has had to make room meanwhile.
    package func append(_ bytes: [UInt8], number: Int, to id: UploadedFile.ID, owner: User.ID) throws {
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        try connection.run(
            "INSERT INTO import_pieces (owner, import, number, bytes) VALUES (?, ?, ?, ?)", .id(owner),
            .id(id), .integer(number), .blob(bytes))
    }

    package func find(_ id: UploadedFile.ID, owner: User.ID) throws -> UploadedFile? {
        try connection.statement(
            """
            SELECT size, count, failure FROM imports
            WHERE owner = ? AND id = ? AND (first IS NOT NULL OR uploaded_at > 0)
            """, [.id(owner), .id(id)]
        ).first {
            try UploadedFile(
                id: id, size: Int($0.integer(0)),
                added: $0.isNull(1) ? nil : Int($0.integer(1)),
                failure: $0.isNull(2) ? nil : $0.text(2))
        }
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
        return try discardStaged(of: id, owner: owner, limit: limit, areCounted: false) > 0
    }

    /// The same, whatever has become of the import. Returns how many have gone. `areCounted`: among the owner's expenses, as
    /// from the beginning of adding them on.
    func discardStaged(
        of id: UploadedFile.ID, owner: User.ID, limit: Int, areCounted: Bool
    ) throws -> Int {
        let last = try connection.integer(
            """
            SELECT max(id) FROM (
                SELECT id FROM import_rows WHERE owner = ? AND import = ? ORDER BY id LIMIT ?) AS next
            """, .id(owner), .id(id), .integer(limit))
        guard let last else { return 0 }
        let sum = try connection.integer(
            """
            SELECT CAST(sum(amount) AS BIGINT) FROM import_rows WHERE owner = ? AND import = ? AND id <= ?
            """, .id(owner), .id(id), .integer(last))
        try connection.run(
            """
            DELETE FROM recorded_expenses WHERE owner = ?1 AND id IN (
                SELECT id FROM import_rows WHERE owner = ?1 AND import = ?2 AND id <= ?3)
            """, .id(owner), .id(id), .integer(last))
        try connection.run(
            "DELETE FROM import_rows WHERE owner = ? AND import = ? AND id <= ?", .id(owner), .id(id),
            .integer(last))
        let count = connection.changes
        try connection.run(
            "UPDATE imports SET staged = staged - ?, staged_sum = staged_sum - ? WHERE owner = ? AND id = ?",
            .integer(count), .integer(sum ?? 0), .id(owner), .id(id))
        if areCounted {
            try CounterStore(connection: connection).change(of: owner) { $0.expenses -= Int64(count) }
        }
        return count
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
        let categories = CategoryStore(connection: connection)
        let used = Set(rows.map(\.expense.category))
        connection.announce {
            _ = try find(id, owner: owner)
            for category in used {
                _ = try categories.find(category, owner: owner)
                _ = try categories.open(category, owner: owner)
            }
        }
        guard let file = try find(id, owner: owner), file.added == nil else { throw AppError.notFound }
        var taking: [Category.ID: Category.ID] = [:]
        for category in used {
            guard try categories.find(category, owner: owner) != nil else { throw AppError.notFound }
            taking[category] = try categories.open(category, owner: owner)
        }
        try insert(
            rows.map { row in
                var expense = row.expense
                expense.category = taking[expense.category] ?? expense.category
                return [.id(expense.id)] + ExpenseRow.values(of: expense) + [
                    row.deletedAt.map { .integer($0) } ?? .null, .text(row.original),
                ]
            }, for: id, owner: owner)
        let sum = rows.reduce(0) { $0 + $1.expense.amount.minorUnits }
        try connection.runAhead(
            "UPDATE imports SET staged = staged + ?, staged_sum = staged_sum + ? WHERE owner = ? AND id = ?",
            [.integer(rows.count), .integer(sum), .id(owner), .id(id)])
    }

    /// One row at a time is the fastest for a file; a server takes all of them at once.
    private func insert(_ rows: [[Value]], for id: UploadedFile.ID, owner: User.ID) throws {
        #if PostgreSQL
            if connection.dialect == .postgreSQL {
                let staged = ServerRows.ofExpenses(.integer, .text)
                return try connection.runAhead(
                    composed: """
                        INSERT INTO import_rows (owner, import, id, \(ExpenseRow.said), deleted_at, original)
                        SELECT CAST(? AS bigint), CAST(? AS bigint), * FROM \(staged.sql)
                        """, [.id(owner), .id(id)] + staged.values(rows))
            }
        #endif
        for row in rows {
            try connection.statement(
                composed: """
                    INSERT INTO import_rows (owner, import, id, \(ExpenseRow.said), deleted_at, original)
                    VALUES (?, ?, ?, \(ExpenseRow.places), ?, ?)
                    """, [.id(owner), .id(id)] + row
            ).run()
        }
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
            "UPDATE imports SET first = ?, count = ?, size = 0, failure = NULL WHERE owner = ? AND id = ?",
            .id(first),
            .integer(count), .id(owner), .id(id))
        try longWrites.begin(.addImport(id), owner: owner)
    }

    /// Whether so many rows are staged, under these numbers, and no others.
    private func isStaged(
        _ id: UploadedFile.ID, first: Int64, count: Int64, owner: User.ID
    ) throws -> Bool {
        let statement = try connection.statement(
            """
            SELECT staged,
                (SELECT id FROM import_rows WHERE owner = ?1 AND import = ?2 ORDER BY id LIMIT 1),
                (SELECT id FROM import_rows WHERE owner = ?1 AND import = ?2 ORDER BY id DESC LIMIT 1)
            FROM imports WHERE owner = ?1 AND id = ?2
            """, [.id(owner), .id(id)])
        guard try statement.step(), try statement.integer(0) == count, count > 0, !statement.isNull(1) else {
            return false
        }
        return try statement.integer(1) == first && statement.integer(2) == first + count - 1
    }

    /// How many rows of an import wait to be moved into the owner's expenses; nil where that is not under way.
    package func rest(of id: UploadedFile.ID, owner: User.ID) throws -> Int? {
        guard try longWrites.isUnderWay(.addImport(id), owner: owner) else { return nil }
        return Int(
            try connection.integer(
                "SELECT staged FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id)) ?? 0)
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
        try connection.statement(
            "SELECT choices FROM import_layouts WHERE owner = ? AND heading = ?",
            [.id(owner), .text(heading)]
        ).first { try $0.text(0) }
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
    /// Also one that is still being added, or cannot be. Throws `AppError.notFound`.
    package func undo(_ id: UploadedFile.ID, owner: User.ID) throws {
        guard try range(of: id, owner: owner) != nil else { throw AppError.notFound }
        try longWrites.finish(.addImport(id), owner: owner)
        try longWrites.finish(.takeBackImport(id), owner: owner)
        try longWrites.begin(.undoImport(id), owner: owner)
    }

    private var longWrites: LongWriteStore { LongWriteStore(connection: connection, limits: limits) }

    /// How many of an import's expenses are live, and how many of those were changed since. Throws `AppError.notFound`.
    package func remaining(of id: UploadedFile.ID, owner: User.ID) throws -> (live: Int, edited: Int) {
        guard let range = try range(of: id, owner: owner) else { throw AppError.notFound }
        let statement = try connection.statement(
            """
            SELECT count(*), count(*) FILTER (WHERE updated_at > created_at) FROM expenses
            WHERE owner = ? AND id BETWEEN ? AND ?
            """, [.id(owner), .integer(range.lowerBound), .integer(range.upperBound)])
        guard try statement.step() else { return (0, 0) }
        return (Int(try statement.integer(0)), Int(try statement.integer(1)))
    }

    /// The numbers of an import's expenses; nil for one that has not been begun to be added.
    func range(of id: UploadedFile.ID, owner: User.ID) throws -> ClosedRange<Int64>? {
        let statement = try connection.statement(
            "SELECT first, count FROM imports WHERE owner = ? AND id = ? AND first IS NOT NULL",
            [.id(owner), .id(id)])
        guard try statement.step(), try statement.integer(1) > 0 else { return nil }
        return try statement.integer(0)...statement.integer(0) + statement.integer(1) - 1
    }
}
