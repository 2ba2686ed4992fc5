import Expenses
import HTTP
import JSON
import Storage

/// Categories for scripts.
struct CategoriesAPI: Sendable {
    private static let address = "/api/v1/categories"
    /// Of a new category that names none.
    private static let defaultColor = CategoryColor.gray

    let services: Services

    /// GET /api/v1/categories
    func index(_ visit: APIVisit) throws -> Response {
        .items(try visit.read { try $0.categories.all(of: visit.user.id) }.map(CategoriesAPI.json))
    }

    /// POST /api/v1/categories
    func create(_ visit: APIVisit) async throws -> Response {
        let key = try IdempotencyKey(visit.request)
        let (owner, now) = (visit.user.id, visit.now)
        let (name, color) = try CategoriesAPI.validated(visit.body, defaultColor: CategoriesAPI.defaultColor)
        let answer = try await services.storage.write(of: owner) { stores in
            try key.once(for: owner, at: now, in: stores) {
                let id = try stores.categories.add(name: name, color: color, owner: owner)
                return IdempotencyStore.Answer(
                    location: "\(CategoriesAPI.address)/\(id)",
                    body: CategoriesAPI.json(Category(id: id, name: name, color: color)).bytes)
            }
        }
        return .created(answer)
    }

    /// PUT /api/v1/categories/{id}
    func replace(_ visit: APIVisit) async throws -> Response {
        let id: Category.ID = try visit.id()
        let owner = visit.user.id
        guard try visit.read({ try $0.categories.find(id, owner: owner) }) != nil else {
            throw AppError.notFound
        }
        let (name, color) = try CategoriesAPI.validated(visit.body, defaultColor: nil)
        let changed = Category(id: id, name: name, color: color)
        try await services.storage.write(of: owner) { try $0.categories.update(changed, owner: owner) }
        return .json(.ok, CategoriesAPI.json(changed))
    }

    /// DELETE /api/v1/categories/{id}: `move_to` says where its expenses go; without any it may be left out.
    func remove(_ visit: APIVisit) async throws -> Response {
        let id: Category.ID = try visit.id()
        let owner = visit.user.id
        let (moveTo, since) = (visit.request.query["move_to"], visit.now - DeletedExpense.restorable)
        try await services.storage.writeToTheEnd(of: owner) { stores in
            let categories = try stores.categories.all(of: owner)
            guard categories.contains(where: { $0.id == id }) else { throw AppError.notFound }
            let others = categories.filter { $0.id != id }
            guard let first = others.first else {
                throw Problem.conflict("id", "This is the only category, and one there has to be.")
            }
            var target = first.id
            if let moveTo {
                guard let chosen = others.first(where: { $0.id.description == moveTo }) else {
                    throw Problem.invalid("move_to", "This is the id of another one of your categories.")
                }
                target = chosen.id
            } else if try stores.categories.expenseCounts(of: owner)[id] != nil
                || stores.categories.binCount(of: id, owner: owner, since: since) > 0
            {
                throw Problem.conflict(
                    "move_to", "The category has expenses, perhaps in the bin: say where they go.")
            }
            _ = try stores.categories.remove(id, movingTo: target, owner: owner)
        }
        return Response(.noContent)
    }

    /// The form of the pages.
    private static func validated(
        _ body: FormData, defaultColor: CategoryColor?
    ) throws(FormProblems) -> (name: String, color: CategoryColor) {
        var form = CategoryForm(body)
        if body["color"] == nil, let defaultColor { form.color = defaultColor.rawValue }
        return try form.validated().get()
    }

    private static func json(_ category: Category) -> JSONValue {
        [
            "id": .string(category.id.description), "name": .string(category.name),
            "color": .string(category.color.rawValue),
        ]
    }
}
