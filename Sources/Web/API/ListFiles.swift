import Expenses
import HTTP
import Storage

/// The rows of a list at the list's own address with `.json` behind it.
struct ListFiles: Sendable {
    /// Rows read at a time.
    private static let batch = 500

    private let storage: Storage
    private let searches: Searches

    init(_ services: Services) {
        storage = services.storage
        searches = services.searches
    }

    /// GET /expenses.json: as they were at one moment, in constant memory.
    func expenses(_ visit: APIVisit) throws -> Response {
        let (owner, currency) = (visit.user.id, visit.user.preferences.currency)
        let snapshot = try storage.lastingSnapshot()
        let (categories, filter) = try snapshot.read { stores in
            let categories = try stores.categories.all(of: owner)
            let query = try FilterParameters.read(visit.request.query, among: categories)
            return (categories, query.filter(today: visit.today))
        }
        return Response(
            .ok, headers: ["Content-Type": "application/json"],
            body: .stream { writer in
                let json = ExpenseJSON(categories, currency)
                var cursor: Cursor?
                var mark = #"{"items":["#
                repeat {
                    let page = try await searches.page(
                        of: owner, matching: filter, after: cursor, limit: ListFiles.batch, in: snapshot)
                    for expense in page.expenses {
                        try await writer.write { body in
                            body += mark.utf8
                            json.append(expense, to: &body)
                        }
                        mark = ","
                    }
                    cursor = page.next
                } while cursor != nil
                try await writer.write(mark == "," ? "]}" : mark + "]}")
            })
    }
}
