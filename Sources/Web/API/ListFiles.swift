import Expenses
import HTTP
import Storage

/// The rows of a list at the list's own address with `.json` behind it.
struct ListFiles: Sendable {
    private let downloads: Downloads

    init(_ services: Services) {
        downloads = services.downloads
    }

    /// GET /expenses.json: as they were at one moment.
    func expenses(_ visit: APIVisit) async throws -> Response {
        let (owner, preferences, today) = (visit.user.id, visit.user.preferences, visit.today)
        let fields = visit.request.query
        let body = try await downloads.body(for: visit.user) { stores, writer in
            let categories = try stores.categories.all(of: owner)
            let filter = try FilterParameters.read(fields, among: categories)
                .filter(today: today, months: preferences.months)
            let json = ExpenseJSON(categories, preferences)
            try writer.write(#"{"items":["#, separatedBy: ",", "]}") {
                try stores.list.forEach(of: owner, matching: filter, $0)
            } as: {
                json.append($0, to: &$1)
            }
        }
        return Response(.ok, headers: ["Content-Type": "application/json"], body: body)
    }
}
