import Expenses
import HTTP
import JSON
import Storage

/// Expenses that repeat, for scripts.
struct RepeatingAPI: Sendable {
    private static let address = "/api/v1/repeating"

    let services: Services

    /// GET /api/v1/repeating
    func index(_ visit: APIVisit) throws -> Response {
        let owner = visit.user.id
        let (rules, categories) = try visit.read { stores in
            (try stores.repeating.all(of: owner), try stores.categories.all(of: owner))
        }
        let writer = ExpenseWriter(categories, visit.user.preferences, ExpenseField.ofRepeating)
        return .items(rules.map { RepeatingAPI.json($0, writer) })
    }

    /// POST /api/v1/repeating
    func create(_ visit: APIVisit) async throws -> Response {
        let key = try IdempotencyKey(visit.request)
        let (user, now) = (visit.user, visit.now)
        let write = try write(visit)
        let answer = try await services.storage.writeAndGoOn(of: user.id) { stores in
            try key.once(for: user.id, at: now, in: stores) {
                let id = try write.insert(in: stores).id
                return IdempotencyStore.Answer(
                    location: "\(RepeatingAPI.address)/\(id)",
                    body: try RepeatingAPI.json(of: id, user, in: stores).bytes)
            }
        }
        return .created(answer)
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
        let body = try await services.storage.writeAndGoOn(of: user.id) { stores in
            try write.update(id, in: stores)
            return try RepeatingAPI.json(of: id, user, in: stores)
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

    private func make(_ change: RepeatingChange, _ visit: APIVisit) async throws -> JSONValue {
        let id: RepeatingExpense.ID = try visit.id()
        let (user, today, now) = (visit.user, visit.today, visit.now)
        return try await services.storage.writeAndGoOn(of: user.id) { stores in
            try change.make(id, owner: user.id, today: today, at: now, in: stores)
            return change == .delete ? .null : try RepeatingAPI.json(of: id, user, in: stores)
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
        form.expense.findCategory(among: categories)
        return RepeatingWrite(
            entry: try form.validated(visit.user.preferences, among: categories, amount: .decimal).get(),
            owner: visit.user.id, today: visit.today, now: visit.now)
    }

    private static func json(
        of id: RepeatingExpense.ID, _ user: User, in stores: Stores
    ) throws -> JSONValue {
        guard let rule = try stores.repeating.find(id, owner: user.id) else { throw AppError.notFound }
        let categories = try stores.categories.all(of: user.id)
        return json(rule, ExpenseWriter(categories, user.preferences, ExpenseField.ofRepeating))
    }

    private static func json(_ rule: RepeatingExpense, _ writer: ExpenseWriter) -> JSONValue {
        func json(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }
        let (repetition, expense) = (rule.repetition, rule.expense(on: rule.repetition.first))
        let fields = ExpenseField.ofRepeating.map { field in
            JSONValue.Member(field.key, .string(field.text(expense, writer)))
        }
        return .object(
            [.init("id", .string(rule.id.description))] + fields + [
                .init("first", json(repetition.first)), .init("every", .integer(Int64(repetition.every))),
                .init("unit", .string(repetition.unit.rawValue)), .init("until", json(repetition.until)),
                .init("next", json(rule.nextDay)), .init("paused", .bool(rule.isPaused)),
                .init("recorded", .integer(Int64(rule.recorded))),
            ])
    }
}
