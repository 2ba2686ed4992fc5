package import Expenses
import SQL

/// Each user's own categories; names are unique, and found, by their `searchKey`.
package struct CategoryStore {
    let connection: Connection
    var limits: StepLimits?

    /// In the order in which they were made.
    package func all(of owner: User.ID) throws -> [Category] {
        try connection.statement(
            "SELECT id, name, color FROM categories WHERE owner = ? ORDER BY id", [.id(owner)]
        ).rows { try $0.category() }
    }

    package func find(_ id: Category.ID, owner: User.ID) throws -> Category? {
        try connection.statement(
            "SELECT id, name, color FROM categories WHERE owner = ? AND id = ?", [.id(owner), .id(id)]
        ).first { try $0.category() }
    }

    package func find(named name: String, owner: User.ID) throws -> Category? {
        try connection.statement(
            "SELECT id, name, color FROM categories WHERE owner = ? AND name_key = ?",
            [.id(owner), .text(searchKey(name))]
        ).first { try $0.category() }
    }

    /// Throws `CategoryNameTaken`.
    package func insert(name: String, color: CategoryColor, owner: User.ID) throws -> Category.ID {
        if let other = try find(named: name, owner: owner) { throw CategoryNameTaken(other.id) }
        let id = Category.ID(try CounterStore(connection: connection).next(.category, of: owner))
        try connection.run(
            "INSERT INTO categories (owner, id, name, name_key, color) VALUES (?, ?, ?, ?, ?)", .id(owner),
            .id(id), .text(name), .text(searchKey(name)), .text(color.rawValue))
        return id
    }

    /// The same for one that the user makes. Throws `AppError.tooMany(.categories)`, too.
    package func add(name: String, color: CategoryColor, owner: User.ID) throws -> Category.ID {
        let id = try insert(name: name, color: color, owner: owner)
        let count = try connection.integer("SELECT count(*) FROM categories WHERE owner = ?", .id(owner))
        guard count ?? 0 <= Int64(Category.most) else { throw AppError.tooMany(.categories) }
        return id
    }

    /// Gives the category its name and colour. Throws `AppError.notFound` or `CategoryNameTaken`.
    package func update(_ category: Category, owner: User.ID) throws {
        guard let old = try find(category.id, owner: owner) else { throw AppError.notFound }
        guard searchKey(old.name) != searchKey(category.name) else {
            // It keeps its key, which of two that an earlier release told apart has the number in it.
            try connection.run(
                "UPDATE categories SET name = ?, color = ? WHERE owner = ? AND id = ?",
                .text(category.name), .text(category.color.rawValue), .id(owner), .id(category.id))
            return
        }
        if let other = try find(named: category.name, owner: owner), other.id != category.id {
            throw CategoryNameTaken(other.id)
        }
        try connection.run(
            "UPDATE categories SET name = ?, name_key = ?, color = ? WHERE owner = ? AND id = ?",
            .text(category.name), .text(searchKey(category.name)), .text(category.color.rawValue),
            .id(owner),
            .id(category.id))
        try passOn(searchKey(old.name), owner: owner)
    }

    /// Gives a key that a category has had, and no other has, to the first one of the same name: names that an earlier
    /// release told apart have such as have their number behind it, under which nobody finds them.
    func passOn(_ key: String, owner: User.ID) throws {
        let taken = try connection.integer(
            "SELECT 1 FROM categories WHERE owner = ? AND name_key = ?", .id(owner), .text(key))
        guard taken == nil else { return }
        try connection.run(
            """
            UPDATE categories SET name_key = ?2 WHERE owner = ?1 AND id = (
                SELECT min(id) FROM categories WHERE owner = ?1 AND name_key > ?3 AND name_key < ?4)
            """, .id(owner), .text(key), .text(key + CategoryStore.numberMark), .text(key + "\u{2}"))
    }

    /// What stands between a key and a number, where another category has the key.
    static let numberMark = "\u{1}"

    /// The category itself, or, while it is being merged, the one that takes its expenses over.
    func open(_ category: Category.ID, owner: User.ID) throws -> Category.ID {
        let target = try connection.integer(
            "SELECT target FROM long_writes WHERE owner = ? AND kind = 'merge category' AND subject = ?",
            .id(owner), .id(category))
        return target.map { Category.ID($0) } ?? category
    }

    /// Begins to remove a category after moving its expenses, those in the bin included, to another one; merging is the
    /// same. Returns how many live expenses it has. Throws `AppError.notFound` where either is not the owner's, or both
    /// are the same, and `AppError.busy` while either takes part in another merge.
    package func remove(
        _ id: Category.ID, movingTo target: Category.ID, owner: User.ID
    ) throws -> Int {
        guard id != target, try find(id, owner: owner) != nil, try find(target, owner: owner) != nil else {
            throw AppError.notFound
        }
        let merging = try connection.integer(
            """
            SELECT 1 FROM long_writes
            WHERE owner = ? AND kind = 'merge category' AND (subject IN (?, ?) OR target IN (?, ?)) LIMIT 1
            """, .id(owner), .id(id), .id(target), .id(id), .id(target))
        guard merging == nil else { throw AppError.busy(retryAfter: 5) }
        let count = try connection.integer(
            "SELECT count FROM current_totals WHERE owner = ? AND span = 0 AND period = 0 AND category = ?",
            .id(owner), .id(id))
        try connection.run(
            "UPDATE rules SET category = ? WHERE owner = ? AND category = ?", .id(target), .id(owner), .id(id)
        )
        try TargetStore(connection: connection).remove(of: id, owner: owner)
        try connection.run(
            "UPDATE repeating SET category = ? WHERE owner = ? AND category = ?", .id(target), .id(owner),
            .id(id))
        try connection.run("UPDATE counters SET merging = merging + 1 WHERE owner = ?", .id(owner))
        try LongWriteStore(connection: connection, limits: limits)
            .begin(.mergeCategory(id, into: target), owner: owner)
        return Int(count ?? 0)
    }

    /// Removes all of an owner's categories; there must be no expense in any.
    package func removeAll(of owner: User.ID) throws {
        try connection.run("DELETE FROM categories WHERE owner = ?", .id(owner))
    }

    /// How many of the category's expenses lie in the bin and can be restored: those deleted at `since` or later. Reads the
    /// owner's bin from there on.
    package func binCount(of id: Category.ID, owner: User.ID, since: Int64) throws -> Int {
        let count = try connection.integer(
            "SELECT count(*) FROM deleted_expenses WHERE owner = ? AND deleted_at >= ? AND category = ?",
            .id(owner), .integer(since), .id(id))
        return Int(count ?? 0)
    }

    /// How many live expenses each category has; categories without one are left out.
    package func expenseCounts(of owner: User.ID) throws -> [Category.ID: Int] {
        let statement = try connection.statement(
            "SELECT category, count FROM current_totals WHERE owner = ? AND span = 0", [.id(owner)])
        var counts: [Category.ID: Int] = [:]
        while try statement.step() { counts[try statement.id(0)] = Int(try statement.integer(1)) }
        return counts
    }
}
