package import Expenses
import SQL

/// Each user's expenses that come again, and the recording of what is due. A day of one is recorded once: where it stands is
/// written in the transaction that adds the expenses, and never goes back behind `recorded_through`.
package struct RepeatingStore {
    let connection: Connection
    /// The most expenses that one user may have, those in the bin included.
    var userQuota = Int.max
    var limits: StepLimits?

    /// What is left of what was due.
    package enum Recording: Hashable, Sendable {
        case nothing
        /// More is recorded in steps.
        case more
        /// The user may have no further expense.
        case quotaReached(most: Int)
    }

    /// Expenses that are recorded in one write; more are in steps.
    package static let mostAtOnce = 500

    /// In the order in which they were made.
    package func all(of owner: User.ID) throws -> [RepeatingExpense] {
        try connection.statement(
            composed: """
                SELECT id, \(RepeatingRow.columns) FROM repeating
                WHERE owner = ? AND former = 0 AND deleted_at IS NULL ORDER BY id
                """, [.id(owner)]
        ).rows { try $0.repeatingExpense() }
    }

    /// One that is not deleted, or may be: for a while it can be restored. `former`: as it was before the last change.
    package func find(
        _ id: RepeatingExpense.ID, owner: User.ID, former: Bool = false, mayBeDeleted: Bool = false
    ) throws -> RepeatingExpense? {
        try connection.statement(
            composed: """
                SELECT id, \(RepeatingRow.columns) FROM repeating
                WHERE owner = ? AND id = ? AND former = ? AND (deleted_at IS NULL OR ? = 1)
                """, [.id(owner), .id(id), .integer(former ? 1 : 0), .integer(mayBeDeleted ? 1 : 0)]
        ).first { try $0.repeatingExpense() }
    }

    /// What the ids of forms begin with that add one: those of expenses are others.
    package static let form = "repeating:"

    /// Adds one, once for each one-time id of a form, as `ExpenseStore.insert` does; its own number does not matter.
    /// `expense`: one of the owner's that is the first one. Throws `AppError.tooMany(.repeating)`, and `AppError.notFound` where
    /// the category is not the owner's.
    package func insert(
        _ rule: RepeatingExpense, for expense: Expense.ID? = nil, form: String? = nil,
        fingerprint: [UInt8]? = nil, owner: User.ID, at now: Int64
    ) throws -> Insertion<RepeatingExpense> {
        let id = RepeatingExpense.ID(
            try CounterStore(connection: connection).next(.repeatingExpense, of: owner))
        let name = form.map { RepeatingStore.form + $0 }
        if let name, name.utf8.count <= FormStore.longest,
            let earlier = try FormStore(connection: connection).claim(
                name, fingerprint, for: Expense.ID(id.rawValue), owner: owner, at: now)
        {
            let before = RepeatingExpense.ID(earlier.expense.rawValue)
            return earlier.fingerprint == fingerprint ? .repeated(before) : .formUsed(by: before)
        }
        let count = try connection.integer(
            "SELECT count(*) FROM repeating WHERE owner = ? AND former = 0 AND deleted_at IS NULL",
            .id(owner))
        guard count ?? 0 < Int64(RepeatingExpense.most) else { throw AppError.tooMany(.repeating) }
        try connection.runWithCategory(
            """
            INSERT INTO repeating (owner, id, former, \(RepeatingRow.columns), next_day, created_at, updated_at)
            VALUES (?, ?, 0, \(RepeatingRow.places), ?, ?, ?)
            """,
            [.id(owner), .id(id)] + RepeatingRow.values(of: try open(rule, owner: owner)) + [
                .day(rule.nextDay), .integer(now), .integer(now),
            ])
        if let expense {
            try connection.run(
                "INSERT INTO recorded_expenses (owner, id, rule, due) VALUES (?, ?, ?, ?)", .id(owner),
                .id(expense), .id(id), .day(rule.repetition.first))
        }
        try noteDue(of: owner)
        return .inserted(id)
    }

    /// Changes one, and keeps what it was before. Throws `AppError.notFound`, also for the category.
    package func update(_ rule: RepeatingExpense, owner: User.ID, at now: Int64) throws {
        guard let former = try find(rule.id, owner: owner) else { throw AppError.notFound }
        try keepFormer(rule.id, owner: owner)
        var rule = rule
        rule.changes = former.changes + 1
        try store(rule, owner: owner, at: now)
    }

    /// Deletes one, and keeps what it has recorded; it can be restored for 30 days. Throws `AppError.notFound`.
    package func remove(_ id: RepeatingExpense.ID, owner: User.ID, at now: Int64) throws {
        guard try find(id, owner: owner) != nil else { throw AppError.notFound }
        try keepFormer(id, owner: owner)
        try connection.run(
            "UPDATE repeating SET deleted_at = ?, next_day = NULL WHERE owner = ? AND id = ?", .integer(now),
            .id(owner), .id(id))
        try connection.run(
            "UPDATE repeating SET changes = changes + 1 WHERE owner = ? AND id = ? AND former = 0",
            .id(owner), .id(id))
        // Who deletes many has no use for the oldest.
        try connection.run(
            """
            DELETE FROM repeating WHERE owner = ?1 AND deleted_at IS NOT NULL AND id NOT IN (
                SELECT id FROM repeating WHERE owner = ?1 AND former = 0 AND deleted_at IS NOT NULL
                ORDER BY deleted_at DESC, id DESC LIMIT ?2)
            """, .id(owner), .integer(RepeatingExpense.most))
        try noteDue(of: owner)
    }

    /// Takes the last change back, once. Days that were recorded since stay recorded. Returns false, and changes nothing,
    /// where it was changed again since `change`, or there is nothing to take back. Throws `AppError.notFound`, and
    /// `AppError.tooMany(.repeating)` where others have come in its place.
    package func restore(
        _ id: RepeatingExpense.ID, change: Int64?, owner: User.ID, at now: Int64
    ) throws -> Bool {
        guard let current = try find(id, owner: owner, mayBeDeleted: true) else {
            throw AppError.notFound
        }
        guard change == nil || change == current.changes,
            var former = try find(id, owner: owner, former: true, mayBeDeleted: true)
        else { return false }
        if try find(id, owner: owner) == nil {
            guard try all(of: owner).count < RepeatingExpense.most else { throw AppError.tooMany(.repeating) }
        }
        (former.recordedThrough, former.recorded) = (current.recordedThrough, current.recorded)
        former.changes = current.changes + 1
        if let day = current.recordedThrough {
            former.next = max(former.next, former.repetition.number(after: day))
        }
        try connection.run(
            "DELETE FROM repeating WHERE owner = ? AND id = ? AND former = 1", .id(owner), .id(id))
        try store(former, owner: owner, at: now)
        return true
    }

    /// Removes all of an owner's, also what was deleted and could be restored.
    package func removeAll(of owner: User.ID) throws {
        try connection.run("DELETE FROM repeating WHERE owner = ?", .id(owner))
        try noteDue(of: owner)
    }

    private func keepFormer(_ id: RepeatingExpense.ID, owner: User.ID) throws {
        try connection.run(
            "DELETE FROM repeating WHERE owner = ? AND id = ? AND former = 1", .id(owner), .id(id))
        try connection.statement(
            composed: """
                INSERT INTO repeating (owner, id, former, \(RepeatingRow.columns), created_at, updated_at)
                SELECT owner, id, 1, \(RepeatingRow.columns), created_at, updated_at FROM repeating
                WHERE owner = ? AND id = ? AND former = 0
                """, [.id(owner), .id(id)]
        ).run()
    }

    private func store(_ rule: RepeatingExpense, owner: User.ID, at now: Int64) throws {
        try connection.runWithCategory(
            """
            UPDATE repeating SET \(RepeatingRow.assignments), next_day = ?, updated_at = ?, deleted_at = NULL
            WHERE owner = ? AND id = ? AND former = 0
            """,
            RepeatingRow.values(of: try open(rule, owner: owner)) + [
                .day(rule.nextDay), .integer(now), .id(owner), .id(rule.id),
            ])
        try noteDue(of: owner)
    }

    /// In the category that takes over, where its own is being merged.
    private func open(_ rule: RepeatingExpense, owner: User.ID) throws -> RepeatingExpense {
        var rule = rule
        rule.category = try CategoryStore(connection: connection).open(rule.category, owner: owner)
        return rule
    }

    /// Keeps the day from which something is due where every request reads it.
    func noteDue(of owner: User.ID) throws {
        try connection.run(
            """
            UPDATE users SET repeating_due = (
                SELECT min(next_day) FROM repeating WHERE owner = ?1 AND former = 0)
            WHERE id = ?1
            """, .id(owner))
    }
}

