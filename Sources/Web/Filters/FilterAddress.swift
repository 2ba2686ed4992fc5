import Expenses
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

    /// The address itself, for a header. Each `&` in it stands between fields: values are percent-encoded.
    var description: String {
        var left = 0
        let bytes = String(showing: self).utf8.filter { byte in
            guard left == 0 else {
                left -= 1
                return false
            }
            // As HTML writes it, `amp;` follows.
            if byte == UInt8(ascii: "&") { left = 4 }
            return true
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(to output: inout Output) {
        switch path {
        case .dashboard: output.append("/expenses" as StaticString)
        case .download: output.append("/expenses.csv" as StaticString)
        }
        var fields = AddressFields()
        if let category {
            fields.begin("category=", in: &output)
            category.write(to: &output)
        } else if !links.category.isEmpty {
            fields.begin("", in: &output)
            output.append(links.category)
        }
        DayCondition.write(days, &fields, to: &output)
        if !links.others.isEmpty {
            fields.begin("", in: &output)
            output.append(links.others)
        }
        if links.isSelecting, path == .dashboard { fields.begin("select=1", in: &output) }
        if let after {
            fields.begin("after=", in: &output)
            output.append(after.description)
        }
    }
}
