import Expenses
import HTTP
import Templating

/// An address of the dashboard, or of another list of expenses, under a filter.
///
/// What all links of a page share is made once, in `FilterLinks`; the days are this link's own.
struct FilterAddress: TemplateValue, CustomStringConvertible {
    var path: StaticPath = .dashboard
    let links: FilterLinks
    var days: DayFilter
    var after: Cursor?
    /// In the place of the filter's categories.
    var category: Category.ID?

    enum StaticPath: Sendable {
        case dashboard, download
    }

    static var writing: TemplateWriting { .path }

    func write(to output: inout Output) {
        write(to: &output, separator: "&amp;")
    }

    /// The address itself, for a header.
    var description: String { String(showing: Unescaped(address: self)) }

    private struct Unescaped: TemplateValue {
        let address: FilterAddress

        func write(to output: inout Output) { address.write(to: &output, separator: "&") }
    }

    private func write(to output: inout Output, separator: StaticString) {
        switch path {
        case .dashboard: output.append("/expenses" as StaticString)
        case .download: output.append("/expenses.csv" as StaticString)
        }
        var query = Query(separator: separator)
        if let category {
            query.append("category=", category, to: &output)
        } else if case .written(let categories, _) = links.kept {
            for category in categories { query.append("category=", category, to: &output) }
        }
        switch links.kept {
        case .written(_, let text):
            writeDays(&query, to: &output)
            query.append(text, to: &output)
        case .same(days):
            query.append("same=", FilterLinks.all, to: &output)
        case .same:
            writeDays(&query, to: &output)
            query.append(FilterLinks.same, to: &output)
        }
        if let after { query.append("after=", after.description, to: &output) }
    }

    private func writeDays(_ query: inout Query, to output: inout Output) {
        if let month = days.month { query.append("month=", month, to: &output) }
        if let year = days.year { query.append("year=", year, to: &output) }
        if days.fromNumber > 0 { query.append("from=", day: days.fromNumber, to: &output) }
        if days.throughNumber > 0 { query.append("to=", day: days.throughNumber, to: &output) }
        if let period = days.period { query.append("period=", period.rawValue, to: &output) }
    }

    /// Puts `?` before the first field and the separator before the others.
    private struct Query {
        let separator: StaticString
        private var isEmpty = true

        init(separator: StaticString) { self.separator = separator }

        /// - Parameter name: with its `=`.
        mutating func append(_ name: StaticString, _ value: some TemplateValue, to output: inout Output) {
            separate(&output)
            output.append(name)
            value.write(to: &output)
        }

        mutating func append(_ name: StaticString, day number: Int32, to output: inout Output) {
            separate(&output)
            output.append(name)
            output.append(date: Int(number))
        }

        /// Fields that are encoded already.
        mutating func append(_ fields: String, to output: inout Output) {
            guard !fields.isEmpty else { return }
            separate(&output)
            output.append(fields)
        }

        private mutating func separate(_ output: inout Output) {
            output.append(isEmpty ? "?" as StaticString : separator)
            isEmpty = false
        }
    }
}
