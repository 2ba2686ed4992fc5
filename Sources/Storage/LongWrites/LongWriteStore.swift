package import Expenses
import Platform
import SQL

/// Changes of many rows, made in steps of a few milliseconds. After each step everything that is kept twice agrees, and a
/// change that a stop of the program has cut goes on at the next start.
package struct LongWriteStore {
    let connection: Connection

    /// Microseconds that a step takes before it ends. A server makes others' writes meanwhile, and a transaction there costs
    /// more than some rows.
    private var stepTime: Int64 { connection.dialect == .sqlite ? 500 : 50_000 }
    /// Rows between two looks at the clock.
    static let rowsPerClockCheck = 8
    /// The same where a row is only looked at.
    static let scannedRowsPerClockCheck = 128

    /// How far a write has come, where that is not told by what is left.
    struct Place {
        var phase: Int64
        var first: Int64 = 0
        var second: Int64 = 0
    }

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
        guard let next = try next(after: owner, besides: []) else { return nil }
        try step(of: next)
        return next
    }

    /// Whose turn it is after that owner; nil where nobody but those left out has anything to do.
    func next(after owner: User.ID?, besides leftOut: Set<User.ID>) throws -> User.ID? {
        for start in Set([owner?.rawValue ?? 0, 0]).sorted(by: >) {
            var place = start
            while let next = try connection.integer(
                "SELECT owner FROM long_writes WHERE owner > ? ORDER BY owner LIMIT 1", .integer(place))
            {
                let next = User.ID(next)
                if !leftOut.contains(next) { return next }
                place = next.rawValue
            }
        }
        return nil
    }

    /// Makes one step of the owner's first change.
    func step(of owner: User.ID) throws {
        try connection.lock(owner)
        // Another copy of the program may have ended it meanwhile.
        guard let write = try first(of: owner) else { return }
        try step(write, owner: owner)
    }

    private func first(of owner: User.ID) throws -> LongWrite? {
        let statement = try connection.statement(
            "SELECT kind, subject, target FROM long_writes WHERE owner = ? ORDER BY kind, subject LIMIT 1",
            [.id(owner)])
        guard try statement.step() else { return nil }
        let write = LongWrite(
            kind: try statement.text(0), subject: try statement.integer(1), target: try statement.integer(2))
        guard let write else { throw StorageError.unreadable(column: "kind") }
        return write
    }

    private func step(_ write: LongWrite, owner: User.ID) throws {
        let end = Clock.microseconds + stepTime
        repeat {
            guard try changeMore(write, owner: owner) else { return try finish(write, owner: owner) }
        } while Clock.microseconds < end
    }

    /// Changes a few rows. Returns false when none is left.
    private func changeMore(_ write: LongWrite, owner: User.ID) throws -> Bool {
        switch write {
        case .addImport(let id): try ImportSteps(connection: connection, id: id, owner: owner).add()
        case .undoImport(let id): try ImportSteps(connection: connection, id: id, owner: owner).undo()
        case .mergeCategory(let id, into: let target):
            try MergeSteps(connection: connection, category: id, target: target, owner: owner).move()
        case .removeUser: try RemovalSteps(connection: connection, owner: owner).remove()
        }
    }

    private func finish(_ write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "DELETE FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?", .id(owner),
            .text(write.kind), .integer(write.subject))
    }

    func place(of write: LongWrite, owner: User.ID) throws -> Place {
        let statement = try connection.statement(
            "SELECT phase, first, second FROM long_writes WHERE owner = ? AND kind = ? AND subject = ?",
            [.id(owner), .text(write.kind), .integer(write.subject)])
        guard try statement.step() else { throw AppError.notFound }
        return Place(
            phase: try statement.integer(0), first: try statement.integer(1), second: try statement.integer(2)
        )
    }

    func set(_ place: Place, of write: LongWrite, owner: User.ID) throws {
        try connection.run(
            "UPDATE long_writes SET phase = ?, first = ?, second = ? WHERE owner = ? AND kind = ? AND subject = ?",
            .integer(place.phase), .integer(place.first), .integer(place.second), .id(owner),
            .text(write.kind),
            .integer(write.subject))
    }
}
