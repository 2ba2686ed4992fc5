import Expenses
import HTTP
import Platform
import Storage

/// Expenses out of a CSV file: upload, preview, confirm, undo.
struct ImportController: Sendable {
    private let services: Services
    private let imports: FileImport

    init(_ services: Services) {
        self.services = services
        imports = FileImport(services.storage, services.workers)
    }

    /// GET /expenses/import
    func new(_ visit: UserVisit) throws -> Response {
        let undone = visit.request.query["undone"].flatMap { Int($0) }
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        return uploadPage(
            .ok, visit, notices: undone.map { [Notice(text: "Took back \(wording.expenses($0)).")] } ?? [])
    }

    /// POST /expenses/import, an upload
    func upload(_ visit: UserVisit) async throws -> Response {
        guard let file = try MultipartForm(visit.request)["file"], !file.isEmpty else {
            return uploadPage(.unprocessableContent, visit, problem: "Choose a file.")
        }
        let bytes = Array(file)
        let contents = try await imports.read(for: visit.user, ImportChoices(FormData())) { bytes }
        guard !contents.reading.rows.isEmpty || contents.detection.headings.count > 1 else {
            return uploadPage(
                .unprocessableContent, visit,
                problem: "No line of this file has a date and an amount. Choose a CSV file.",
                errors: contents.reading.problems)
        }
        let id = try await imports.upload(bytes, owner: visit.user.id, at: visit.now)
        return .seeOther("/expenses/import/\(id)")
    }

    /// GET /expenses/import/{import}: the preview, or what has been added. The query changes what was detected.
    func show(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let owner = visit.user.id
        guard let file = try services.storage.read({ try $0.imports.find(id, owner: owner) }) else {
            throw AppError.notFound
        }
        guard file.added == nil else { return try await donePage(id, visit) }
        return try await previewPage(.ok, id, visit.request.query, visit)
    }

    /// GET /expenses/import/{import}/errors.csv
    func errors(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let contents = try await imports.read(id, for: visit.user, ImportChoices(visit.request.query))
        var bytes: [UInt8] = []
        CSVWriter.append(["line", "field", "reason", "text"].map { .plain($0) }, to: &bytes)
        for problem in contents.reading.problems {
            CSVWriter.append(
                [
                    .plain(String(problem.line)), .plain(problem.field), .text(problem.message),
                    .text(problem.text),
                ],
                to: &bytes)
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"import-errors.csv\"",
            ], body: .bytes(bytes))
    }

    /// POST /expenses/import/{import}: adds the ticked rows and all that are not shown, all or none.
    func add(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let fields = try visit.request.form()
        let contents = try await imports.read(id, for: visit.user, ImportChoices(fields))
        let shown = Set((fields["shown"] ?? "").split(separator: " ").compactMap { Int($0) })
        let rows = contents.preview.chosen(
            shown: shown, ticked: Set(fields.values("row").compactMap { Int($0) }))
        guard !rows.isEmpty else {
            return try await previewPage(
                .unprocessableContent, id, fields, visit, problem: "Tick at least one row.")
        }
        do {
            try await imports.add(rows, from: id, owner: visit.user.id)
        } catch is FileImport.TooManyCategories {
            return try await previewPage(
                .unprocessableContent, id, fields, visit,
                problem: "This would make more than \(FileImport.mostNewCategories) new categories. "
                    + "Choose another column for the category, or none.")
        }
        return .seeOther("/expenses/import/\(id)")
    }

    /// POST /expenses/import/{import}/undo
    func undo(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let owner = visit.user.id
        let (live, _) = try await remaining(of: id, owner)
        try await services.storage.writeToTheEnd(of: owner) { try $0.imports.undo(id, owner: owner) }
        return .seeOther("/expenses/import?undone=\(live)")
    }

    private func uploadPage(
        _ status: Status, _ visit: UserVisit, notices: [Notice] = [], problem: String = "",
        errors: [ImportProblem] = []
    ) -> Response {
        let page = UploadPage(
            frame: visit.frame("Import expenses", section: .expenses, notices: notices),
            form: services.seal.stamp(for: visit.user.id), problem: problem,
            errors: errors.prefix(20).map { ImportErrorRow($0) })
        return services.pages.response(status, services.pages.upload, page)
    }

    private func previewPage(
        _ status: Status, _ id: UploadedFile.ID, _ choices: FormData, _ visit: UserVisit, problem: String = ""
    ) async throws -> Response {
        let contents = try await imports.read(id, for: visit.user, ImportChoices(choices))
        let owner = visit.user.id
        let categories = try services.storage.read { try $0.categories.all(of: owner) }
        var query = choices
        for name in ["row", "shown", "form"] { query.remove(name) }
        var page = ImportPreviewPage(
            contents, id, query: query.urlEncoded, categories: categories, visit,
            form: services.seal.stamp(for: owner))
        page.problem = problem
        return services.pages.response(status, services.pages.importPreview, page)
    }

    /// Counted row by row, so not on an event loop.
    private func remaining(
        of id: UploadedFile.ID, _ owner: User.ID
    ) async throws -> (live: Int, edited: Int) {
        let storage = services.storage
        return try await services.workers.run(for: "user \(owner)") {
            try storage.read { try $0.imports.remaining(of: id, owner: owner) }
        }
    }

    private func donePage(_ id: UploadedFile.ID, _ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        let (live, edited) = try await remaining(of: id, owner)
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let page = ImportDonePage(
            frame: visit.frame("Imported", section: .expenses), form: services.seal.stamp(for: owner),
            action: "/expenses/import/\(id)/undo", count: wording.expenses(live),
            edited: edited == 0
                ? ""
                : "\(wording.expenses(edited)) of it changed since; Undo takes away \(edited == 1 ? "that" : "those") too."
        )
        return services.pages.response(.ok, services.pages.importDone, page)
    }
}
