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

    /// At the end the category is gone. From its beginning on no store puts anything into it: see `ExpenseStore.open`.
    func move() throws -> LongWriteStore.Progress {
        let write = LongWrite.mergeCategory(category, into: target)
        let place = try longWrites.place(of: write, owner: owner)
        let next: Place?
        switch place.phase {
        case 0: next = try moveExpenses(after: place)
        case 1: next = try moveStaged(after: place)
        case 2: next = try moveDeleted(after: place)
        case 3: next = try moveDescriptions(after: place)
        default:
            guard try hasExpenses() else {
                try removeCategory()
                return .end
            }
            // A copy of an earlier release has added something to it.
            next = Place(phase: 0)
        }
        try longWrites.set(next ?? Place(phase: place.phase + 1), of: write, owner: owner)
        return .rows(LongWriteStore.batch)
    }

    private func removeCategory() throws {
        let categories = CategoryStore(connection: connection)
        let name = try categories.find(category, owner: owner)?.name
        // Nothing refers to it any more. To make sure of that, a reference would have all of the owner's expenses read, in
        // one step.
        try connection.withoutReferences {
            try connection.run(
                "DELETE FROM categories WHERE owner = ? AND id = ?", .id(owner), .id(category))
        }
        if let name { try categories.passOn(searchKey(name), owner: owner) }
        try connection.run("UPDATE counters SET merging = merging - 1 WHERE owner = ?", .id(owner))
    }

    private func hasExpenses() throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM current_totals WHERE owner = ? AND span = 0 AND period = 0 AND category = ?",
            .id(owner), .id(category)) != nil
    }

    /// Returns where to go on; nil at the end.
    private func moveExpenses(after place: Place) throws -> Place? {
        guard try hasExpenses() else { return nil }
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
                    .integer(LongWriteStore.largeBatch),
                ])
            while found.count < LongWriteStore.batch, try statement.step() {
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
        let rows = try connection.statement(
            """
            SELECT import, id FROM import_rows WHERE owner = ? AND import >= ? AND (import, id) > (?, ?)
            ORDER BY import, id LIMIT ?
            """,
            [
                .id(owner), .integer(place.first), .integer(place.first), .integer(place.second),
                .integer(LongWriteStore.largeBatch),
            ]
        ).rows { try Place(phase: place.phase, first: $0.integer(0), second: $0.integer(1)) }
        guard let next = rows.last else { return nil }
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
            last, .id(owner), .integer(place.first), .integer(LongWriteStore.largeBatch))
        guard let last else { return nil }
        try connection.run(
            update, .id(target), .id(owner), .integer(place.first), .integer(last), .id(category))
        return Place(phase: place.phase, first: last)
    }
}
