import Expenses
import JSON

/// An expense as the API shows it.
struct ExpenseJSON {
    private let writer: ExpenseWriter

    init(_ categories: [Category], _ preferences: Preferences) {
        writer = ExpenseWriter(categories, preferences, ExpenseField.all)
    }

    func append(_ expense: Expense, to body: inout [UInt8]) {
        JSONWriter.append("id", expense.id.description, after: "{", to: &body)
        writer.append(membersOf: expense, after: ",", to: &body)
        body.append(UInt8(ascii: "}"))
    }

    func json(_ expense: Expense) -> [UInt8] {
        var body: [UInt8] = []
        append(expense, to: &body)
        return body
    }
}
