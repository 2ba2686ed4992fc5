import Expenses
import Templating

/// "23 November 2026"
struct ShownDate: TemplateValue, CustomStringConvertible {
    let day: Day

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        output.append(day.dayOfMonth)
        output.append(UInt8(ascii: " "))
        day.yearMonth.write(to: &output)
    }

    var description: String { String(showing: self) }
}
