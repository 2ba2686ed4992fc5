package import Expenses
package import Templating

extension Identifier: TemplateValue {
    package static var writing: TemplateWriting { .plain }
    package func write(to output: inout Output) { output.append(Int(rawValue)) }
}

extension Day: TemplateValue {
    package static var writing: TemplateWriting { .plain }
    /// `YYYY-MM-DD`
    package func write(to output: inout Output) {
        output.append(date: number)
    }
}

extension CategoryColor: TemplateValue {
    package static var writing: TemplateWriting { .plain }
    package func write(to output: inout Output) { output.append(rawValue) }
}

extension YearMonth: TemplateValue {
    package static var writing: TemplateWriting { .plain }
    /// "November 2026"
    package func write(to output: inout Output) {
        output.translation.calendar.write(.month, month: month, year: year, to: &output)
    }
}
