import Expenses
import HTTP
import Platform
import Storage

/// Everything that an account holds: out as one file, and in again from such a file.
struct DataController: Sendable {
    private let services: Services
    private let imports: AccountImport

    init(_ services: Services) {
        self.services = services
        imports = AccountImport(services.storage)
    }

    /// GET /account/data
    func show(_ visit: UserVisit) throws -> Response {
        try page(.ok, visit)
    }

    /// GET /account/everything.json
    func download(_ visit: UserVisit) async throws -> Response {
        let (owner, now) = (visit.user.id, visit.now)
        let body = try await services.downloads.body(for: owner) { stores, writer in
            try AccountFileWriter(of: owner, in: stores, at: now).write(to: &writer)
        }
        return Response(
            .ok,
            headers: [
                "Content-Type": "application/json",
                "Content-Disposition":
                    "attachment; filename=\"expense-tracker-\(visit.today.description).json\"",
            ], body: body)
    }

    /// POST /account/data, an upload
    func upload(_ visit: UserVisit) async throws -> Response {
        guard let content = try visit.request.uploadedForm(fileField: "file").file, !content.isEmpty else {
            return try page(.unprocessableContent, visit, problem: "Choose a file.")
        }
        do {
            let file = try await imports.run(for: visit.user.id, at: visit.now) {
                try await services.workers.run(for: "user \(visit.user.id)") {
                    try AccountFile(try content.all())
                }
            }
            return .seeOther("/account/data?imported=\(file.expenses.count)")
        } catch let refusal as AccountFile.Refusal {
            return try page(.unprocessableContent, visit, problem: refusal.sentence)
        } catch is AccountImport.NotEmpty {
            return try page(
                .unprocessableContent, visit,
                problem: "Your account has expenses already. Nothing was imported.")
        }
    }

    private func page(_ status: Status, _ visit: UserVisit, problem: String = "") throws -> Response {
        let isEmpty = try services.storage.read { try $0.expenses.isEmpty(of: visit.user.id) }
        let imported = visit.request.query["imported"].flatMap { Int($0) }
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let page = DataPage(
            frame: visit.frame(
                "Your data", section: .account,
                notices: imported.map { [Notice(text: "Imported \(wording.expenses($0)).")] } ?? []),
            form: services.seal.stamp(for: visit.user.id), isEmpty: isEmpty, problem: problem)
        return services.pages.response(status, services.pages.data, page)
    }
}
