import Expenses
import HTTP
import JSON
import Storage
import Templating

/// The user's rules, for scripts.
struct RulesAPI: Sendable {
    private static let address = "/api/v1/rules"

    private let storage: Storage

    init(_ services: Services) {
        storage = services.storage
    }

    /// GET /api/v1/rules, in the order in which they are tried.
    func index(_ visit: APIVisit) throws -> Response {
        let rules = try visit.read { try $0.rules.all(of: visit.user.id) }
        var body = Array(#"{"items":["#.utf8)
        for (index, rule) in rules.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += RulesAPI.json(rule, at: index + 1)
        }
        body += "]}".utf8
        return .json(.ok, body)
    }

    /// POST /api/v1/rules
    func create(_ visit: APIVisit) async throws -> Response {
        let rule = try validated(visit, as: Rule.ID(0))
        let owner = visit.user.id
        let position = Int(visit.body["position"] ?? "")
        let key = try IdempotencyKey(visit.request)
        let now = visit.now
        let answer = try await storage.write(of: owner) { stores in
            try key.once(for: owner, at: now, in: stores) {
                let id = try stores.rules.insert(rule, at: position, owner: owner)
                return IdempotencyStore.Answer(
                    location: "\(RulesAPI.address)/\(id)", body: try RulesAPI.json(id, owner, in: stores))
            }
        }
        var response = Response.json(.created, answer.body)
        response.headers["Location"] = answer.location
        return response
    }

    /// PUT /api/v1/rules/{id}
    func replace(_ visit: APIVisit) async throws -> Response {
        let id: Rule.ID = try visit.id()
        let rule = try validated(visit, as: id)
        let owner = visit.user.id
        let position = Int(visit.body["position"] ?? "")
        let body = try await storage.write(of: owner) { stores in
            try stores.rules.update(rule, at: position, owner: owner)
            return try RulesAPI.json(id, owner, in: stores)
        }
        return .json(.ok, body)
    }

    /// DELETE /api/v1/rules/{id}
    func remove(_ visit: APIVisit) async throws -> Response {
        let id: Rule.ID = try visit.id()
        let owner = visit.user.id
        try await storage.write(of: owner) { try $0.rules.remove(id, owner: owner) }
        return Response(.noContent)
    }

    /// By the form of the pages.
    private func validated(_ visit: APIVisit, as id: Rule.ID) throws -> Rule {
        let categories = try visit.read { try $0.categories.all(of: visit.user.id) }
        switch RuleForm(visit.body).validated(as: id, among: categories) {
        case .success(let rule): return rule
        case .failure(let problems): throw Problem.invalid(problems)
        }
    }

    private static func json(_ id: Rule.ID, _ owner: User.ID, in stores: Stores) throws -> [UInt8] {
        let rules = try stores.rules.all(of: owner)
        guard let place = rules.firstIndex(where: { $0.id == id }) else { throw AppError.notFound }
        return json(rules[place], at: place + 1)
    }

    private static func json(_ rule: Rule, at position: Int) -> [UInt8] {
        var body: [UInt8] = []
        JSONWriter.append("id", rule.id.description, after: "{", to: &body)
        JSONWriter.append("text", rule.text, to: &body)
        JSONWriter.appendName("category", to: &body)
        if let category = rule.category {
            JSONWriter.append(category.description, to: &body)
        } else {
            body += "null".utf8
        }
        JSONWriter.append("new_description", rule.newDescription, to: &body)
        JSONWriter.append("tag", rule.tag, to: &body)
        JSONWriter.appendName("leave_out", to: &body)
        body += (rule.leavesOut ? "true" : "false").utf8
        JSONWriter.append("position", Int64(position), to: &body)
        body.append(UInt8(ascii: "}"))
        return body
    }
}
