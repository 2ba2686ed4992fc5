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
        func members(_ total: Total) -> [JSONValue.Member] {
            [
                .init("count", .integer(Int64(total.count))),
                .init("total", .string(total.amount.decimal(in: currency))),
            ]
        }
        let byCategory = categories.compactMap { category in
            summary.total(of: category.id).map { total -> JSONValue in
                .object(
                    [
                        .init("id", .string(category.id.description)), .init("name", .string(category.name)),
                    ] + members(total))
            }
        }
        let byMonth = summary.byMonth.map { month -> JSONValue in
            .object([.init("month", .string(month.month.description))] + members(month.total))
        }
        return .json(
            .ok,
            .object(
                [.init("currency", .string(currency.code))] + members(summary.total) + [
                    .init("categories", .array(byCategory)), .init("months", .array(byMonth)),
                ]))
    }
}
