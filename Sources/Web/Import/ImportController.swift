import Expenses
import HTTP
import Platform
import Storage

/// Expenses out of a CSV file: upload, preview, confirm, undo.
struct ImportController: Sendable {
    private let services: Services
    private var imports: FileImport { services.imports }

    init(_ services: Services) {
        self.services = services
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
        guard let file = try visit.request.uploadedForm(fileField: "file").file, !file.isEmpty else {
            return uploadPage(.unprocessableContent, visit, problem: "Choose a file.")
        }
        if let foreign = try await imports.foreignFile(file, for: visit.user) {
            return uploadPage(.unprocessableContent, visit, problem: ImportWords.sentence(foreign))
        }
        let reading: ImportReading
        do {
            reading = try await imports.read(for: visit.user, ImportForm(FormData())) { try file.all() }
                .reading
        } catch is ImportReading.TooManyRows {
            return uploadPage(.contentTooLarge, visit, problem: ImportWords.tooManyRows)
        }
        if reading.leftOut.isEmpty || !reading.text.isDivided, let problem = ImportWords.nothingFound(reading)
        {
            return uploadPage(.unprocessableContent, visit, problem: problem, leftOut: reading.leftOut)
        }
        let id = try await imports.upload(file, owner: visit.user.id, at: visit.now)
        return .seeOther("/expenses/import/\(id)")
    }

    /// GET /expenses/import/{import}: the preview, or what has been added.
    func show(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let owner = visit.user.id
        guard let file = try services.storage.read({ try $0.imports.find(id, owner: owner) }) else {
            throw AppError.notFound
        }
        if let progress = try await imports.progress(of: id, owner: owner) {
            return addingPage(progress, visit)
        }
        guard file.added == nil else { return try await donePage(id, visit) }
        return try await preview(.ok, id, ImportForm(visit.request.query), visit)
    }

    /// GET /expenses/import/{import}/errors.csv: the lines that are left out, with their reasons.
    func errors(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let contents = try await imports.read(id, for: visit.user, ImportForm(visit.request.query))
        var bytes: [UInt8] = []
        CSVWriter.append(["line", "reason", "text"].map { .plain($0) }, to: &bytes)
        for line in contents.reading.leftOut {
            CSVWriter.append(
                [
                    .plain(String(line.line)), .text(ImportWords.reason(line.reason, visit.preferences)),
                    .text(line.text),
                ], to: &bytes)
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"import-errors.csv\"",
            ], body: .bytes(bytes))
    }

    /// POST /expenses/import/{import}: adds the ticked rows, all or none, or shows the preview as it is now.
    func add(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        // Pressed twice, or in two tabs: each sees how far the first one has come, or that it is done.
        if try isBeingAdded(id, visit.user.id) { return .seeOther("/expenses/import/\(id)") }
        do {
            return try await addTicked(id, visit)
        } catch AppError.notFound {
            // The other one may have come to its end in between.
            guard try isBeingAdded(id, visit.user.id) else { throw AppError.notFound }
            return .seeOther("/expenses/import/\(id)")
        }
    }

    /// Whether the file is being added, or has been.
    private func isBeingAdded(_ id: UploadedFile.ID, _ owner: User.ID) throws -> Bool {
        if imports.isStaging(id, owner: owner) { return true }
        return try services.storage.read { try $0.imports.find(id, owner: owner) }?.added != nil
    }

    private func addTicked(_ id: UploadedFile.ID, _ visit: UserVisit) async throws -> Response {
        let form = ImportForm(try visit.request.form())
        guard form.step == .add else { return try await preview(.ok, id, form, visit) }
        let (contents, categories, own) = try await read(id, form, visit)
        func refusal(_ problem: String) -> Response {
            page(.unprocessableContent, id, form, contents, categories, own, visit, problem: problem)
        }
        guard contents.reading.questions.isEmpty else { return refusal("Answer the question first.") }
        let rows = form.selection(in: contents.preview).places(in: contents.preview).map { place in
            let row = contents.preview.rows[place]
            return FileImport.Chosen(row: row, category: categories.name(of: row))
        }
        guard !rows.isEmpty else { return refusal("Tick at least one row.") }
        for name in Set(rows.map(\.category)) {
            if let problem = ImportCategories.problem(name) { return refusal(problem) }
        }
        do {
            try await imports.add(rows, from: id, owner: visit.user.id)
        } catch let other as FileImport.AlreadyAdding {
            return .seeOther("/expenses/import/\(other.id)")
        } catch is FileImport.TooManyCategories {
            return refusal(
                "This would make more than \(FileImport.maxNewCategories) new categories. "
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
        leftOut: [LeftOutLine] = []
    ) -> Response {
        let page = UploadPage(
            frame: visit.frame("Import expenses", section: .expenses, notices: notices),
            form: services.seal.stamp(for: visit.user.id), problem: problem,
            lines: leftOut.prefix(ImportPreviewPage.maxLines).map { LeftOutRow($0, visit.preferences) })
        return services.pages.response(status, services.pages.upload, page)
    }

    private func read(
        _ id: UploadedFile.ID, _ form: ImportForm, _ visit: UserVisit
    ) async throws -> (FileImport.Contents, ImportCategories, [Category]) {
        let owner = visit.user.id
        let contents = try await imports.read(id, for: visit.user, form)
        let own = try services.storage.read { try $0.categories.all(of: owner) }
        return (contents, ImportCategories(form, contents, own), own)
    }

    private func preview(
        _ status: Status, _ id: UploadedFile.ID, _ form: ImportForm, _ visit: UserVisit
    ) async throws -> Response {
        let (contents, categories, own) = try await read(id, form, visit)
        return page(status, id, form, contents, categories, own, visit)
    }

    private func page(
        _ status: Status, _ id: UploadedFile.ID, _ form: ImportForm, _ contents: FileImport.Contents,
        _ categories: ImportCategories, _ own: [Category], _ visit: UserVisit, problem: String = ""
    ) -> Response {
        var page = ImportPreviewPage(
            contents, id, form, categories, own, visit, stamp: services.seal.stamp(for: visit.user.id))
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

    private func addingPage(_ progress: FileImport.Progress, _ visit: UserVisit) -> Response {
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let page = ImportAddingPage(
            frame: visit.frame("Adding expenses", section: .expenses),
            summary:
                "\(wording.number(progress.added)) of \(wording.expenses(progress.total)) are in your list. "
                + "The others follow by themselves, also when you leave this page.")
        var response = services.pages.response(.ok, services.pages.importAdding, page)
        // The page loads itself again, without a script.
        response.headers.add("Refresh", "2")
        return response
    }

    private func donePage(_ id: UploadedFile.ID, _ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        let (live, edited) = try await remaining(of: id, owner)
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let page = ImportDonePage(
            frame: visit.frame("Imported", section: .expenses), form: services.seal.stamp(for: owner),
            action: "/expenses/import/\(id)/undo",
            summary:
                "\(wording.number(live)) imported \(live == 1 ? "expense is" : "expenses are") in your list.",
            edited: edited == 0
                ? ""
                : "\(wording.number(edited)) \(edited == 1 ? "was" : "were") edited since; Undo removes \(edited == 1 ? "it" : "them") too."
        )
        return services.pages.response(.ok, services.pages.importDone, page)
    }
}
