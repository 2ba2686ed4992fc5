import Expenses
import HTTP
import Storage

/// The expenses as a file.
struct DownloadController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /expenses.csv: every expense that the dashboard's filters match, in the order of its list, as they were at one
    /// moment.
    func show(_ visit: UserVisit) async throws -> Response {
        let fields = visit.request.query
        var ignored: [String] = []
        var query = FilterQuery(fields, ignored: &ignored)
        guard query.inheritFilter(FilterQuery(before: visit.request), from: fields) else {
            // The dashboard says what is missing; a file with more in it than was asked for would not.
            return .seeOther("/expenses?\(FilterLinks.inherit)")
        }
        let (owner, currency, today) = (visit.user.id, visit.preferences.currency, visit.today)
        let body = try await services.downloads.body(for: owner) { [query] stores, writer in
            let categories = try stores.categories.all(of: owner)
            var query = query
            var ignored: [String] = []
            query.keep(categories, ignored: &ignored)
            let names = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
            let heading = ["date", "amount", "category", "description"].map { CSVWriter.Cell.plain($0) }
            try writer.write { CSVWriter.append(heading, to: &$0) }
            try stores.list.forEachPage(of: owner, matching: query.filter(today: today)) { expense in
                let cells: [CSVWriter.Cell] = [
                    .plain(expense.day.description), .plain(expense.amount.decimal(in: currency)),
                    .text(names[expense.category] ?? ""), .text(expense.description),
                ]
                try writer.write { CSVWriter.append(cells, to: &$0) }
            }
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"expenses.csv\"",
            ], body: body)
    }
}