// Which of them an expense came from.
extension RepeatingStore {
    /// The one that has recorded an expense; nil where there is none, or none any more.
    package func rule(of expense: Expense.ID, owner: User.ID) throws -> RepeatingExpense? {
        let rule = try connection.integer(
            "SELECT rule FROM recorded_expenses WHERE owner = ? AND id = ?", .id(owner), .id(expense))
        return try rule.flatMap { try find(RepeatingExpense.ID($0), owner: owner) }
    }

    /// The same for several expenses, those without one left out.
    package func rules(
        of expenses: [Expense.ID], owner: User.ID
    ) throws -> [Expense.ID: RepeatingExpense.ID] {
        let statement = try connection.statement(
            composed: """
                SELECT recorded_expenses.id, rule FROM recorded_expenses
                    JOIN repeating ON repeating.owner = recorded_expenses.owner AND repeating.id = rule
                        AND former = 0 AND deleted_at IS NULL
                WHERE recorded_expenses.owner = ? AND recorded_expenses.id \(connection.dialect.isInList)
                """, [.id(owner), connection.dialect.list(expenses.map(\.rawValue))])
        var rules: [Expense.ID: RepeatingExpense.ID] = [:]
        while try statement.step() { rules[try statement.id(0)] = try statement.id(1) }
        return rules
    }

