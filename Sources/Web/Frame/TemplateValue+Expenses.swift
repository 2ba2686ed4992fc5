package import Expenses
package import Templating

extension Identifier: TemplateValue {
    package static var isPlain: Bool { true }
    package func write(to output: inout Output) { output.append(rawValue) }
}

extension Day: TemplateValue {
    package static var isPlain: Bool { true }
    /// `YYYY-MM-DD`
    package func write(to output: inout Output) { text.withBytes { output.append($0) } }
}

extension CategoryColor: TemplateValue {
    package static var isPlain: Bool { true }
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
