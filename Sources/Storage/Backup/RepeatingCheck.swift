import Expenses
import SQL

/// What is derived of expenses that repeat, and what names an expense that is gone: told, and put right.
struct RepeatingCheck {
    let connection: Connection

    private static let orphans = """
        SELECT owner, id FROM recorded_expenses EXCEPT SELECT owner, id FROM expenses
        EXCEPT SELECT owner, id FROM deleted_expenses EXCEPT SELECT owner, id FROM import_rows
        """

    private static let dues = """
        SELECT users.id, repeating_due, due FROM users LEFT JOIN (
            SELECT owner, min(next_day) AS due FROM repeating WHERE former = 0 GROUP BY owner) AS counted
            ON counted.owner = users.id
        WHERE coalesce(repeating_due, 0) <> coalesce(due, 0) ORDER BY 1
        """

    /// Those whose next day is not the one that is kept: the owner, and what is right.
    private func withWrongDay() throws -> [(owner: User.ID, rule: RepeatingExpense, nextDay: Day?)] {
        let statement = try connection.statement(
            composed: """
                SELECT id, \(RepeatingRow.columns), owner, next_day, deleted_at FROM repeating WHERE former = 0
                ORDER BY owner, id
                """)
        var wrong: [(owner: User.ID, rule: RepeatingExpense, nextDay: Day?)] = []
        while try statement.step() {
            let rule = try statement.repeatingExpense()
            let day = statement.isNull(15) ? rule.nextDay : nil
            if try statement.optionalDay(14) != day { wrong.append((try statement.id(13), rule, day)) }
        }
        return wrong
    }

    func findings() throws -> [String] {
        var findings = try withWrongDay().prefix(IntegrityCheck.most).map {
            "repeating: user \($0.owner): the next day of \($0.rule.id) is wrong"
        }
        let dues = try connection.statement(composed: RepeatingCheck.dues)
        while try dues.step(), findings.count < IntegrityCheck.most {
            findings.append("repeating: user \(try dues.integer(0)): the day from which some is due is wrong")
        }
        let orphans = try connection.statement(
            composed: "SELECT owner, count(*) FROM (\(RepeatingCheck.orphans)) AS rows GROUP BY owner")
        while try orphans.step(), findings.count < IntegrityCheck.most {
            findings.append(
                "repeating: user \(try orphans.integer(0)): \(try orphans.integer(1)) recorded expenses are missing"
            )
        }
        return findings
    }

    func repair() throws {
        for (owner, rule, day) in try withWrongDay() {
            try connection.run(
                "UPDATE repeating SET next_day = ? WHERE owner = ? AND id = ? AND former = 0", .day(day),
                .id(owner), .id(rule.id))
        }
        try connection.statement(
            composed: "DELETE FROM recorded_expenses WHERE (owner, id) IN (\(RepeatingCheck.orphans))"
        ).run()
        let owners: [User.ID] = try connection.statement(composed: RepeatingCheck.dues).rows { try $0.id(0) }
        for owner in owners {
            try RepeatingStore(connection: connection).noteDue(of: owner)
        }
    }
}
