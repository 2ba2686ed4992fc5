package import Expenses
import Platform
import SQL

/// A change of more rows than one write should touch.
enum LongWrite: Hashable {
    /// Moves what was staged into the owner's expenses.
    case addImport(UploadedFile.ID)
    case undoImport(UploadedFile.ID)
    /// Moves a category's expenses to another one, and removes it.
    case mergeCategory(Category.ID, into: Category.ID)
    /// Removes the owner with everything of theirs.
    case removeUser

    fileprivate var kind: String {
        switch self {
        case .addImport: "add import"
        case .undoImport: "undo import"
        case .mergeCategory: "merge category"
        case .removeUser: "remove user"
        }
    }

    fileprivate var subject: Int64 {
        switch self {
        case .addImport(let id), .undoImport(let id): id.rawValue
        case .mergeCategory(let id, into: _): id.rawValue
        case .removeUser: 0
        }
    }

    fileprivate var target: Int64 {
        if case .mergeCategory(_, into: let id) = self { id.rawValue } else { 0 }
    }

    fileprivate init?(kind: String, subject: Int64, target: Int64) {
        switch kind {
        case "add import": self = .addImport(Identifier(subject))
        case "undo import": self = .undoImport(Identifier(subject))
        case "merge category": self = .mergeCategory(Identifier(subject), into: Identifier(target))
        case "remove user": self = .removeUser
        default: return nil
        }
    }
}

