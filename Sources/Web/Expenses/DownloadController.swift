import Expenses
import HTTP
import Storage

/// The expenses as a file.
struct DownloadController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// Rows read at a time, so that a download of any length needs little memory and holds up nobody.
    private static let batch = 500

    /// GET /expenses.csv: every expense that the dashboard's filters match, in the order of its list.
    ///
    /// The rows are read while they are sent, all of them as they were at one moment.
    func show(_ visit: UserVisit) throws -> Response {
        let (owner, currency) = (visit.user.id, visit.preferences.currency)
        let snapshot = try services.storage.lastingSnapshot()
        var ignored: [String] = []
        let fields = visit.request.query
        var query = FilterQuery(fields, ignored: &ignored)
        guard query.inheritFilter(FilterQuery(before: visit.request), from: fields) else {
            // The dashboard says what is missing; a file with more in it than was asked for would not.
            return .seeOther("/expenses?\(FilterLinks.inherit)")
        }
        let categories = try snapshot.read { try $0.categories.all(of: owner) }
        query.keep(categories, ignored: &ignored)
        let filter = query.filter(today: visit.today)

        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"expenses.csv\"",
            ],
            body: .stream { writer in
                let heading = ["date", "amount", "category", "description"].map { CSVWriter.Cell.plain($0) }
                try await writer.write { CSVWriter.append(heading, to: &$0) }
                let names = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
                var cursor: Cursor?
                repeat {
                    let page = try await services.searches.page(
                        of: owner, matching: filter, after: cursor, limit: Self.batch, in: snapshot)
                    for expense in page.expenses {
                        let cells: [CSVWriter.Cell] = [
                            .plain(expense.day.description), .plain(expense.amount.decimal(in: currency)),
                            .text(names[expense.category] ?? ""), .text(expense.description),
                        ]
                        try await writer.write { CSVWriter.append(cells, to: &$0) }
                    }
                    cursor = page.next
                } while cursor != nil
            })
    }
}
