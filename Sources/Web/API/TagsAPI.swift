import Expenses
import HTTP
import JSON
import Storage

/// Tags for scripts.
struct TagsAPI: Sendable {
    let services: Services

    /// GET /api/v1/tags. Reads all expenses that have any: not on an event loop.
    func index(_ visit: APIVisit) async throws -> Response {
        let (owner, currency, storage) = (visit.user.id, visit.user.preferences.currency, services.storage)
        let tags = try await services.searches.run(for: owner) {
            try storage.read { try $0.tags.page(of: owner, limit: .max).tags }
        }
        return .items(
            tags.map { tag in
                [
                    "name": .string(tag.name), "count": .integer(Int64(tag.total.count)),
                    "total": .string(tag.total.amount.decimal(in: currency)),
                ]
            })
    }
}
