import Expenses
import JSON

/// An expense as the API shows it.
struct ExpenseJSON {
    private let names: [Category.ID: String]
    private let currency: Currency

    init(_ categories: [Category], _ currency: Currency) {
        names = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
        self.currency = currency
    }

    func append(_ expense: Expense, to body: inout [UInt8]) {
        JSONWriter.append("id", expense.id.description, after: "{", to: &body)
        JSONWriter.append("amount", expense.amount.decimal(in: currency), to: &body)
        // The row's key refers to a category that exists, in the same snapshot.
        JSONWriter.append("category", names[expense.category] ?? "", to: &body)
        JSONWriter.append("date", expense.day.description, to: &body)
        JSONWriter.append("description", expense.description, to: &body)
        body.append(UInt8(ascii: "}"))
    }

    func json(_ expense: Expense) -> [UInt8] {
        var body: [UInt8] = []
        append(expense, to: &body)
        return body
    }
}
