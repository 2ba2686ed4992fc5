import Expenses
import HTTP
import Storage
import Templating

/// The user's own categories.
struct CategoriesController: Sendable {
    let services: Services

    /// GET /categories; `edit` names the one to change.
    func index(_ visit: UserVisit) throws -> Response {
        let fields = visit.request.query
        let edited = fields["edit"].flatMap { Category.ID($0) }
        let shown = try read(visit, edited)
        var page = CategoriesPage(shown, visit, stamp: services.stamp(visit), editing: nil)
        if let id = edited {
            guard let category = shown.category(id) else { throw AppError.notFound }
            page = CategoriesPage(shown, visit, stamp: services.stamp(visit), editing: category)
        }
        page.frame.notices += CategoriesController.notices(fields, shown, visit)
        return services.pages.response(.ok, services.pages.categories, page)
    }

    /// GET /categories.csv
    func download(_ visit: UserVisit) throws -> Response {
        let categories = try services.storage.read { try $0.categories.all(of: visit.user.id) }
        var body: [UInt8] = []
        CSVWriter.append([.plain("name"), .plain("color")], to: &body)
        for category in categories {
            CSVWriter.append([.text(category.name), .plain(category.color.rawValue)], to: &body)
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"categories.csv\"",
            ], body: .bytes(body))
    }

    /// POST /categories
    func create(_ visit: UserVisit) async throws -> Response {
        let form = CategoryForm(try visit.request.form())
        let problems: FormProblems
        switch form.validated() {
        case .success(let (name, color)):
            let owner = visit.user.id
            do {
                let id = try await services.storage.write(of: owner) {
                    try $0.categories.add(name: name, color: color, owner: owner)
                }
                return .seeOther("/categories?added=\(id)")
            } catch is CategoryNameTaken {
                problems = ["name": Message("You have a category of this name already.")]
            } catch AppError.tooMany(.categories) {
                problems = ["name": AppError.Limited.categories.sentence]
            }
        case .failure(let found):
            problems = found
        }
        var page = CategoriesPage(try read(visit), visit, stamp: services.stamp(visit), editing: nil)
        page.refill(form, problems)
        return services.pages.response(.unprocessableContent, services.pages.categories, page)
    }

    /// POST /categories/{id}
    func update(_ visit: UserVisit) async throws -> Response {
        let id: Category.ID = try visit.id()
        let form = CategoryForm(try visit.request.form())
        let shown = try read(visit, id)
        guard let category = shown.category(id) else { throw AppError.notFound }
        var page = CategoriesPage(shown, visit, stamp: services.stamp(visit), editing: category)
        switch form.validated() {
        case .success(let (name, color)):
            let owner = visit.user.id
            let changed = Category(id: id, name: name, color: color)
            do {
                try await services.storage.write(of: owner) {
                    try $0.categories.update(changed, owner: owner)
                }
                return .seeOther("/categories?changed=\(id)")
            } catch let taken as CategoryNameTaken {
                // A question, not a mistake.
                page.refill(form, [:])
                page.merge = CategoryMerge(
                    shown, category, into: taken.id, stamp: services.stamp(visit),
                    wording: visit.wording)
            }
        case .failure(let problems):
            page.refill(form, problems)
        }
        return services.pages.response(.unprocessableContent, services.pages.categories, page)
    }

    /// POST /categories/{id}/delete: `move_to` says where its expenses go; without any, in the bin either, it may be left
    /// open.
    func delete(_ visit: UserVisit) async throws -> Response {
        let id: Category.ID = try visit.id()
        let fields = try visit.request.form()
        let shown = try read(visit, id)
        guard let category = shown.category(id) else { throw AppError.notFound }
        let others = shown.categories.filter { $0.id != id }
        let chosen = fields["move_to"].flatMap { Category.ID($0) }
        let isEmpty = shown.counts[id] == nil && shown.binCount == 0 && (fields["move_to"] ?? "").isEmpty
        guard let target = isEmpty ? others.first : others.first(where: { $0.id == chosen }) else {
            var page = CategoriesPage(shown, visit, stamp: services.stamp(visit), editing: category)
            page.refuseDeletion(isLast: others.isEmpty)
            return services.pages.response(.unprocessableContent, services.pages.categories, page)
        }
        let owner = visit.user.id
        guard (shown.counts[id] ?? 0) + shown.binCount <= LongWriteNotice.mostAwaited else {
            _ = try await services.storage.writeAndGoOn(of: owner) {
                try $0.categories.remove(id, movingTo: target.id, owner: owner)
            }
            return .seeOther("/categories")
        }
        let moved = try await services.storage.writeToTheEnd(of: owner) {
            try $0.categories.remove(id, movingTo: target.id, owner: owner)
        }
        return .seeOther("/categories?moved=\(moved)&to=\(target.id)")
    }

    /// - Parameter edited: the category whose expenses in the bin are counted.
    private func read(_ visit: UserVisit, _ edited: Category.ID? = nil) throws -> CategoriesPage.Contents {
        let (owner, since) = (visit.user.id, visit.now - DeletedExpense.restorable)
        return try visit.read { stores in
            CategoriesPage.Contents(
                categories: try stores.categories.all(of: owner),
                counts: try stores.categories.expenseCounts(of: owner),
                binCount: try edited.map {
                    try stores.categories.binCount(of: $0, owner: owner, since: since)
                } ?? 0)
        }
    }

    private static func notices(
        _ fields: FormData, _ shown: CategoriesPage.Contents, _ visit: UserVisit
    ) -> [Notice] {
        func category(_ name: String) -> Category? {
            fields[name].flatMap { Category.ID($0) }.flatMap(shown.category)
        }
        if let added = category("added") {
            return [Notice(text: Message("Added {name}.", ["name": added.name]))]
        }
        if let changed = category("changed") {
            return [Notice(text: Message("Saved {name}.", ["name": changed.name]))]
        }
        guard let target = category("to"), let moved = fields["moved"].flatMap({ Int($0) }) else { return [] }
        let count = visit.wording.number(moved)
        return [
            Notice(
                text: moved == 0
                    ? Message("The category is deleted.")
                    : Message(
                        "Moved {count} expense to {name} and deleted the category.",
                        plural: "Moved {count} expenses to {name} and deleted the category.", count: moved,
                        ["count": count, "name": target.name]))
        ]
    }
}
