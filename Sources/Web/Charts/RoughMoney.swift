import Expenses
import Templating

/// About how much it is, without the currency: `1.2k`.
struct RoughMoney: TemplateValue {
    let amount: Money
    let format: MoneyFormat

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) { format.rough(amount).withBytes { output.append($0) } }
}
