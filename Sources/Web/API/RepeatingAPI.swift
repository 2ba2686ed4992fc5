import Expenses
import HTTP
import JSON
import Storage

/// Expenses that repeat, for scripts.
struct RepeatingAPI: Sendable {
    private static let address = "/api/v1/repeating"

    private let storage: Storage

    init(_ services: Services) {
        storage = services.storage
    }

    /// GET /api/v1/repeating
    func index(_ visit: APIVisit) throws -> Response {
        let owner = visit.user.id
        let (rules, categories) = try visit.read { stores in
            (try stores.repeating.all(of: owner), try stores.categories.all(of: owner))
        }
        var body = Array(#"{"items":["#.utf8)
        for (index, rule) in rules.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            RepeatingAPI.append(rule, visit.user, categories, to: &body)
        }
        body += "]}".utf8
        return .json(.ok, body)
    }

    /// POST /api/v1/repeating
    func create(_ visit: APIVisit) async throws -> Response {
        let key = try IdempotencyKey(visit.request)
        let (user, now) = (visit.user, visit.now)
        let write = try write(visit)
        let answer = try await RepeatingAPI.reporting {
            try await storage.writeAndGoOn(of: user.id) { stores in
                try key.once(for: user.id, at: now, in: stores) {
                    let id = try write.insert(in: stores).id
                    return IdempotencyStore.Answer(
                        location: "\(RepeatingAPI.address)/\(id)",
                        body: try RepeatingAPI.json(of: id, user, in: stores))
                }
            }
        }
        var response = Response.json(.created, answer.body)
        response.headers["Location"] = answer.location
        return response
    }

    /// GET /api/v1/repeating/{id}
    func show(_ visit: APIVisit) throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        return .json(.ok, try visit.read { try RepeatingAPI.json(of: id, visit.user, in: $0) })
    }

    /// PUT /api/v1/repeating/{id}
    func replace(_ visit: APIVisit) async throws -> Response {
        let id: RepeatingExpense.ID = try visit.id()
        let user = visit.user
        guard try visit.read({ try $0.repeating.find(id, owner: user.id) }) != nil else {
            throw AppError.notFound
        }
        let write = try write(visit)
        guard write.entry.expense.category != nil else { throw Problem.invalid("category", "This is empty.") }
        let body = try await RepeatingAPI.reporting {
            try await storage.writeAndGoOn(of: user.id) { stores in
                try write.update(id, in: stores)
                return try RepeatingAPI.json(of: id, user, in: stores)
            }
        }
        return .json(.ok, body)
    }

    /// DELETE /api/v1/repeating/{id}
    func remove(_ visit: APIVisit) async throws -> Response {
        _ = try await make(.delete, visit)
        return Response(.noContent)
    }

    /// POST /api/v1/repeating/{id}/pause, likewise the others
    func pause(_ visit: APIVisit) async throws -> Response { .json(.ok, try await make(.pause, visit)) }
    func resume(_ visit: APIVisit) async throws -> Response { .json(.ok, try await make(.resume, visit)) }
    func skip(_ visit: APIVisit) async throws -> Response { .json(.ok, try await make(.skip, visit)) }

    private func make(_ change: RepeatingChange, _ visit: APIVisit) async throws -> [UInt8] {
        let id: RepeatingExpense.ID = try visit.id()
        let (user, today, now) = (visit.user, visit.today, visit.now)
        return try await storage.writeAndGoOn(of: user.id) { stores in
            try change.make(id, owner: user.id, today: today, at: now, in: stores)
            return change == .delete ? [] : try RepeatingAPI.json(of: id, user, in: stores)
        }
    }

    /// The form of the pages, with a category by its name and the amount in its plain form.
    private func write(_ visit: APIVisit) throws -> RepeatingWrite {
        let categories = try visit.read { try $0.categories.all(of: visit.user.id) }
        // A form of a page sends what is left open; a script leaves it out.
        if visit.body["past"]?.isEmpty == true {
            throw Problem.invalid("past", "This is “record” or “skip”.")
        }
        var form = RepeatingForm(visit.body)
        let key = searchKey(form.expense.category)
        if let named = categories.first(where: { searchKey($0.name) == key }) {
            form.expense.category = named.id.description
        }
        switch form.validated(visit.user.preferences, among: categories, amount: .decimal) {
        case .success(let entry):
            return RepeatingWrite(
                entry: entry, owner: visit.user.id, today: visit.today, now: visit.now)
        case .failure(let problems): throw Problem.invalid(problems)
        }
    }

    private static func reporting<Value>(_ write: () async throws -> Value) async throws -> Value {
        do {
            return try await write()
        } catch let question as RepeatingWrite.Question {
            let days = question.days
            throw Problem.invalid(
                "past",
                "\(days.count) expenses would be recorded at once, from \(days.first) to \(days.last): say “record” or “skip”."
            )
        }
    }

    private static func json(of id: RepeatingExpense.ID, _ user: User, in stores: Stores) throws -> [UInt8] {
        guard let rule = try stores.repeating.find(id, owner: user.id) else { throw AppError.notFound }
        var body: [UInt8] = []
        append(rule, user, try stores.categories.all(of: user.id), to: &body)
        return body
    }

    private static func append(
        _ rule: RepeatingExpense, _ user: User, _ categories: [Category], to body: inout [UInt8]
    ) {
        func appendDay(_ name: StaticString, _ day: Day?) {
            JSONWriter.appendName(name, to: &body)
            (day.map { JSONValue.string($0.description) } ?? .null).append(to: &body)
        }
        let category = categories.first { $0.id == rule.category }
        JSONWriter.append("id", rule.id.description, after: "{", to: &body)
        JSONWriter.append("amount", rule.amount.decimal(in: user.preferences.currency), to: &body)
        JSONWriter.append("category", category?.name ?? "", to: &body)
        JSONWriter.append("description", rule.description, to: &body)
        JSONWriter.append("first", rule.repetition.first.description, to: &body)
        JSONWriter.append("every", Int64(rule.repetition.every), to: &body)
        JSONWriter.append("unit", rule.repetition.unit.rawValue, to: &body)
        appendDay("until", rule.repetition.until)
        appendDay("next", rule.nextDay)
        JSONWriter.appendName("paused", to: &body)
        JSONValue.bool(rule.isPaused).append(to: &body)
        JSONWriter.append("recorded", Int64(rule.recorded), to: &body)
        body.append(UInt8(ascii: "}"))
    }
}