/// Changes of many rows, made in steps of a few milliseconds. After each step everything that is kept twice agrees, and a
/// change that a stop of the program has cut goes on at the next start.
package struct LongWriteStore {
    let connection: Connection

    /// Microseconds that a step takes before it ends. A server makes others' writes meanwhile, and a transaction there costs
    /// more than some rows.
    private var stepTime: Int64 { connection.dialect == .sqlite ? 500 : 50_000 }
    /// Rows between two looks at the clock.
    private static let few = 8
    /// The same where a row is only looked at.
    private static let many = 128

    /// Notes the change, and makes its first step.
    func begin(_ write: LongWrite, owner: User.ID) throws {
        try connection.run(
            """
            INSERT INTO long_writes (owner, kind, subject, target) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, kind, subject) DO NOTHING
            """, .id(owner), .text(write.kind), .integer(write.subject), .integer(write.target))
        try step(write, owner: owner)
    }

    func isUnderWay(_ write: LongWrite, owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
            .text(write.kind), .integer(write.subject)) != nil
    }

    func isAnyUnderWay(of owner: User.ID) throws -> Bool {
        try connection.integer("SELECT 1 FROM long_writes WHERE owner = ? LIMIT 1", .id(owner)) != nil
    }

    /// Makes one step of the first change of the next owner after the one given, the owners taking turns. Returns whose it
    /// was; nil where there is nothing to do.
    package func step(after owner: User.ID?) throws -> User.ID? {
        guard let (next, write) = try first(after: owner?.rawValue ?? 0) ?? first(after: 0) else {
            return nil
        }
        try connection.lock(next)
        // Another copy of the program may have ended it meanwhile.
        if try isUnderWay(write, owner: next) { try step(write, owner: next) }
        return next
    }

    private func first(after owner: Int64) throws -> (owner: User.ID, write: LongWrite)? {
        let statement = try connection.statement(
            """
            SELECT owner, kind, subject, target FROM long_writes WHERE owner > ?
            ORDER BY owner, kind, subject LIMIT 1
            """, [.integer(owner)])
        guard try statement.step() else { return nil }
        let write = LongWrite(
            kind: try statement.text(1), subject: try statement.integer(2), target: try statement.integer(3))
        guard let write else { throw StorageError.unreadable(column: "kind") }
        return (try statement.id(0), write)
    }

    private func step(_ write: LongWrite, owner: User.ID) throws {
        let end = Clock.microseconds + stepTime
        repeat {
            let goesOn =
                switch write {
                case .addImport(let id): try addMore(of: id, owner: owner)
                case .undoImport(let id): try undoMore(of: id, owner: owner)
                case .mergeCategory(let id, into: let target):
                    try moveMore(from: id, to: target, owner: owner)
                case .removeUser: try removeMore(of: owner)
                }
            guard goesOn else { return }
        } while Clock.microseconds < end
    }

    private func finish(_ write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "DELETE FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
            .text(write.kind), .integer(write.subject))
    }

    // MARK: Imports

    private func addMore(of id: UploadedFile.ID, owner: User.ID) throws -> Bool {
        let expenses = ExpenseStore(connection: connection)
        var last: Expense.ID?
        do {
            let statement = try connection.statement(
                """
                SELECT import_rows.id, amount, category, day, description, uploaded_at, deleted_at
                FROM import_rows JOIN imports ON imports.owner = import_rows.owner AND imports.id = import
                WHERE import_rows.owner = ? AND import = ? ORDER BY import_rows.id LIMIT ?
                """, [.id(owner), .id(id), .integer(LongWriteStore.few)])
            while try statement.step() {
                let expense = try statement.expense()
                if statement.isNull(6) {
                    try expenses.insert(expense, owner: owner, at: try statement.integer(5))
                } else {
                    let deletedAt = try statement.integer(6)
                    try expenses.insert(
                        DeletedExpense(expense: expense, deletedAt: deletedAt), owner: owner)
                }
                last = expense.id
            }
        }
        if let last {
            try connection.run(
                "DELETE FROM import_rows WHERE owner = ? AND import = ? AND id <= ?", .id(owner), .id(id),
                .id(last))
            return true
        }
        try connection.run(
            """
            DELETE FROM import_pieces WHERE owner = ?1 AND import = ?2 AND number IN (
                SELECT number FROM import_pieces WHERE owner = ?1 AND import = ?2 LIMIT 1)
            """, .id(owner), .id(id))
        if connection.changes > 0 { return true }
        try finish(.addImport(id), owner: owner)
        return false
    }

    private func undoMore(of id: UploadedFile.ID, owner: User.ID) throws -> Bool {
        let range = try ImportStore(connection: connection).range(of: id, owner: owner)
        if try discardSome(of: owner, in: range) { return true }
        try connection.run("DELETE FROM imports WHERE owner = ? AND id = ?", .id(owner), .id(id))
        try finish(.undoImport(id), owner: owner)
        return false
    }

    /// Removes a few expenses for good, wherever they are. Returns whether there was one.
    private func discardSome(of owner: User.ID, in range: ClosedRange<Int64>) throws -> Bool {
        let expenses = ExpenseStore(connection: connection)
        let found = try numbers(
            "SELECT id FROM expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?", owner, range)
        let numbers =
            found.isEmpty
            ? try numbers(
                "SELECT id FROM deleted_expenses WHERE owner = ? AND id BETWEEN ? AND ? LIMIT ?", owner, range
            )
            : found
        for number in numbers { try expenses.discard(Expense.ID(number), owner: owner) }
        return !numbers.isEmpty
    }

    private func numbers(
        _ sql: StaticString, _ owner: User.ID, _ range: ClosedRange<Int64>
    ) throws -> [Int64] {
        let statement = try connection.statement(
            sql,
            [
                .id(owner), .integer(range.lowerBound), .integer(range.upperBound),
                .integer(LongWriteStore.few),
            ])
        var numbers: [Int64] = []
        while try statement.step() { numbers.append(try statement.integer(0)) }
        return numbers
    }

    // MARK: Categories

    /// Where a merge is: it goes through the expenses by day and number, the rows of imports by import and number, the bin
    /// and the descriptions.
    private struct Place {
        var phase: Int64
        var first: Int64 = 0
        var second: Int64 = 0
    }

    private func moveMore(from id: Category.ID, to target: Category.ID, owner: User.ID) throws -> Bool {
        let write = LongWrite.mergeCategory(id, into: target)
        let place = try place(of: write, owner: owner)
        let next: Place?
        switch place.phase {
        case 0: next = try moveExpenses(from: id, to: target, owner: owner, after: place)
        case 1: next = try moveStaged(from: id, to: target, owner: owner, after: place)
        case 2: next = try moveDeleted(from: id, to: target, owner: owner, after: place)
        case 3: next = try moveDescriptions(from: id, to: target, owner: owner, after: place)
        default:
            guard try !isEmpty(id, owner: owner) else {
                try connection.run("DELETE FROM categories WHERE owner = ? AND id = ?", .id(owner), .id(id))
                try finish(write, owner: owner)
                return false
            }
            // Something has been added to it, or deleted in it, meanwhile.
            next = Place(phase: 0)
        }
        try set(next ?? Place(phase: place.phase + 1), of: write, owner: owner)
        return true
    }

    /// Whether nothing refers to the category. Looks through the bin, which is small or else just as long to wait for.
    private func isEmpty(_ id: Category.ID, owner: User.ID) throws -> Bool {
        try connection.integer(
            """
            SELECT EXISTS (SELECT 1 FROM category_totals WHERE owner = ?1 AND category = ?2)
                OR EXISTS (SELECT 1 FROM deleted_expenses WHERE owner = ?1 AND category = ?2)
            """, .id(owner), .id(id)) == 0
    }

    private func place(of write: LongWrite, owner: User.ID) throws -> Place {
        let statement = try connection.statement(
            "SELECT phase, first, second FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?",
            [.id(owner), .text(write.kind), .integer(write.subject)])
        guard try statement.step() else { throw AppError.notFound }
        return Place(
            phase: try statement.integer(0), first: try statement.integer(1), second: try statement.integer(2)
        )
    }

    private func set(_ place: Place, of write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "UPDATE long_writes SET phase = ?, first = ?, second = ? WHERE owner = ? AND kind = ? AND subject = ?",
            .integer(place.phase), .integer(place.first), .integer(place.second), .id(owner),
            .text(write.kind),
            .integer(write.subject))
    }

    /// Returns where to go on; nil at the end.
    private func moveExpenses(
        from id: Category.ID, to target: Category.ID, owner: User.ID, after place: Place
    ) throws -> Place? {
        let isEmpty =
            try connection.integer(
                "SELECT 1 FROM category_totals WHERE owner = ? AND category = ?", .id(owner), .id(id)) == nil
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
                    .integer(LongWriteStore.many),
                ])
            while found.count < LongWriteStore.few, try statement.step() {
                (next.first, next.second) = (try statement.integer(0), try statement.integer(1))
                if try statement.id(2) == id { found.append((next.first, next.second)) }
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

    private func moveStaged(
        from id: Category.ID, to target: Category.ID, owner: User.ID, after place: Place
    ) throws -> Place? {
        var next: Place?
        do {
            let statement = try connection.statement(
                """
                SELECT import, id FROM import_rows WHERE owner = ? AND import >= ? AND (import, id) > (?, ?)
                ORDER BY import, id LIMIT ?
                """,
                [
                    .id(owner), .integer(place.first), .integer(place.first), .integer(place.second),
                    .integer(LongWriteStore.many),
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
            .integer(next.second), .id(id))
        return next
    }

    private func moveDeleted(
        from id: Category.ID, to target: Category.ID, owner: User.ID, after place: Place
    ) throws -> Place? {
        guard
            let last = try connection.integer(
                """
                SELECT max(id) FROM (
                    SELECT id FROM deleted_expenses WHERE owner = ? AND id > ? ORDER BY id LIMIT ?) AS next
                """, .id(owner), .integer(place.first), .integer(LongWriteStore.many))
        else { return nil }
        try connection.run(
            "UPDATE deleted_expenses SET category = ? WHERE owner = ? AND id > ? AND id <= ? AND category = ?",
            .id(target), .id(owner), .integer(place.first), .integer(last), .id(id))
        return Place(phase: place.phase, first: last)
    }

    private func moveDescriptions(
        from id: Category.ID, to target: Category.ID, owner: User.ID, after place: Place
    ) throws -> Place? {
        guard
            let last = try connection.integer(
                """
                SELECT max(id) FROM (
                    SELECT id FROM descriptions WHERE owner = ? AND id > ? ORDER BY id LIMIT ?) AS next
                """, .id(owner), .integer(place.first), .integer(LongWriteStore.many))
        else { return nil }
        try connection.run(
            "UPDATE descriptions SET category = ? WHERE owner = ? AND id > ? AND id <= ? AND category = ?",
            .id(target), .id(owner), .integer(place.first), .integer(last), .id(id))
        return Place(phase: place.phase, first: last)
    }

    // MARK: Users

    /// Tables that only their owner's row refers to, and how a few rows of each go.
    private static let leftovers: [StaticString] = [
        """
        DELETE FROM import_rows WHERE owner = ?1 AND (import, id) IN (
            SELECT import, id FROM import_rows WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM import_pieces WHERE owner = ?1 AND (import, number) IN (
            SELECT import, number FROM import_pieces WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM imports WHERE owner = ?1 AND id IN (SELECT id FROM imports WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM forms WHERE owner = ?1 AND form IN (SELECT form FROM forms WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM idempotency_keys WHERE owner = ?1 AND key IN (
            SELECT key FROM idempotency_keys WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM categories WHERE owner = ?1 AND id IN (
            SELECT id FROM categories WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM sessions WHERE owner = ?1 AND id IN (SELECT id FROM sessions WHERE owner = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM api_tokens WHERE owner = ?1 AND id IN (SELECT id FROM api_tokens WHERE owner = ?1 LIMIT ?2)
        """,
    ]

    private func removeMore(of owner: User.ID) throws -> Bool {
        if try discardSome(of: owner, in: 1...Int64.max) { return true }
        for sql in LongWriteStore.leftovers {
            try connection.run(sql, .id(owner), .integer(LongWriteStore.few))
            if connection.changes > 0 { return true }
        }
        // With it, whatever else was on its way for this user.
        try connection.run("DELETE FROM long_writes WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM counters WHERE owner = ?", .id(owner))
        try connection.run("DELETE FROM users WHERE id = ?", .id(owner))
        return false
    }
}
