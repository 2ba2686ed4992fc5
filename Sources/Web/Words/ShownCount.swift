import Expenses
import Templating

/// A count with its thousands grouped, alone or with what is counted: "12,345", "1 expense".
struct ShownCount: TemplateValue, CustomStringConvertible {
    let count: Int
    let format: MoneyFormat
    var isOfExpenses = false

    func write(to output: inout Output) {
        if isOfExpenses {
            message.write(to: &output)
        } else {
            format.count(count).withBytes { output.append($0) }
        }
    }

    var description: String { String(showing: self) }
}
