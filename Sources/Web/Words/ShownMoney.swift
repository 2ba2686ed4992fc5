import Expenses
import Templating

/// An amount as a page shows it: `$1,234.56`.
struct ShownMoney: TemplateValue, CustomStringConvertible {
    let amount: Money
    let format: MoneyFormat

    static var writing: TemplateWriting { .plain }

    /// Between U+2066 and U+2069 in a page that is written from right to left, where the minus of `-$5` would stand behind
    /// it (Unicode Standard Annex #9, 2.4).
    func write(to output: inout Output) {
        let isIsolated = output.translation.language.isRightToLeft
        if isIsolated { output.append("\u{2066}") }
        format.text(amount).withBytes { output.append($0) }
        if isIsolated { output.append("\u{2069}") }
    }

    var description: String { format.text(amount).description }
}
