import Expenses
import Templating

/// An amount as a page shows it: `$1,234.56`.
struct ShownMoney: TemplateValue, CustomStringConvertible {
    let amount: Money
    let format: MoneyFormat

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) { format.text(amount).withBytes { output.append($0) } }

    var description: String { format.text(amount).description }
}
