import Expenses
import SQL

/// Moves all that is in a category to another one, a few rows at a time, and removes it. Goes through the expenses by day
/// and number, the rows of imports by import and number, the bin, and the descriptions.
struct MergeSteps {
    let connection: Connection
    let category: Category.ID
    let target: Category.ID
    let owner: User.ID

    private typealias Place = LongWriteStore.Place
    private var longWrites: LongWriteStore { LongWriteStore(connection: connection) }

    /// Returns false when the category is gone.
    func move() throws -> Bool {
        let write = LongWrite.mergeCategory(category, into: target)
        let place = try longWrites.place(of: write, owner: owner)
        let next: Place?
        switch place.phase {
        case 0: next = try moveExpenses(after: place)
        case 1: next = try moveStaged(after: place)
        case 2: next = try moveDeleted(after: place)
        case 3: next = try moveDescriptions(after: place)
        default:
            guard try !isEmpty() else {
                try connection.run(
                    "DELETE FROM categories WHERE owner = ? AND id = ?", .id(owner), .id(category))
                return false
            }
            // Something has been added to it, or deleted in it, meanwhile.
            next = Place(phase: 0)
        }
        try longWrites.set(next ?? Place(phase: place.phase + 1), of: write, owner: owner)
        return true
    }

    /// Whether nothing refers to the category. Scans the owner's bin and staged rows: those staged during the merge are
    /// moved too.
    private func isEmpty() throws -> Bool {
        try connection.integer(
            """
            SELECT EXISTS (
                SELECT 1 FROM current_totals WHERE owner = ?1 AND span = 0 AND period = 0 AND category = ?2)
                OR EXISTS (SELECT 1 FROM deleted_expenses WHERE owner = ?1 AND category = ?2)
                OR EXISTS (SELECT 1 FROM import_rows WHERE owner = ?1 AND category = ?2)
            """, .id(owner), .id(category)) == 0
    }

    /// Returns where to go on; nil at the end.
    private func moveExpenses(after place: Place) throws -> Place? {
        let isEmpty =
            try connection.integer(
                "SELECT 1 FROM current_totals WHERE owner = ? AND span = 0 AND period = 0 AND category = ?",
                .id(owner), .id(category)) == nil
        if isEmpty { return nil }
        var next = place
        var found: [(day: Int64, id: Int64)] = []
        var count = 0
        do {
            let statement = try connection.statement(
                """
                SELECT day, id, category FROM expenses WHERE owner = ? AND day >= ? AND (day, id) > (?, ?)
                ORDER BY day, id LIMIT ?
                """,
                [
                    .id(owner), .integer(place.first), .integer(place.first), .integer(place.second),
                    .integer(LongWriteStore.scannedRowsPerClockCheck),
                ])
            while found.count < LongWriteStore.rowsPerClockCheck, try statement.step() {
                (next.first, next.second) = (try statement.integer(0), try statement.integer(1))
                if try statement.id(2) == category { found.append((next.first, next.second)) }
                count += 1
            }
        }
        for expense in found {
            try connection.run(
                "UPDATE expenses SET category = ? WHERE owner = ? AND day = ? AND id = ?", .id(target),
                .id(owner), .integer(expense.day), .integer(expense.id))
        }
        return count == 0 ? nil : next
    }

    private func moveStaged(after place: Place) throws -> Place? {
        var next: Place?
        do {
            let statement = try connection.statement(
                """
                SELECT import, id FROM import_rows WHERE owner = ? AND import >= ? AND (import, id) > (?, ?)
                ORDER BY import, id LIMIT ?
                """,
                [
                    .id(owner), .integer(place.first), .integer(place.first), .integer(place.second),
                    .integer(LongWriteStore.scannedRowsPerClockCheck),
                ])
            while try statement.step() {
                next = Place(
                    phase: place.phase, first: try statement.integer(0), second: try statement.integer(1))
            }
        }
        guard let next else { return nil }
        try connection.run(
            """
            UPDATE import_rows SET category = ?
            WHERE owner = ? AND (import, id) > (?, ?) AND (import, id) <= (?, ?) AND category = ?
            """,
            .id(target), .id(owner), .integer(place.first), .integer(place.second), .integer(next.first),
            .integer(next.second), .id(category))
        return next
    }

    private func moveDeleted(after place: Place) throws -> Place? {
        try moveByNumber(
            last: """
                SELECT max(id) FROM (
                    SELECT id FROM deleted_expenses WHERE owner = ? AND id > ? ORDER BY id LIMIT ?) AS next
                """,
            update: """
                UPDATE deleted_expenses SET category = ? WHERE owner = ? AND id > ? AND id <= ? AND category = ?
                """, after: place)
    }

    private func moveDescriptions(after place: Place) throws -> Place? {
        try moveByNumber(
            last: """
                SELECT max(id) FROM (
                    SELECT id FROM descriptions WHERE owner = ? AND id > ? ORDER BY id LIMIT ?) AS next
                """,
            update: """
                UPDATE descriptions SET category = ? WHERE owner = ? AND id > ? AND id <= ? AND category = ?
                """, after: place)
    }

    /// Moves the rows of a table whose key is the owner and a number.
    private func moveByNumber(
        last: StaticString, update: StaticString, after place: Place
    ) throws -> Place? {
        let last = try connection.integer(
            last, .id(owner), .integer(place.first), .integer(LongWriteStore.scannedRowsPerClockCheck))
        guard let last else { return nil }
        try connection.run(
            update, .id(target), .id(owner), .integer(place.first), .integer(last), .id(category))
        return Place(phase: place.phase, first: last)
    }
}
