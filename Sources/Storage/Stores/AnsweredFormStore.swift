package import Expenses
import SQL

/// Where a form has led, for one that is sent twice to different copies of the program. The one copy that has a SQLite
/// file keeps it in memory: this table is on servers only.
package struct AnsweredFormStore {
    let connection: Connection

    /// Seconds for which an answer is kept at least.
    private static let memory: Int64 = 10

    /// Keeps where the user was sent after a form with this hash.
    package func remember(_ location: String, after form: [UInt8], owner: User.ID, at now: Int64) throws {
        // It is known for a moment only: nobody has to wait until it is on the disk.
        try connection.runAhead("SET LOCAL synchronous_commit = off")
        try connection.runAhead(
            """
            INSERT INTO answered_forms (owner, form, location, answered_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, form) DO UPDATE SET location = excluded.location, answered_at = excluded.answered_at
            """, [.id(owner), .blob(form), .text(location), .integer(now)])
    }

    /// Where the user was sent after the same form, if that was at this time or later.
    package func answer(to form: [UInt8], owner: User.ID, since time: Int64) throws -> String? {
        try connection.statement(
            "SELECT location FROM answered_forms WHERE owner = ? AND form = ? AND answered_at >= ?",
            [.id(owner), .blob(form), .integer(time)]
        ).first { try $0.text(0) }
    }

    /// Removes some of what has had its time. Returns how much.
    func sweep(at now: Int64, limit: Int64) throws -> Int {
        guard connection.dialect == .postgreSQL else { return 0 }
        try connection.run(
            """
            DELETE FROM answered_forms WHERE answered_at < ?1 AND (owner, form) IN (
                SELECT owner, form FROM answered_forms WHERE answered_at < ?1 LIMIT ?2)
            """, .integer(now - AnsweredFormStore.memory), .integer(limit))
        return connection.changes
    }
}
