import Expenses
import HTTP
import JSON
import Storage

/// CSV files for scripts, read as those that are uploaded on a page.
struct ImportAPI: Sendable {
    private let imports: FileImport

    init(_ services: Services) {
        imports = FileImport(services.storage, services.workers)
    }

    /// POST /api/v1/import: all rows that are no likely doubles, or none where a line cannot be read.
    func add(_ visit: APIVisit) async throws -> Response {
        let (user, now, bytes) = (visit.user, visit.now, visit.request.body)
        let contents = try await imports.read(for: user, ImportChoices(FormData())) { bytes }
        guard contents.reading.problems.isEmpty, !contents.reading.rows.isEmpty else {
            throw ImportAPI.problem(contents.reading)
        }
        let rows = contents.preview.chosen(shown: [], ticked: [])
        if !rows.isEmpty {
            let id = try await imports.upload(bytes, owner: user.id, at: now)
            do {
                try await imports.add(rows, from: id, owner: user.id)
            } catch is FileImport.TooManyCategories {
                throw Problem.invalid(
                    "category", "This would make more than \(FileImport.mostNewCategories) new categories.")
            }
        }
        var body: [UInt8] = []
        JSONWriter.append("imported", Int64(rows.count), after: "{", to: &body)
        JSONWriter.append("duplicates", Int64(contents.reading.rows.count - rows.count), to: &body)
        body.append(UInt8(ascii: "}"))
        return .json(.ok, body)
    }

    private static func problem(_ reading: ImportReading) -> Problem {
        guard !reading.problems.isEmpty else {
            return Problem(.unprocessableContent, "No line of this file has a date and an amount.")
        }
        var problem = Problem.invalid(
            reading.problems.map { FieldProblem(field: $0.field, message: $0.message) })
        problem.lines = reading.problems.map(\.line)
        return problem
    }
}