    /// Calls `body` with each expense that was recorded, its rule and its day.
    package func forEachRecorded(
        of owner: User.ID, _ body: (Expense.ID, RepeatingExpense.ID, Day) throws -> Void
    ) throws {
        let statement = try connection.statement(
            "SELECT id, rule, due FROM recorded_expenses WHERE owner = ?", [.id(owner)])
        while try statement.step() {
            try body(try statement.id(0), try statement.id(1), try statement.day(2))
        }
    }

    /// Notes where expenses came from that an account's file brings.
    package func noteRecorded(
        _ expenses: [(id: Expense.ID, rule: RepeatingExpense.ID, due: Day)], owner: User.ID
    ) throws {
        for (id, rule, due) in expenses {
            try connection.runAhead(
                "INSERT INTO recorded_expenses (owner, id, rule, due) VALUES (?, ?, ?, ?)",
                [.id(owner), .id(id), .id(rule), .day(due)])
        }
    }
}

// Recording what is due.
extension RepeatingStore {
    /// A user of whom something is due from that day on.
    package struct Due: Sendable {
        package let owner: User.ID
        package let day: Day
        /// The name of the user's time zone.
        package let zone: String
    }

    /// Users of whom something is due by that day, those who have waited longest first: after that one.
    package func due(by day: Day, after last: Due?, limit: Int) throws -> [Due] {
        try connection.statement(
            """
            SELECT id, repeating_due, zone FROM users
            WHERE repeating_due >= ?1 AND (repeating_due, id) > (?1, ?2) AND repeating_due <= ?3
            ORDER BY repeating_due, id LIMIT ?4
            """,
            [
                .day(last?.day ?? .first), .integer(last?.owner.rawValue ?? 0), .day(day), .integer(limit),
            ]
        ).rows { try Due(owner: $0.id(0), day: $0.day(1), zone: $0.text(2)) }
    }

