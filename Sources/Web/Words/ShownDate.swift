import Expenses
import Templating

/// "23 November 2026"
struct ShownDate: TemplateValue, CustomStringConvertible {
    let day: Day

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        output.translation.calendar.write(
            .day, day: day.dayOfMonth, month: day.month, year: day.year, to: &output)
    }

    var description: String { String(showing: self) }
}
