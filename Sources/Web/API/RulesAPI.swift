import Expenses
import HTTP
import JSON
import Storage

/// The user's rules, for scripts.
struct RulesAPI: Sendable {
    private static let address = "/api/v1/rules"

    let services: Services

    /// GET /api/v1/rules, in the order in which they are tried.
    func index(_ visit: APIVisit) throws -> Response {
        let rules = try visit.read { try $0.rules.all(of: visit.user.id) }
        return .items(rules.enumerated().map { RulesAPI.json($1, at: $0 + 1) })
    }

    /// POST /api/v1/rules
    func create(_ visit: APIVisit) async throws -> Response {
        let (rule, position) = (try validated(visit, as: Rule.ID(0)), RulesAPI.position(visit))
        let key = try IdempotencyKey(visit.request)
        let (owner, now) = (visit.user.id, visit.now)
        let answer = try await services.storage.write(of: owner) { stores in
            try key.once(for: owner, at: now, in: stores) {
                let id = try stores.rules.insert(rule, at: position, owner: owner)
                return IdempotencyStore.Answer(
                    location: "\(RulesAPI.address)/\(id)",
                    body: try RulesAPI.json(id, owner, in: stores).bytes)
            }
        }
        return .created(answer)
    }

    /// PUT /api/v1/rules/{id}
    func replace(_ visit: APIVisit) async throws -> Response {
        let id: Rule.ID = try visit.id()
        let (rule, position) = (try validated(visit, as: id), RulesAPI.position(visit))
        let owner = visit.user.id
        let body = try await services.storage.write(of: owner) { stores in
            try stores.rules.update(rule, at: position, owner: owner)
            return try RulesAPI.json(id, owner, in: stores)
        }
        return .json(.ok, body)
    }

    /// DELETE /api/v1/rules/{id}
    func remove(_ visit: APIVisit) async throws -> Response {
        let id: Rule.ID = try visit.id()
        let owner = visit.user.id
        try await services.storage.write(of: owner) { try $0.rules.remove(id, owner: owner) }
        return Response(.noContent)
    }

    /// By the form of the pages.
    private func validated(_ visit: APIVisit, as id: Rule.ID) throws -> Rule {
        let categories = try visit.read { try $0.categories.all(of: visit.user.id) }
        return try RuleForm(visit.body).validated(as: id, among: categories).get()
    }

    /// From 1; nil where the request does not say.
    private static func position(_ visit: APIVisit) -> Int? { visit.body["position"].flatMap { Int($0) } }

    private static func json(_ id: Rule.ID, _ owner: User.ID, in stores: Stores) throws -> JSONValue {
        let rules = try stores.rules.all(of: owner)
        guard let place = rules.firstIndex(where: { $0.id == id }) else { throw AppError.notFound }
        return json(rules[place], at: place + 1)
    }

    private static func json(_ rule: Rule, at position: Int) -> JSONValue {
        [
            "id": .string(rule.id.description), "text": .string(rule.text),
            "category": rule.category.map { .string($0.description) } ?? .null,
            "new_description": .string(rule.newDescription), "tag": .string(rule.tag),
            "leave_out": .bool(rule.leavesOut), "position": .integer(Int64(position)),
        ]
    }
}
