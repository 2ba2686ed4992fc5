import Expenses
import JSON

/// Writes expenses as the API and files have them.
struct ExpenseWriter: Sendable {
    let names: [Category.ID: String]
    let preferences: Preferences
    /// With amounts as the account writes them.
    let isForSpreadsheet: Bool
    /// What is read of each field for each of a million rows.
    private let columns: [(name: StaticString, isFreeText: Bool, text: @Sendable (Expense, Self) -> String)]

    init(
        _ categories: [Category], _ preferences: Preferences, _ fields: [ExpenseField],
        isForSpreadsheet: Bool = false
    ) {
        names = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
        self.preferences = preferences
        self.isForSpreadsheet = isForSpreadsheet
        columns = fields.map { ($0.name, $0.isFreeText, $0.text) }
    }

    /// Appends the members of a JSON object, without its end; `mark` stands before the first.
    func append(membersOf expense: Expense, after mark: Unicode.Scalar, to body: inout [UInt8]) {
        var mark = mark
        for column in columns {
            JSONWriter.append(column.name, column.text(expense, self), after: mark, to: &body)
            mark = ","
        }
    }

    /// The cells of a line of CSV.
    func cells(of expense: Expense) -> [CSVWriter.Cell] {
        columns.map { column in
            let text = column.text(expense, self)
            return column.isFreeText ? .text(text) : .plain(text)
        }
    }
}
