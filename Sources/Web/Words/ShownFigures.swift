import Expenses
import Templating

/// An amount without its currency, for tables that name it once: `1,234.56`.
struct ShownFigures: TemplateValue {
    let amount: Money
    let format: MoneyFormat

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) { format.figures(amount).withBytes { output.append($0) } }
}
