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
        output.append(day: number)
    }
}

extension Output {
    /// The day with this `Day.number` as `YYYY-MM-DD`.
    mutating func append(day number: Int) {
        append(twoDigits: number / 1_000_000)
        append(twoDigits: number / 10_000 % 100)
        append(UInt8(ascii: "-"))
        append(twoDigits: number / 100 % 100)
        append(UInt8(ascii: "-"))
        append(twoDigits: number % 100)
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
        output.append(monthName)
        output.append(UInt8(ascii: " "))
        output.append(year)
    }
}
