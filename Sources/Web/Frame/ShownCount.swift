import Expenses
import Templating

/// A count with its thousands grouped, alone or with what is counted: "12,345", "1 expense".
struct ShownCount: TemplateValue, CustomStringConvertible {
    let count: Int
    let format: MoneyFormat
    var isOfExpenses = false

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        format.count(count).withBytes { output.append($0) }
        if isOfExpenses { output.append(count == 1 ? " expense" as StaticString : " expenses") }
    }

    var description: String { String(showing: self) }
}
