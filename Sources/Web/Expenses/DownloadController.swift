import Expenses
import HTTP
import Storage
import Templating

/// The expenses as a file.
struct DownloadController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /expenses.csv: every expense that the dashboard's filters match, in the order of its list, as they were at one
    /// moment. With `for=spreadsheet`, as a spreadsheet opens it where figures are written as the account has them: with a
    /// mark that says UTF-8, its delimiter and its decimal mark.
    func show(_ visit: UserVisit) async throws -> Response {
        let fields = visit.request.query
        var ignored: [Message] = []
        let query = FilterQuery(fields, ignored: &ignored)
        let (owner, preferences, today) = (visit.user.id, visit.preferences, visit.today)
        let translation = visit.visit.translation
        let isForSpreadsheet = fields["for"] == "spreadsheet"
        let delimiter = isForSpreadsheet ? preferences.numberFormat.delimiter : CSVWriter.comma
        let body = try await services.downloads.body(for: visit.user) { stores, writer in
            let fields = ExpenseField.inFiles
            let rows = ExpenseWriter(
                try stores.categories.all(of: owner), preferences, fields, isForSpreadsheet: isForSpreadsheet)
            // With capitals it is not taken for the plain download when it is read back.
            let heading =
                isForSpreadsheet ? fields.map { $0.label.text(in: translation) } : fields.map(\.key)
            try writer.write { body in
                if isForSpreadsheet { body += [0xEF, 0xBB, 0xBF] }
                CSVWriter.append(heading.map { .plain($0) }, delimiter: delimiter, to: &body)
            }
            let filter = query.filter(today: today, months: preferences.months)
            try writer.write {
                try stores.list.forEach(of: owner, matching: filter, $0)
            } as: {
                CSVWriter.append(rows.cells(of: $0), delimiter: delimiter, to: &$1)
            }
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "text/csv; charset=utf-8; header=present",
                "Content-Disposition": "attachment; filename=\"expenses.csv\"",
            ], body: body)
    }
}
