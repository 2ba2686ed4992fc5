import Expenses
import SQL

/// What is known of an expense that comes again, as columns.
enum RepeatingRow {
    private static let names = [
        "amount", "category", "description", "first_day", "every", "unit", "until", "next_number", "paused",
        "recorded_through", "recorded", "changes",
    ]
    static let columns = names.list
    static let places = names.map { _ in "?" }.list
    static let assignments = names.map { $0 + " = ?" }.list

    static func values(of rule: RepeatingExpense) -> [Value] {
        let repetition = rule.repetition
        return [
            .amount(rule.amount), .id(rule.category), .text(rule.description), .day(repetition.first),
            .integer(repetition.every), .text(repetition.unit.rawValue), .day(repetition.until),
            .integer(rule.next), .integer(rule.isPaused ? 1 : 0), .day(rule.recordedThrough),
            .integer(rule.recorded), .integer(rule.changes),
        ]
    }
}

extension Statement {
    /// The columns `id` and those of `RepeatingRow`, from 0 on.
    func repeatingExpense() throws -> RepeatingExpense {
        guard let unit = Repetition.Unit(rawValue: try text(6)) else {
            throw StorageError.unreadable(column: "unit")
        }
        var rule = RepeatingExpense(
            id: try id(0), amount: try amount(1), category: try id(2), description: try text(3),
            repetition: Repetition(
                first: try day(4), every: Int(try integer(5)), unit: unit, until: try optionalDay(7)))
        rule.next = Int(try integer(8))
        rule.isPaused = try integer(9) == 1
        rule.recordedThrough = try optionalDay(10)
        rule.recorded = Int(try integer(11))
        rule.changes = try integer(12)
        return rule
    }
}
