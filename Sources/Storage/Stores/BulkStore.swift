package import Expenses
import SQL

/// What is done with many expenses at once: they are listed first, then changed in steps. The last change of each user can
/// be taken back.
package struct BulkStore {
    let connection: Connection
    var limits: StepLimits?

    private var longWrites: LongWriteStore { LongWriteStore(connection: connection, limits: limits) }

    private func texts(of id: BulkChange.ID, _ owner: User.ID) -> TaggedTexts {
        TaggedTexts(connection: connection, id: id, owner: owner)
    }

    /// How long a list waits for its beginning, in seconds. Where the program was killed meanwhile, its owner waits so long.
    private static let listingTime: Int64 = 600
    /// Expenses in a user's lists that have had their time and are not removed yet; beyond it, another list waits.
    private static let mostEnded: Int64 = 1_000_000
    /// Expenses that one write lists.
    package static let batch = 500

    /// Notes a change; `list` and `begin` follow. Throws `AppError.busy` while another one is listed, made or taken back, and
    /// `AppError.notFound` where a category is not the owner's.
    package func prepare(
        _ action: BulkChange.Action, owner: User.ID, at now: Int64
    ) throws -> BulkChange.ID {
        try expectRest(of: owner)
        try expectRoom(of: owner, at: now)
        var (category, tag, newTag) = (Category.ID(0), "", "")
        switch action {
        case .move(to: let id):
            guard try CategoryStore(connection: connection).find(id, owner: owner) != nil else {
                throw AppError.notFound
            }
            category = id
        case .tag(let name), .untag(let name): tag = name
        case .rename(let name, to: let newName): (tag, newTag) = (name, newName)
        case .delete: break
        }
        let number = try CounterStore(connection: connection).next(.bulkChange, of: owner)
        try connection.run(
            """
            INSERT INTO bulk_changes (
                owner, number, action, category, tag, new_tag, made_at, ends_at, is_begun, count, changed, left_out)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)
            """,
            .id(owner), .integer(number), .text(action.name), .id(category), .text(tag), .text(newTag),
            .integer(now), .integer(now + BulkStore.listingTime))
        return BulkChange.ID(number)
    }

    /// For a list that will not be begun.
    package func abandon(_ id: BulkChange.ID, owner: User.ID) throws {
        try connection.run(
            "UPDATE bulk_changes SET ends_at = 0 WHERE owner = ? AND number = ? AND is_begun = 0",
            .id(owner), .id(id))
    }

    /// Adds expenses, each of which is given once, to those that are to be changed.
    package func list(_ expenses: [Expense.ID], for id: BulkChange.ID, owner: User.ID) throws {
        try connection.statement(
            composed: """
                INSERT INTO bulk_expenses (owner, change, id)
                SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), value FROM \(connection.dialect.listed)
                """, [.id(owner), .id(id), connection.dialect.list(expenses.map(\.rawValue))]
        ).run()
        try connection.run(
            """
            UPDATE bulk_changes SET count = count + ?
            WHERE owner = ? AND number = ? AND is_begun = 0 AND ends_at > 0
            """,
            .integer(expenses.count), .id(owner), .id(id))
        guard connection.changes > 0 else { throw AppError.notFound }
    }

    /// Begins to change what is listed. An earlier change can no longer be taken back. `reachesRules`: rules and repeating
    /// expenses follow a tag that is renamed or taken off. Throws as `prepare` does.
    package func begin(_ id: BulkChange.ID, owner: User.ID, reachesRules: Bool = false) throws {
        try expectRest(of: owner)
        try connection.run(
            "UPDATE bulk_changes SET ends_at = 0 WHERE owner = ? AND number <> ? AND is_begun = 1",
            .id(owner), .id(id))
        try connection.run(
            """
            UPDATE bulk_changes SET is_begun = 1, ends_at = made_at + ?
            WHERE owner = ? AND number = ? AND is_begun = 0 AND ends_at > 0
            """, .integer(BulkChange.restorable), .id(owner), .id(id))
        guard connection.changes > 0 else { throw AppError.notFound }
        if reachesRules, let change = try find(id, owner: owner) {
            try texts(of: id, owner).change(change.action)
        }
        try longWrites.begin(.bulkChange(id), owner: owner)
    }

    /// Begins to take a change back, also one that is not whole. Throws `AppError.notFound` where it can no longer be.
    package func undo(_ id: BulkChange.ID, owner: User.ID, at now: Int64) throws {
        guard let change = try latest(of: owner, at: now), change.id == id else { throw AppError.notFound }
        try texts(of: id, owner).undo(change.action)
        try longWrites.finish(.bulkChange(id), owner: owner)
        try longWrites.begin(.undoBulkChange(id), owner: owner)
    }

    /// The one that can be taken back; nil where there is none, and while it is being taken back.
    package func latest(of owner: User.ID, at now: Int64) throws -> BulkChange? {
        let statement = try connection.statement(
            composed: """
                SELECT \(BulkStore.columns) FROM bulk_changes
                WHERE owner = ? AND is_begun = 1 AND ends_at > ? ORDER BY number DESC LIMIT 1
                """, [.id(owner), .integer(now)])
        guard try statement.step() else { return nil }
        let change = try statement.bulkChange()
        return try longWrites.isUnderWay(.undoBulkChange(change.id), owner: owner) ? nil : change
    }

    package func find(_ id: BulkChange.ID, owner: User.ID) throws -> BulkChange? {
        try connection.statement(
            composed: "SELECT \(BulkStore.columns) FROM bulk_changes WHERE owner = ? AND number = ?",
            [.id(owner), .id(id)]
        ).first { try $0.bulkChange() }
    }

    func expenses(
        of id: BulkChange.ID, after number: Int64, limit: Int, owner: User.ID
    ) throws -> [Expense.ID] {
        try connection.statement(
            "SELECT id FROM bulk_expenses WHERE owner = ? AND change = ? AND id > ? ORDER BY id LIMIT ?",
            [.id(owner), .id(id), .integer(number), .integer(limit)]
        ).rows { try $0.id(0) }
    }

    /// How expenses were before; without a category where they have not been changed yet.
    func former(
        of id: BulkChange.ID, limit: Int, owner: User.ID
    ) throws -> [(id: Expense.ID, category: Category.ID?, description: String?)] {
        try connection.statement(
            """
            SELECT id, category, description FROM bulk_expenses
            WHERE owner = ? AND change = ? ORDER BY id LIMIT ?
            """, [.id(owner), .id(id), .integer(limit)]
        ).rows {
            try (
                $0.id(0), $0.isNull(1) ? nil : $0.id(1),
                $0.isNull(2) ? nil : $0.text(2)
            )
        }
    }

    /// Removes some of what has had its time. Returns whether there may be more.
    func sweep(at now: Int64, limit: Int) throws -> Bool {
        let statement = try connection.statement(
            "SELECT owner, number FROM bulk_changes WHERE ends_at <= ? ORDER BY ends_at LIMIT 1",
            [.integer(now)])
        guard try statement.step() else { return false }
        let (owner, id): (User.ID, BulkChange.ID) = (try statement.id(0), try statement.id(1))
        try connection.lock(owner)
        // A list that is no longer whole is not begun.
        try connection.run(
            "UPDATE bulk_changes SET ends_at = 0 WHERE owner = ? AND number = ? AND ends_at <= ?", .id(owner),
            .id(id), .integer(now))
        guard connection.changes > 0 else { return true }
        try connection.run(
            """
            DELETE FROM bulk_expenses WHERE owner = ?1 AND change = ?2 AND id IN (
                SELECT id FROM bulk_expenses WHERE owner = ?1 AND change = ?2 LIMIT ?3)
            """, .id(owner), .id(id), .integer(limit))
        if connection.changes < limit {
            try texts(of: id, owner).remove()
            try connection.run(
                "DELETE FROM bulk_changes WHERE owner = ? AND number = ? AND ends_at <= ?", .id(owner),
                .id(id),
                .integer(now))
        }
        return true
    }

    /// Throws `AppError.busy` where a change is being made or taken back.
    private func expectRest(of owner: User.ID) throws {
        for state in try longWrites.all(of: owner) {
            switch state.write {
            case .bulkChange, .undoBulkChange: throw AppError.busy(retryAfter: 5)
            case .addImport, .undoImport, .takeBackImport, .mergeCategory, .readDescriptions, .readTags,
                .recordRepeating, .countMonths, .removeUser:
                continue
            }
        }
    }

    /// So that nobody's lists grow without end: one is made at a time, and old ones are removed first.
    private func expectRoom(of owner: User.ID, at now: Int64) throws {
        let isListing = try connection.integer(
            "SELECT 1 FROM bulk_changes WHERE owner = ? AND is_begun = 0 AND ends_at > ? LIMIT 1", .id(owner),
            .integer(now))
        let ended = try connection.integer(
            "SELECT CAST(sum(count) AS BIGINT) FROM bulk_changes WHERE owner = ? AND ends_at <= ?",
            .id(owner),
            .integer(now))
        guard isListing == nil, ended ?? 0 <= BulkStore.mostEnded else {
            throw AppError.busy(retryAfter: 5)
        }
    }

    private static let columns = "number, action, category, tag, new_tag, made_at, count, changed, left_out"
}

extension BulkChange.Action {
    fileprivate var name: String {
        switch self {
        case .move: "move"
        case .tag: "tag"
        case .untag: "untag"
        case .rename: "rename"
        case .delete: "delete"
        }
    }
}

extension Statement {
    /// The columns of `BulkStore`, from 0 on.
    fileprivate func bulkChange() throws -> BulkChange {
        let tag = try text(3)
        let action: BulkChange.Action =
            switch try text(1) {
            case "move": .move(to: try id(2))
            case "tag": .tag(tag)
            case "untag": .untag(tag)
            case "rename": .rename(tag, to: try text(4))
            case "delete": .delete
            default: throw StorageError.unreadable(column: "action")
            }
        return BulkChange(
            id: try id(0), action: action, madeAt: try integer(5), count: Int(try integer(6)),
            changed: Int(try integer(7)), leftOut: Int(try integer(8)))
    }
}
