import Expenses
import HTTP
import Platform
import Storage
import Templating

/// Expenses out of a CSV file: upload, preview, confirm, undo.
struct ImportController: Sendable {
    let services: Services
    private var imports: FileImport { services.imports }

    /// GET /expenses/import
    func new(_ visit: UserVisit) throws -> Response {
        let undone = visit.request.query["undone"].flatMap { Int($0) }
        return uploadPage(
            .ok, visit,
            notices: undone.map {
                [Notice(text: Message("Took back {expenses}.", ["expenses": visit.wording.expenses($0)]))]
            } ?? [])
    }

    /// POST /expenses/import, an upload
    func upload(_ visit: UserVisit) async throws -> Response {
        let form = try visit.request.uploadedForm(fileField: "file")
        guard let file = form.file, !file.isEmpty else {
            return uploadPage(.unprocessableContent, visit, problem: UploadPage.problem(withEmpty: form))
        }
        if let foreign = try await imports.foreignFile(file, for: visit.user) {
            return uploadPage(.unprocessableContent, visit, problem: ImportWords.sentence(foreign))
        }
        let reading: ImportReading
        do {
            reading = try await imports.read(file, for: visit.user, ImportForm(FormData())) { $0.reading }
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
        let notices = file.failure.map { reason in
            Notice(
                text:
                    Message(
                        "It could not be added to its end ({reason}), and was taken back: nothing of it is in your list.",
                        ["reason": reason]),
                kind: .error)
        }
        return try await preview(
            id, ImportForm(visit.request.query), visit, notices: notices.map { [$0] } ?? [])
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

    private enum Check: Sendable {
        case page(Response)
        /// With how they were read, where that was chosen: to be remembered.
        case rows([FileImport.Chosen], FileImport.Layout?)
    }

    private func addTicked(_ id: UploadedFile.ID, _ visit: UserVisit) async throws -> Response {
        let form = ImportForm(try visit.request.form())
        if form.step == .makeRules { return try await makeRules(id, form, visit) }
        guard form.step == .add else { return try await preview(id, form, visit) }
        let check = try await imports.read(id, for: visit.user, form) { contents -> Check in
            do throws(Refusal) {
                return .rows(
                    try ImportController.chosen(form, contents, in: visit.visit.translation),
                    contents.heading.map { FileImport.Layout(heading: $0, choices: contents.choices) })
            } catch {
                return .page(page(.unprocessableContent, id, form, contents, visit, problem: error.sentence))
            }
        }
        switch check {
        case .page(let response):
            // What another tab adds is in the list already, in part.
            return try isBeingAdded(id, visit.user.id) ? .seeOther("/expenses/import/\(id)") : response
        case .rows(let rows, let layout):
            do {
                try await imports.add(rows, from: id, owner: visit.user.id)
                if let layout { await imports.remember(layout, owner: visit.user.id, at: visit.now) }
            } catch let other as FileImport.AlreadyAdding {
                return .seeOther("/expenses/import/\(other.id)")
            } catch AppError.tooMany(.categories) {
                return try await preview(id, form, visit, problem: ImportWords.tooManyCategories)
            }
            return .seeOther("/expenses/import/\(id)")
        }
    }

    /// Makes a rule of each category that was typed for a payee, and shows the preview again.
    private func makeRules(
        _ id: UploadedFile.ID, _ form: ImportForm, _ visit: UserVisit
    ) async throws -> Response {
        // Of what the form says, what concerns the file.
        let payees = try await imports.read(id, for: visit.user, form) { contents in
            let given = ImportCategories(form, contents, in: visit.visit.translation).payees
            let keys =
                given.isEmpty ? [] : contents.reading.rows.map { ImportReading.payeeKey($0.description) }
            return Dictionary(
                keys.compactMap { key in given[key].map { (String(key.prefix(Rule.longestText)), $0) } }
            ) { first, _ in first }
        }
        guard payees.count <= Rule.most else {
            return try await preview(id, form, visit, problem: AppError.Limited.rules.sentence)
        }
        guard !payees.isEmpty else {
            return try await preview(id, form, visit, problem: Message("Type a category beside a row first."))
        }
        if let problem = payees.values.lazy.compactMap({ ImportCategories.problem($0) }).first {
            return try await preview(id, form, visit, problem: problem)
        }
        let owner = visit.user.id
        do {
            try await services.storage.write(of: owner) { try $0.keepRules(payees, owner: owner) }
        } catch AppError.tooMany(.rules) {
            return try await preview(id, form, visit, problem: AppError.Limited.rules.sentence)
        } catch AppError.tooMany(.categories) {
            return try await preview(id, form, visit, problem: ImportWords.tooManyCategories)
        }
        let notice = Notice(
            text: Message(
                "{count} rule is saved for later imports, too.",
                plural: "{count} rules are saved for later imports, too.", count: payees.count,
                ["count": payees.count]),
            links: [Link(label: Message("See all rules"), address: "/rules")])
        return try await preview(id, form, visit, notices: [notice])
    }

    /// Why nothing is added.
    private struct Refusal: Error {
        let sentence: Message
    }

    /// The rows to add.
    private static func chosen(
        _ form: ImportForm, _ contents: FileImport.Contents, in translation: Translation
    ) throws(Refusal) -> [FileImport.Chosen] {
        guard contents.reading.questions.isEmpty else {
            throw Refusal(sentence: Message("Answer the question first."))
        }
        let preview = contents.preview
        let (shown, selection) = form.selections(in: preview)
        guard form.hasShown(shown, of: preview) else { throw Refusal(sentence: ImportWords.changedMeanwhile) }
        let categories = ImportCategories(form, contents, in: translation)
        let rows = selection.places(in: preview).map { place in
            let row = preview.rows[place]
            return FileImport.Chosen(row: row, category: categories.name(of: row))
        }
        guard !rows.isEmpty else { throw Refusal(sentence: Message("Tick at least one row.")) }
        for name in Set(rows.map(\.category)) {
            if let problem = ImportCategories.problem(name) { throw Refusal(sentence: problem) }
        }
        return rows
    }

    /// GET /expenses/import/{import}/errors.csv: the lines that are left out, with their reasons.
    func errors(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let translation = visit.visit.translation
        return try await imports.read(id, for: visit.user, ImportForm(visit.request.query)) { contents in
            var bytes: [UInt8] = []
            CSVWriter.append(["line", "reason", "text"].map { .plain($0) }, to: &bytes)
            for line in contents.reading.leftOut {
                let reason = ImportWords.reason(line.reason, visit.preferences)
                CSVWriter.append(
                    [.plain(String(line.line)), .text(reason.text(in: translation)), .text(line.text)],
                    to: &bytes)
            }
            return Response(
                .ok,
                headers: [
                    "Content-Type": "text/csv; charset=utf-8; header=present",
                    "Content-Disposition": "attachment; filename=\"import-errors.csv\"",
                ], body: .bytes(bytes))
        }
    }

    /// POST /expenses/import/{import}/undo
    func undo(_ visit: UserVisit) async throws -> Response {
        let id: UploadedFile.ID = try visit.id("import")
        let owner = visit.user.id
        let (live, _) = try await remaining(of: id, owner)
        guard live <= FileImport.maxAwaited else {
            try await services.storage.writeAndGoOn(of: owner) { try $0.imports.undo(id, owner: owner) }
            return .seeOther("/expenses/import")
        }
        try await services.storage.writeToTheEnd(of: owner) { try $0.imports.undo(id, owner: owner) }
        return .seeOther("/expenses/import?undone=\(live)")
    }

    private func uploadPage(
        _ status: Status, _ visit: UserVisit, notices: [Notice] = [], problem: Message = .empty,
        leftOut: [LeftOutLine] = []
    ) -> Response {
        let page = UploadPage(
            frame: visit.frame(Message("Import expenses"), section: .expenses, notices: notices),
            form: services.stamp(visit), problems: ["file": problem],
            lines: leftOut.prefix(ImportPreviewPage.maxLines).map { LeftOutRow($0, visit.preferences) })
        return services.pages.response(status, services.pages.upload, page)
    }

    /// The preview, with a problem where there is one.
    private func preview(
        _ id: UploadedFile.ID, _ form: ImportForm, _ visit: UserVisit, problem: Message = .empty,
        notices: [Notice] = []
    ) async throws -> Response {
        try await imports.read(id, for: visit.user, form) {
            page(
                problem.isEmpty ? .ok : .unprocessableContent, id, form, $0, visit, problem: problem,
                notices: notices)
        }
    }

    private func page(
        _ status: Status, _ id: UploadedFile.ID, _ form: ImportForm, _ contents: FileImport.Contents,
        _ visit: UserVisit, problem: Message, notices: [Notice] = []
    ) -> Response {
        var page = ImportPreviewPage(
            contents, id, form, visit, stamp: services.stamp(visit))
        page.problem = problem
        page.frame.notices += notices
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
        let wording = visit.wording
        let page = ImportAddingPage(
            frame: visit.frame(Message("Adding expenses"), section: .expenses),
            summary:
                Message(
                    "{count} of {expenses} are in your list. The others follow by themselves, also when you leave this page.",
                    ["count": wording.number(progress.added), "expenses": wording.expenses(progress.total)]),
            form: services.stamp(visit),
            undo: progress.canBeUndone ? "/expenses/import/\(progress.id)/undo" : "")
        var response = services.pages.response(.ok, services.pages.importAdding, page)
        // The page loads itself again, without a script.
        response.headers.add("Refresh", "2")
        return response
    }

    private func donePage(_ id: UploadedFile.ID, _ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        let (live, edited) = try await remaining(of: id, owner)
        let wording = visit.wording
        let page = ImportDonePage(
            frame: visit.frame(Message("Imported"), section: .expenses),
            form: services.stamp(visit),
            action: "/expenses/import/\(id)/undo",
            summary:
                Message(
                    "{count} imported expense is in your list.",
                    plural: "{count} imported expenses are in your list.", count: live,
                    ["count": wording.number(live)]),
            edited: edited == 0
                ? .empty
                : Message(
                    "{count} was edited since; Undo removes it too.",
                    plural: "{count} were edited since; Undo removes them too.", count: edited,
                    ["count": wording.number(edited)])
        )
        return services.pages.response(.ok, services.pages.importDone, page)
    }
}

extension Stores {
    /// Makes a rule for each text, or gives the one that there is the category: all or, where a limit is reached, none.
    fileprivate func keepRules(_ names: [String: String], owner: User.ID) throws {
        let found = try names.sorted { $0.key < $1.key }.map { text, name in
            let category =
                try categories.find(named: name, owner: owner)?.id
                ?? categories.add(name: name, color: .gray, owner: owner)
            return (text: text, category: category)
        }
        try rules.keep(found, owner: owner)
    }
}
