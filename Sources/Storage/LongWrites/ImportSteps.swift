import Expenses
import SQL

/// Adds an import's rows to the owner's expenses, or takes them back, a few at a time.
struct ImportSteps {
    let connection: Connection
    let id: UploadedFile.ID
    let owner: User.ID

    /// Rows are missing, or changed: those that came are others than those that were staged.
    struct NotWhole: Error, CustomStringConvertible {
        let description = "rows that were staged are gone, or others than they were"
    }

    /// Adds up to so many rows. Throws `NotWhole` after the last one.
    func add(_ most: Int) throws -> LongWriteStore.Progress {
        connection.announce {
            _ = try nextRows(most)
            _ = try uploadedAt()
        }
        let rows = try nextRows(most)
        if let last = rows.last?.expense.id {
            try ExpenseStore(connection: connection).insertCounted(rows, owner: owner, at: uploadedAt())
            try connection.runAhead(
                """
                INSERT INTO import_originals (owner, id, day, amount, text)
                SELECT owner, id, day, amount, original FROM import_rows
                WHERE owner = ? AND import = ? AND id <= ? AND original IS NOT NULL
                """, [.id(owner), .id(id), .id(last)])
            try connection.runAhead(
                "DELETE FROM import_rows WHERE owner = ? AND import = ? AND id <= ?",
                [.id(owner), .id(id), .id(last)])
            let sum = rows.reduce(0) { $0 + $1.expense.amount.minorUnits }
            try connection.runAhead(
                "UPDATE imports SET staged = staged - ?, staged_sum = staged_sum - ? WHERE owner = ? AND id = ?",
                [.integer(rows.count), .integer(sum), .id(owner), .id(id)])
            return .rows(rows.count)
        }
        let isWhole = try connection.integer(
            "SELECT 1 FROM imports WHERE owner = ? AND id = ? AND staged = 0 AND staged_sum = 0", .id(owner),
            .id(id))
        guard isWhole != nil else { throw NotWhole() }
        return try removePiece() ? .rows(LongWriteStore.batch) : .end
    }

    private func uploadedAt() throws -> Int64 {
        try connection.integer(
            "SELECT uploaded_at FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id)) ?? 0
    }

    /// Of the file. Returns false when none is left.
    private func removePiece() throws -> Bool {
        try connection.run(
            """
            DELETE FROM import_pieces WHERE owner = ?1 AND import = ?2 AND number IN (
                SELECT number FROM import_pieces WHERE owner = ?1 AND import = ?2 LIMIT 1)
            """, .id(owner), .id(id))
        return connection.changes > 0
    }

    private func nextRows(_ most: Int) throws -> [(expense: Expense, deletedAt: Int64?)] {
        try connection.statement(
            composed: """
                SELECT \(ExpenseRow.columns), deleted_at FROM import_rows
                WHERE owner = ? AND import = ? ORDER BY id LIMIT ?
                """, [.id(owner), .id(id), .integer(most)]
        ).rows {
            let isDeleted = !$0.isNull(ExpenseRow.columnCount)
            return (try $0.expense(), isDeleted ? try $0.integer(ExpenseRow.columnCount) : nil)
        }
    }

    /// Rows that were staged and are not there are no expenses of the owner's either.
    private func forgetMissing() throws {
        let missing = try connection.integer(
            "SELECT staged FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        guard let missing, missing != 0 else { return }
        try CounterStore(connection: connection).change(of: owner) { $0.expenses -= missing }
    }

    /// What takes room and has nothing to do with anything else goes first: there is room for the rest then, also where
    /// there is none otherwise. `keepsFile`: the file stays, and waits to be added.
    func undo(keepsFile: Bool) throws -> LongWriteStore.Progress {
        if !keepsFile, try removePiece() { return .rows(LongWriteStore.batch) }
        let imports = ImportStore(connection: connection)
        let range = try imports.range(of: id, owner: owner)
        let staged = try imports.discardStaged(
            of: id, owner: owner, limit: LongWriteStore.largeBatch, areCounted: range != nil)
        if staged > 0 { return .rows(staged) }
        if let range {
            let count = try ExpenseStore(connection: connection).discardSome(
                of: owner, in: range, limit: LongWriteStore.batch)
            if count > 0 { return .rows(count) }
            try forgetMissing()
        }
        if keepsFile {
            try connection.run(
                """
                UPDATE imports SET first = NULL, count = NULL, staged = 0, staged_sum = 0, size = (
                    SELECT coalesce(sum(length(bytes)), 0) FROM import_pieces WHERE owner = ?1 AND import = ?2)
                WHERE owner = ?1 AND id = ?2
                """, .id(owner), .id(id))
        } else {
            try connection.run("DELETE FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        }
        return .end
    }
}
