import Expenses
import Templating

/// A count with its thousands grouped, alone or with what is counted: "12,345", "1 expense".
struct ShownCount: TemplateValue, CustomStringConvertible {
    let count: Int
    let format: MoneyFormat
    var isOfExpenses = false

    func write(to output: inout Output) {
        let translation = output.translation
        format.count(count).withBytes { figures in
            if isOfExpenses {
                translation.counts.write(.expenses, count, figures: figures, to: &output)
            } else {
                output.append(figures)
            }
        }
    }

    var description: String { String(showing: self) }
}
