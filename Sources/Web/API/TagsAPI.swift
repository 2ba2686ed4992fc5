import Expenses
import HTTP
import JSON
import Storage

/// Tags for scripts.
struct TagsAPI: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /api/v1/tags. Reads all expenses that have any: not on an event loop.
    func index(_ visit: APIVisit) async throws -> Response {
        let (owner, currency, storage) = (visit.user.id, visit.user.preferences.currency, services.storage)
        let tags = try await services.searches.run(for: owner) {
            try storage.read { try $0.tags.page(of: owner, limit: .max).tags }
        }
        var body = Array(#"{"items":["#.utf8)
        for (index, tag) in tags.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            JSONWriter.append("name", tag.name, after: "{", to: &body)
            JSONWriter.append("count", Int64(tag.total.count), to: &body)
            JSONWriter.append("total", tag.total.amount.decimal(in: currency), to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body += "]}".utf8
        return .json(.ok, body)
    }
}
