import Expenses
import HTTP
import JSON
import Platform
import Storage
import Templating

/// CSV files for scripts, read as those that are uploaded on a page.
struct ImportAPI: Sendable {
    let services: Services
    private var imports: FileImport { services.imports }

    /// POST /api/v1/import: the rows that the page ticks, all or none. Nothing is added where a line cannot be read, or
    /// where the file leaves a question open.
    func add(_ visit: APIVisit) async throws -> Response {
        let (user, now, file, query) = (visit.user, visit.now, visit.request.storedBody, visit.request.query)
        try ImportAPI.check(query)
        guard !file.isEmpty else { throw Problem(.unprocessableContent, "The body is empty.") }
        if let foreign = try await imports.foreignFile(file, for: user) {
            throw Problem(.unprocessableContent, ImportWords.sentence(foreign).english)
        }
        // What a page's form has beside the parameters says nothing here.
        let names = Set(ImportAPI.parameters.map(\.name))
        var said = query
        said.fields.removeAll { !names.contains($0.name) }
        let form = ImportForm(said)
        var groups: [ImportGroup: Bool] = [:]
        if query["money_in"] == "add" { groups[.moneyIn] = true }
        if query["duplicates"] == "add" { (groups[.duplicates], groups[.deleted]) = (true, true) }
        let selection = ImportSelection(groups: groups)
        let rows: [FileImport.Chosen]
        let response: Response
        do {
            (rows, response) = try await imports.read(file, for: user, form) { contents in
                try check(contents.reading, user.preferences)
                let categories = ImportCategories(form, contents, in: visit.visit.translation)
                let rows = selection.places(in: contents.preview).map { place in
                    let row = contents.preview.rows[place]
                    return FileImport.Chosen(row: row, category: categories.name(of: row))
                }
                return (rows, answer(imported: rows.count, contents, selection, user.preferences))
            }
        } catch is ImportReading.TooManyRows {
            throw Problem(.contentTooLarge, ImportWords.tooManyRows.english)
        }
        guard !rows.isEmpty else { return response }
        let isWhole: Bool
        do {
            isWhole = try await imports.add(rows, owner: user.id, at: now)
        } catch is FileImport.AlreadyAdding {
            throw Problem(
                .conflict, "Another import of this account is being added. Try again when it is done.")
        } catch AppError.tooMany(.categories) {
            throw Problem.invalid(
                "category",
                "With these rows the account would have more than \(Category.most) categories.")
        }
        guard isWhole else {
            throw Problem.retry(
                .serviceUnavailable, after: 60,
                "The import has stopped on its way. It goes on by itself, or is taken back: look at the account's pages "
                    + "before you send it again.")
        }
        return response
    }

    struct Parameter {
        let name: String
        let description: String
        /// Nil for those that name a column, by its number from 1, or `none`.
        var values: [String]?
    }

    static let parameters =
        [
            Parameter(
                name: "money_in", description: "Adds money in that is no refund, too.", values: ["add"]),
            Parameter(
                name: "duplicates",
                description: "Adds what the account is likely to have, or to have deleted, too.",
                values: ["add"]),
        ]
        + ImportChoice.all.map { choice in
            Parameter(
                name: choice.name, description: choice.description, values: choice.values?.map(\.value))
        }

    private static func check(_ query: FormData) throws {
        for parameter in parameters {
            let (name, values) = (parameter.name, parameter.values)
            guard let value = query[name] else { continue }
            let isKnown =
                values?.contains(value)
                ?? (value == "none" || Int(value).map { (1...CSVReader.maxCells).contains($0) } == true)
            guard isKnown else {
                let allowed = values?.joined(separator: ", ") ?? "the number of a column, from 1, or none"
                throw Problem.invalid(name, "Allowed: \(allowed).")
            }
        }
    }

    private func check(_ reading: ImportReading, _ preferences: Preferences) throws {
        let problems = reading.leftOut.filter(\.reason.isProblem)
        if let question = reading.questions.first {
            var problem = Problem(.unprocessableContent, ImportWords.question(question, reading).english)
            problem.question = question.rawValue
            throw problem
        }
        guard problems.isEmpty else {
            let shown = problems.prefix(1000)
            var problem = Problem.invalid(
                shown.map {
                    FieldProblem(
                        field: ImportWords.field($0.reason),
                        message: ImportWords.reason($0.reason, preferences))
                })
            problem.lines = shown.map(\.line)
            throw problem
        }
        if let sentence = ImportWords.nothingFound(reading) {
            throw Problem(.unprocessableContent, sentence.english)
        }
    }

    private func answer(
        imported: Int, _ contents: FileImport.Contents, _ selection: ImportSelection,
        _ preferences: Preferences
    ) -> Response {
        let (reading, preview) = (contents.reading, contents.preview)
        var body: [UInt8] = []
        JSONWriter.append("imported", Int64(imported), after: "{", to: &body)
        let duplicates =
            selection.has(.duplicates) ? 0 : preview.groups.count { $0 == .duplicates || $0 == .deleted }
        JSONWriter.append("duplicates", Int64(duplicates), to: &body)
        JSONWriter.appendName("left_out", to: &body)
        var leftOut = reading.leftOut.map { ($0.line, ImportWords.reason($0.reason, preferences).english) }
        for (row, group) in zip(preview.rows, preview.groups) where !selection.has(group) {
            leftOut.append((row.line, ImportWords.reason(row, group, preferences.currency).english))
        }
        body.append(UInt8(ascii: "["))
        for (index, (line, reason)) in leftOut.sorted(by: { $0.0 < $1.0 }).enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            JSONWriter.append("line", Int64(line), after: "{", to: &body)
            JSONWriter.append("reason", reason, to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body += "]}".utf8
        return .json(.ok, body)
    }
}
