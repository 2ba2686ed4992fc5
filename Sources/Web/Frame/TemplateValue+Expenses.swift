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
        let number = UInt(number)
        output.append(number / 10_000, digits: 4)
        output.append(UInt8(ascii: "-"))
        output.append(number / 100 % 100, digits: 2)
        output.append(UInt8(ascii: "-"))
        output.append(number % 100, digits: 2)
    }
}

extension CategoryColor: TemplateValue {
    package static var writing: TemplateWriting { .plain }
    package func write(to output: inout Output) { output.append(rawValue) }
}

extension YearMonth: TemplateValue {
    /// "November 2026"
    package func write(to output: inout Output) {
        output.append(monthName)
        output.append(UInt8(ascii: " "))
        output.append(year)
    }
}
