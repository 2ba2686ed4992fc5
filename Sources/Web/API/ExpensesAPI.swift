import Expenses
import HTTP
import JSON
import Storage

/// Expenses for scripts.
struct ExpensesAPI: Sendable {
    static let defaultLimit = 50
    static let limits = 1...500
    private static let address = "/api/v1/expenses"

    let services: Services

    /// GET /api/v1/expenses
    func index(_ visit: APIVisit) throws -> Response {
        let owner = visit.user.id
        let fields = visit.request.query
        let limit = try ExpensesAPI.limit(fields)
        let body = try visit.read { stores in
            let categories = try stores.categories.all(of: owner)
            let query = try FilterParameters.read(fields, among: categories)
            let page = try stores.list.page(
                of: owner, matching: query.filter(today: visit.today, months: visit.user.preferences.months),
                after: query.after, limit: limit)
            let json = ExpenseJSON(categories, visit.user.preferences)
            var body = Array(#"{"items":["#.utf8)
            for (index, expense) in page.expenses.enumerated() {
                if index > 0 { body.append(UInt8(ascii: ",")) }
                json.append(expense, to: &body)
            }
            body.append(UInt8(ascii: "]"))
            JSONWriter.appendName("next", to: &body)
            page.next.map { JSONWriter.append($0.description, to: &body) }
                ?? body.append(contentsOf: "null".utf8)
            body.append(UInt8(ascii: "}"))
            return body
        }
        return .json(.ok, body)
    }

    /// POST /api/v1/expenses
    func create(_ visit: APIVisit) async throws -> Response {
        let key = try IdempotencyKey(visit.request)
        let (owner, now, preferences) = (visit.user.id, visit.now, visit.user.preferences)
        let (categories, former) = try visit.read { stores in
            (try stores.categories.all(of: owner), try key?.former(of: owner, at: now, in: stores))
        }
        if let former { return ExpensesAPI.created(former) }
        let entry = try ExpensesAPI.entry(visit, among: categories)
        let answer = try await services.storage.write(of: owner) { stores in
            try key.once(for: owner, at: now, in: stores) {
                let (draft, _) = try entry.draft(owner: owner, in: stores)
                let id = try stores.expenses.insert(draft, owner: owner, form: nil, at: now).id
                return IdempotencyStore.Answer(
                    location: "\(ExpensesAPI.address)/\(id)",
                    body: ExpenseJSON(categories, preferences).json(Expense(id: id, draft)))
            }
        }
        return ExpensesAPI.created(answer)
    }

    /// GET /api/v1/expenses/{id}
    func show(_ visit: APIVisit) throws -> Response {
        let id: Expense.ID = try visit.id()
        let body = try visit.read { try ExpensesAPI.json(of: id, visit.user, in: $0) }
        return EntityTag.response(visit.request, body)
    }

    /// PUT /api/v1/expenses/{id}
    func replace(_ visit: APIVisit) async throws -> Response {
        let id: Expense.ID = try visit.id()
        let (user, now, request) = (visit.user, visit.now, visit.request)
        let categories = try visit.read { stores in
            guard try stores.expenses.find(id, owner: user.id) != nil else { throw AppError.notFound }
            return try stores.categories.all(of: user.id)
        }
        let entry = try ExpensesAPI.entry(visit, among: categories)
        guard let category = entry.category else { throw Problem.invalid("category", "This is empty.") }
        let changed = Expense(id: id, entry.draft(in: category))
        let body = try await services.storage.write(of: user.id) { stores in
            try EntityTag.check(request, against: try ExpensesAPI.json(of: id, user, in: stores))
            try stores.expenses.update(changed, owner: user.id, at: now)
            return try ExpensesAPI.json(of: id, user, in: stores)
        }
        return .tagged(.ok, body)
    }

    /// DELETE /api/v1/expenses/{id}: moves it to the bin.
    func remove(_ visit: APIVisit) async throws -> Response {
        let id: Expense.ID = try visit.id()
        let (user, now, request) = (visit.user, visit.now, visit.request)
        try await services.storage.write(of: user.id) { stores in
            // One that is in the bin already is not there for a script.
            try EntityTag.check(request, against: try ExpensesAPI.json(of: id, user, in: stores))
            _ = try stores.expenses.remove(id, owner: user.id, at: now)
        }
        return Response(.noContent)
    }

    private static func json(of id: Expense.ID, _ user: User, in stores: Stores) throws -> [UInt8] {
        guard let expense = try stores.expenses.find(id, owner: user.id) else { throw AppError.notFound }
        return ExpenseJSON(try stores.categories.all(of: user.id), user.preferences).json(expense)
    }

    private static func created(_ answer: IdempotencyStore.Answer) -> Response {
        var response = Response.tagged(.created, answer.body)
        response.headers["Location"] = answer.location
        return response
    }

    private static func limit(_ fields: FormData) throws(Problem) -> Int {
        guard let text = fields["limit"] else { return defaultLimit }
        guard let limit = Int(text), limits.contains(limit), String(limit) == text else {
            throw .invalid("limit", "This is a number from \(limits.lowerBound) to \(limits.upperBound).")
        }
        return limit
    }

    /// The form of the pages, with a category by its name and the amount in its plain form.
    private static func entry(_ visit: APIVisit, among categories: [Category]) throws(FormProblems)
        -> ExpenseForm.Entry
    {
        var form = ExpenseForm(visit.body)
        form.findCategory(among: categories)
        return try form.validated(visit.user.preferences, among: categories, amount: .decimal).get()
    }
}
