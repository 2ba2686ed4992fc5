import Expenses
import HTTP
import JSON
import Platform
import Storage

/// CSV files for scripts, read as those that are uploaded on a page.
struct ImportAPI: Sendable {
    private let services: Services
    private var imports: FileImport { services.imports }

    init(_ services: Services) {
        self.services = services
    }

    /// POST /api/v1/import: the rows that the page ticks, all or none. Nothing is added where a line cannot be read, or
    /// where the file leaves a question open.
    func add(_ visit: APIVisit) async throws -> Response {
        let (user, now, file, query) = (visit.user, visit.now, visit.request.storedBody, visit.request.query)
        try ImportAPI.check(query)
        if let foreign = try await imports.foreignFile(file, for: user) {
            throw Problem(.unprocessableContent, ImportWords.sentence(foreign))
        }
        let form = ImportForm(query)
        let contents: FileImport.Contents
        do {
            contents = try await imports.read(for: user, form) { try file.all() }
        } catch is ImportReading.TooManyRows {
            throw Problem(.contentTooLarge, ImportWords.tooManyRows)
        }
        let (reading, preview) = (contents.reading, contents.preview)
        try check(reading, user.preferences)
        var groups: Set<ImportGroup> = [.expenses]
        if query["money_in"] == "add" { groups.insert(.moneyIn) }
        if query["duplicates"] == "add" { groups.insert(.duplicates) }
        let categories = ImportCategories(
            form, contents, try services.storage.read { try $0.categories.all(of: user.id) })
        let rows = ImportSelection(groups: groups).places(in: preview).map { place in
            let row = preview.rows[place]
            return FileImport.Chosen(row: row, category: categories.name(of: row))
        }
        if !rows.isEmpty {
            let id = try await imports.upload(file, owner: user.id, at: now)
            do {
                try await imports.add(rows, from: id, owner: user.id)
            } catch is FileImport.AlreadyAdding {
                throw Problem(
                    .conflict, "Another import of this account is being added. Try again when it is done.")
            } catch is FileImport.TooManyCategories {
                throw Problem.invalid(
                    "category", "This would make more than \(FileImport.maxNewCategories) new categories.")
            }
        }
        return answer(imported: rows.count, preview, groups, reading, user.preferences)
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
                name: "duplicates", description: "Adds what the account is likely to have, too.",
                values: ["add"]),
            Parameter(
                name: "encoding", description: "How bytes stand for text.",
                values: TextEncoding.allCases.map(\.rawValue)),
            Parameter(
                name: "delimiter", description: "The byte between columns, as a number.",
                values: ImportText.delimiters.map { String($0) }),
            Parameter(
                name: "header", description: "Whether a line names the columns.", values: ["yes", "no"]),
            Parameter(
                name: "date_order", description: "The order of day, month and year.",
                values: DateOrder.allCases.map(\.rawValue)),
            Parameter(
                name: "decimal_mark", description: "The mark before decimals.",
                values: DecimalMark.allCases.map(\.rawValue)),
            Parameter(
                name: "sign", description: "The sign of spending.",
                values: AmountSign.allCases.map(\.rawValue)),
        ]
        + ImportChoices.Column.allCases.map {
            Parameter(
                name: $0.rawValue, description: "The number of a column, from 1; none: the file has none.")
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
            var problem = Problem(.unprocessableContent, ImportWords.question(question, reading))
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
        if let sentence = ImportWords.nothingFound(reading) { throw Problem(.unprocessableContent, sentence) }
    }

    private func answer(
        imported: Int, _ preview: ImportPreview, _ groups: Set<ImportGroup>, _ reading: ImportReading,
        _ preferences: Preferences
    ) -> Response {
        var body: [UInt8] = []
        JSONWriter.append("imported", Int64(imported), after: "{", to: &body)
        let duplicates = groups.contains(.duplicates) ? 0 : preview.groups.count { $0 == .duplicates }
        JSONWriter.append("duplicates", Int64(duplicates), to: &body)
        JSONWriter.appendName("left_out", to: &body)
        var leftOut = reading.leftOut.map { ($0.line, ImportWords.reason($0.reason, preferences)) }
        for (row, group) in zip(preview.rows, preview.groups) where !groups.contains(group) {
            leftOut.append((row.line, ImportWords.reason(row, group, preferences.currency)))
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