    /// Whether there is more than one write records, and steps do.
    package func isUnderWay(of owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM long_writes WHERE owner = ? AND kind = 'record repeating'", .id(owner)) != nil
    }

    /// Records what is due by that day, the oldest first: up to `mostAtOnce`, the rest in steps.
    package func recordDue(through today: Day, of owner: User.ID, at now: Int64) throws -> Recording {
        guard try !isUnderWay(of: owner) else { return .more }
        let (_, recording) = try record(
            through: today, of: owner, limits?.recordedAtOnce ?? RepeatingStore.mostAtOnce, at: now)
        if recording == .more {
            let write = LongWrite.recordRepeating(through: today)
            let longWrites = LongWriteStore(connection: connection)
            try longWrites.note(write, owner: owner)
            try longWrites.set(LongWriteStore.Place(phase: 0, first: now), of: write, owner: owner)
        }
        return recording
    }

    /// A part of a step. Where no further expense has room it ends: what is left stays due.
    func recordSome(
        through day: Day, of owner: User.ID, _ most: Int
    ) throws -> LongWriteStore.Progress {
        let place = try LongWriteStore(connection: connection)
            .place(of: .recordRepeating(through: day), owner: owner)
        let (count, recording) = try record(through: day, of: owner, most, at: place.first)
        return recording == .more ? .rows(count) : .end
    }

    private func record(
        through last: Day, of owner: User.ID, _ most: Int, at now: Int64
    ) throws -> (count: Int, Recording) {
        let former = try all(of: owner).filter { rule in rule.nextDay.map { $0 <= last } ?? false }
        guard !former.isEmpty else { return (0, .nothing) }
        let used = try connection.integer("SELECT expenses FROM counters WHERE owner = ?", .id(owner)) ?? 0
        let room = min(most, max(0, userQuota - Int(used)))
        var rules = former
        var days = rules.map { $0.nextDay.map(\.number) ?? .max }
        var due: [(rule: Int, day: Day)] = []
        while due.count < room, let index = days.indices.min(by: { days[$0] < days[$1] }),
            let day = rules[index].takeDay(through: last)
        {
            due.append((index, day))
            days[index] = rules[index].nextDay?.number ?? .max
        }
        try add(due.map { (rules[$0.rule], $0.day) }, owner: owner, at: now)
        for (old, new) in zip(former, rules) where new != old {
            try connection.run(
                """
                UPDATE repeating SET next_number = ?, next_day = ?, recorded_through = ?, recorded = ?
                WHERE owner = ? AND id = ? AND former = 0 AND next_number = ?
                """, .integer(new.next), .day(new.nextDay), .day(new.recordedThrough),
                .integer(new.recorded), .id(owner), .id(old.id), .integer(old.next))
            // Somebody else has recorded it meanwhile, in spite of the lock: none of this is kept.
            guard connection.changes == 1 else { throw AppError.busy(retryAfter: 1) }
        }
        try noteDue(of: owner)
        let isMore = days.contains { $0 <= last.number }
        return (due.count, !isMore ? .nothing : room < most ? .quotaReached(most: userQuota) : .more)
    }

    private func add(_ due: [(rule: RepeatingExpense, day: Day)], owner: User.ID, at now: Int64) throws {
        guard !due.isEmpty else { return }
        let expenses = ExpenseStore(connection: connection, userQuota: userQuota)
        let first = try expenses.reserve(due.count, owner: owner)
        try CounterStore(connection: connection).change(of: owner) { $0.expenses += Int64(due.count) }
        let rows = due.enumerated().map { index, due in
            due.rule.expense(Expense.ID(first.rawValue + Int64(index)), on: due.day)
        }
        try expenses.insertCounted(rows.map { ($0, nil) }, owner: owner, at: now)
        try noteRecorded(zip(rows, due).map { ($0.id, $1.rule.id, $1.day) }, owner: owner)
    }
}
