package import Expenses
import Platform
import SQL

/// Changes of many rows, made in steps of a few milliseconds. After each step everything that is kept twice agrees, and a
/// change that a stop of the program has cut goes on at the next start.
package struct LongWriteStore {
    let connection: Connection
    /// Nil for those that the engine wants.
    var limits: StepLimits?
    /// The most expenses that one user may have, those in the bin included.
    var userQuota = Int.max

    /// Rows that are changed together.
    static let batch = 32
    /// Rows that are added together with their totals, where no request waits.
    static let addedBatch = 64
    /// The same where a request waits.
    static let smallBatch = 16
    /// The same where a row is only looked at, or goes without anything else.
    static let largeBatch = 128
    /// Failures for what a step has found, not for want of room, after which an import is taken back.
    package static let maxFailures: Int64 = 3

    /// How far a write has come, where that is not told by what is left.
    struct Place {
        var phase: Int64
        var first: Int64 = 0
        var second: Int64 = 0
    }

    /// What a part of a step has done.
    enum Progress {
        /// It has changed, or looked at, that many rows.
        case rows(Int)
        case end
    }

    /// Notes the change, and makes its first step.
    func begin(_ write: LongWrite, owner: User.ID) throws {
        try note(write, owner: owner)
        try step(OwnedLongWrite(owner: owner, write: write))
    }

    /// Notes the change alone: the next `Storage.sweep` begins it, or whoever wakes long writes before.
    func note(_ write: LongWrite, owner: User.ID) throws {
        try connection.run(
            """
            INSERT INTO long_writes (owner, kind, subject, target) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, kind, subject) DO NOTHING
            """, .id(owner), .text(write.kind.rawValue), .integer(write.subject), .integer(write.target))
    }

    func isUnderWay(_ write: LongWrite, owner: User.ID) throws -> Bool {
        try connection.integer(
            "SELECT 1 FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
            .text(write.kind.rawValue), .integer(write.subject)) != nil
    }

    /// The owner's changes that are under way, and why those have stopped that cannot go on. A read of one short range.
    package func all(of owner: User.ID) throws -> [LongWriteState] {
        try connection.statement(
            "SELECT kind, subject, target, failure FROM long_writes WHERE owner = ? ORDER BY kind, subject",
            [.id(owner)]
        ).rows {
            try LongWriteState(
                write: $0.longWrite(from: 0),
                failure: $0.isNull(3) ? nil : $0.text(3))
        }
    }

    /// Makes one step of the first change of the next owner after the one given, the owners taking turns. Returns whose it
    /// was; nil where there is nothing to do.
    package func step(after owner: User.ID?) throws -> User.ID? {
        guard let next = try next(after: owner, besides: []) else { return nil }
        try step(next)
        return next.owner
    }

    /// Whose turn it is after that owner, with the first change of theirs; nil where nobody has anything to do but what is
    /// left out.
    func next(after owner: User.ID?, besides leftOut: Set<OwnedLongWrite>) throws -> OwnedLongWrite? {
        for start in Set([owner?.rawValue ?? 0, 0]).sorted(by: >) {
            var place = start
            while let next = try connection.integer(
                "SELECT owner FROM long_writes WHERE owner > ? ORDER BY owner LIMIT 1", .integer(place))
            {
                let mine = try all(of: User.ID(next)).lazy.map {
                    OwnedLongWrite(owner: User.ID(next), write: $0.write)
                }
                if let write = mine.first(where: { !leftOut.contains($0) }) { return write }
                place = next
            }
        }
        return nil
    }

    /// Makes one step of the change. Returns false when it is done, also where it has been before.
    @discardableResult
    func step(_ owned: OwnedLongWrite) throws -> Bool {
        let (owner, write) = (owned.owner, owned.write)
        try connection.lock(owner)
        // Another copy of the program may have ended it meanwhile, or its owner.
        guard try isUnderWay(write, owner: owner) else { return false }
        let limits = limits ?? (connection.dialect == .sqlite ? StepLimits() : StepLimits().onServer())
        let start = Clock.microseconds
        var rows = 0
        repeat {
            switch try changeMore(write, owner: owner, batch(of: write, limits)) {
            case .end:
                try finish(write, owner: owner)
                return false
            case .rows(let count): rows += count
            }
        } while !limits.endsStep(begunAt: start, rows: rows)
        return true
    }

    /// Rows that are changed together. A server adds those of a whole step by the same few statements as one.
    private func batch(of write: LongWrite, _ limits: StepLimits) -> Int {
        if case .addImport = write, connection.dialect == .postgreSQL { return limits.rows }
        return limits.isSomebodyWaiting() ? LongWriteStore.smallBatch : LongWriteStore.addedBatch
    }

    private func changeMore(_ write: LongWrite, owner: User.ID, _ batch: Int) throws -> Progress {
        switch write {
        case .addImport(let id):
            try ImportSteps(connection: connection, id: id, owner: owner).add(batch)
        case .undoImport(let id):
            try ImportSteps(connection: connection, id: id, owner: owner).undo(keepsFile: false)
        case .takeBackImport(let id):
            try ImportSteps(connection: connection, id: id, owner: owner).undo(keepsFile: true)
        case .mergeCategory(let id, into: let target):
            try MergeSteps(connection: connection, category: id, target: target, owner: owner).move()
        case .recordRepeating(through: let day):
            try RepeatingStore(connection: connection, userQuota: userQuota)
                .recordSome(through: day, of: owner, batch)
        case .readDescriptions: try DescriptionSteps(connection: connection, owner: owner).read()
        case .readTags: try TagSteps(connection: connection, owner: owner).read()
        case .bulkChange(let id):
            try BulkSteps(connection: connection, id: id, owner: owner).make(batch)
        case .undoBulkChange(let id):
            try BulkSteps(connection: connection, id: id, owner: owner).undo(batch)
        case .countMonths(let months):
            try MonthSteps(connection: connection, months: months, owner: owner).count()
        case .removeUser: try RemovalSteps(connection: connection, owner: owner).remove()
        }
    }

    func finish(_ write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "DELETE FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
            .text(write.kind.rawValue), .integer(write.subject))
    }

    /// Keeps why a step has failed. `isTransient`: nothing is wrong with what it found, and there may be room, or a server,
    /// the next time. After some failures of the other kind an import is taken back; a merge, or a count, begins from the start.
    func note(failure: String, of owned: OwnedLongWrite, isTransient: Bool) throws {
        let (owner, write) = (owned.owner, owned.write)
        try connection.run(
            """
            UPDATE long_writes SET failure = ?, failures = failures + ?
            WHERE owner = ? AND kind = ? AND subject = ?
            """, .text(failure), .integer(isTransient ? 0 : 1), .id(owner), .text(write.kind.rawValue),
            .integer(write.subject))
        guard !isTransient, connection.changes > 0 else { return }
        switch write {
        case .addImport(let id):
            let failures = try connection.integer(
                "SELECT failures FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
                .text(write.kind.rawValue), .integer(write.subject))
            guard (failures ?? 0) >= LongWriteStore.maxFailures else { return }
            try finish(write, owner: owner)
            try connection.run(
                "UPDATE imports SET failure = ? WHERE owner = ? AND id = ?", .text(failure), .id(owner),
                .id(id))
            try note(.takeBackImport(id), owner: owner)
        case .mergeCategory: try set(Place(phase: 0), of: write, owner: owner)
        case .countMonths(let months):
            try MonthSteps(connection: connection, months: months, owner: owner).beginAgain()
        case .undoImport, .takeBackImport, .readDescriptions, .readTags, .bulkChange, .undoBulkChange,
            .recordRepeating, .removeUser:
            return
        }
    }

    /// Has a step that succeeds after one that failed say so.
    func forgetFailure(of owned: OwnedLongWrite) throws {
        try connection.run(
            "UPDATE long_writes SET failure = NULL, failures = 0 WHERE owner = ? AND kind = ? AND subject = ?",
            .id(owned.owner), .text(owned.write.kind.rawValue), .integer(owned.write.subject))
    }

    func place(of write: LongWrite, owner: User.ID) throws -> Place {
        let statement = try connection.statement(
            "SELECT phase, first, second FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?",
            [.id(owner), .text(write.kind.rawValue), .integer(write.subject)])
        guard try statement.step() else { throw AppError.notFound }
        return Place(
            phase: try statement.integer(0), first: try statement.integer(1), second: try statement.integer(2)
        )
    }

    func set(_ place: Place, of write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "UPDATE long_writes SET phase = ?, first = ?, second = ? WHERE owner = ? AND kind = ? AND subject = ?",
            .integer(place.phase), .integer(place.first), .integer(place.second), .id(owner),
            .text(write.kind.rawValue), .integer(write.subject))
    }
}

extension Statement {
    /// The columns `kind, subject, target`. Throws `StorageError.unreadable` for a kind of a later release.
    fileprivate func longWrite(from column: Int) throws -> LongWrite {
        let write = LongWrite(
            kind: try text(column), subject: try integer(column + 1), target: try integer(column + 2))
        guard let write else { throw StorageError.unreadable(column: "kind") }
        return write
    }
}
