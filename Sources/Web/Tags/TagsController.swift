import Expenses
import HTTP
import Storage
import Templating

/// The user's tags: what has them, their names, and how they go.
struct TagsController: Sendable {
    let services: Services
    private static let pageLength = 100

    /// GET /tags; `edit` names the one to change, `after` the last one of the page before.
    func index(_ visit: UserVisit) async throws -> Response {
        let query = visit.request.query
        let key = query["edit"].map(searchKey)
        let contents = try await read(visit, editing: key)
        if key != nil, contents.edited == nil { throw AppError.notFound }
        return try page(.ok, contents, visit)
    }

    /// POST /tags/{name}: gives it the name in `name`; where another tag has that, `confirm` makes one of both.
    func rename(_ visit: UserVisit) async throws -> Response {
        let (tag, fields) = (try await tag(visit), try visit.request.form())
        let typed = fields["name"] ?? ""
        guard let name = Tag.normalized(typed), !name.isEmpty else {
            let problem = typed.isEmpty ? Message("Enter a tag.") : Tag.problem
            return try await refused(visit, tag, name: typed, ["name": problem])
        }
        let newKey = searchKey(name)
        if newKey != tag.key, fields["confirm"] != "1" {
            let (owner, storage) = (visit.user.id, services.storage)
            let other = try await services.searches.run(for: owner) {
                try storage.read { try $0.tags.find(newKey, owner: owner) }
            }
            if let other { return try await refused(visit, tag, name: typed, merging: other) }
        }
        return try await change(visit, tag, .rename(tag.name, to: name))
    }

    /// POST /tags/{name}/delete: takes it off every expense, with the tick `confirm`.
    func takeOff(_ visit: UserVisit) async throws -> Response {
        let tag = try await tag(visit)
        guard try visit.request.form()["confirm"] == "1" else {
            return try await refused(
                visit, tag, ["confirm": Message("Tick the box to take the tag off everywhere.")])
        }
        return try await change(visit, tag, .untag(tag.name))
    }

    private func change(
        _ visit: UserVisit, _ tag: TagUse, _ action: BulkChange.Action
    ) async throws -> Response {
        let id = try await SelectedController(services: services).changeAll(
            action, matching: Filter(tags: [tag.key]), everywhere: tag.key, visit)
        return .seeOther(id.map { "/tags?" + BulkNotice.query(telling: $0) } ?? "/tags")
    }

    /// The tag that the path names. Throws `notFound` where nothing has it.
    private func tag(_ visit: UserVisit) async throws -> TagUse {
        let (owner, storage) = (visit.user.id, services.storage)
        let key = searchKey(visit.visit.parameters["name"] ?? "")
        let tag = try await services.searches.run(for: owner) {
            try storage.read { try $0.tags.find(key, owner: owner) }
        }
        guard let tag else { throw AppError.notFound }
        return tag
    }

    private func refused(
        _ visit: UserVisit, _ tag: TagUse, name: String? = nil, _ problems: FormProblems = [:],
        merging other: TagUse? = nil
    ) async throws -> Response {
        var contents = try await read(visit, editing: tag.key)
        contents.edited = tag
        return try page(.unprocessableContent, contents, visit) { page in
            if let name { page.editing?.name = name }
            page.editing?.problems = problems
            page.problems = problems
            if let other { page.offerMerge(tag, into: other, name: name ?? "", visit) }
        }
    }

    private func read(_ visit: UserVisit, editing key: String?) async throws -> TagsPage.Contents {
        let (owner, months, storage) = (visit.user.id, visit.preferences.months, services.storage)
        let after = visit.request.query["after"] ?? ""
        return try await services.searches.run(for: owner) {
            try storage.read { stores in
                let (tags, hasMore) = try stores.tags.page(
                    of: owner, after: after, limit: TagsController.pageLength, months: months)
                return TagsPage.Contents(
                    tags: tags, hasMore: hasMore, isFirst: after.isEmpty,
                    isComplete: try stores.tags.isComplete(of: owner),
                    edited: try key.flatMap { try stores.tags.find($0, owner: owner) })
            }
        }
    }

    private func page(
        _ status: Status, _ contents: TagsPage.Contents, _ visit: UserVisit,
        _ change: (inout TagsPage) -> Void = { _ in }
    ) throws -> Response {
        let stamp = services.stamp(visit)
        var page = TagsPage(contents, stamp: stamp, visit)
        page.frame.notices += try BulkNotice.all(
            visit.request.query, isReminding: true, undo: BulkNotice.undoOfTags, form: stamp, visit)
        change(&page)
        return services.pages.response(status, services.pages.tags, page)
    }
}
