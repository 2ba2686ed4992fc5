import Expenses
import HTTP
import JSON
import Storage

/// Totals for scripts.
struct SummaryAPI: Sendable {
    /// GET /api/v1/summary
    func show(_ visit: APIVisit) throws -> Response {
        let owner = visit.user.id
        let (categories, summary) = try visit.read { stores in
            let categories = try stores.categories.all(of: owner)
            let query = try FilterParameters.read(visit.request.query, among: categories)
            return (
                categories,
                try stores.totals.summary(
                    of: owner,
                    matching: query.filter(today: visit.today, months: visit.user.preferences.months))
            )
        }
        let currency = visit.user.preferences.currency
        func append(_ total: Total, to body: inout [UInt8]) {
            JSONWriter.append("count", Int64(total.count), to: &body)
            JSONWriter.append("total", total.amount.decimal(in: currency), to: &body)
        }
        var body: [UInt8] = []
        JSONWriter.append("currency", currency.code, after: "{", to: &body)
        append(summary.total, to: &body)
        JSONWriter.appendName("categories", to: &body)
        var mark = "[" as Unicode.Scalar
        for category in categories {
            guard let total = summary.total(of: category.id) else { continue }
            body.append(UInt8(ascii: mark))
            JSONWriter.append("id", category.id.description, after: "{", to: &body)
            JSONWriter.append("name", category.name, to: &body)
            append(total, to: &body)
            body.append(UInt8(ascii: "}"))
            mark = ","
        }
        body += (mark == "[" ? "[]" : "]").utf8
        JSONWriter.appendName("months", to: &body)
        mark = "["
        for month in summary.byMonth {
            body.append(UInt8(ascii: mark))
            JSONWriter.append("month", month.month.description, after: "{", to: &body)
            append(month.total, to: &body)
            body.append(UInt8(ascii: "}"))
            mark = ","
        }
        body += (mark == "[" ? "[]}" : "]}").utf8
        return .json(.ok, body)
    }
}
