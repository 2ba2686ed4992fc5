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
            query.begin("category=", in: &output)
            category.write(to: &output)
        } else if let first = links.categories.first {
            query.begin("category=", in: &output)
            first.write(to: &output)
            for category in links.categories.dropFirst() {
                output.append(UInt8(ascii: "+"))
                category.write(to: &output)
            }
        }
        if let rule = links.repeating {
            query.begin("repeating=", in: &output)
            rule.write(to: &output)
        }
        writeDays(&query, to: &output)
        if !links.text.isEmpty {
            query.begin("q=", in: &output)
            output.append(links.text)
        }
        if !links.tags.isEmpty {
            for tag in links.tags {
                query.begin("tag=", in: &output)
                output.append(tag)
            }
        }
        if links.isSelecting, path == .dashboard { query.begin("select=1", in: &output) }
        if let after {
            query.begin("after=", in: &output)
            output.append(after.description)
        }
    }

    private func writeDays(_ query: inout Query, to output: inout Output) {
        if let month = days.month {
            query.begin("month=", in: &output)
            output.append(month)
        }
        if let year = days.year {
            query.begin("year=", in: &output)
            output.append(year)
        }
        if days.fromNumber > 0 {
            query.begin("from=", in: &output)
            output.append(date: Int(days.fromNumber))
        }
        if days.throughNumber > 0 {
            query.begin("to=", in: &output)
            output.append(date: Int(days.throughNumber))
        }
        if let period = days.period {
            query.begin("period=", in: &output)
            output.append(period.rawValue)
        }
    }

    /// Puts `?` before the first field and the separator before the others.
    private struct Query {
        let separator: StaticString
        private var isEmpty = true

        init(separator: StaticString) { self.separator = separator }

        /// - Parameter name: with its `=`.
        mutating func begin(_ name: StaticString, in output: inout Output) {
            if isEmpty { output.append(UInt8(ascii: "?")) } else { output.append(separator) }
            isEmpty = false
            output.append(name)
        }
    }
}
