import Expenses
import HTTP
import Platform
import Storage
import Templating

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

    /// POST /account/data, an upload
    func upload(_ visit: UserVisit) async throws -> Response {
        let form = try visit.request.uploadedForm(fileField: "file")
        guard let content = form.file, !content.isEmpty else {
            return try page(.unprocessableContent, visit, problem: UploadPage.problem(withEmpty: form))
        }
        do {
            let file = try await imports.run(content, for: visit.user.id, at: visit.now)
            var fields = FormData([("imported", "\(file.expenses)")])
            if !file.unknown.isEmpty { fields.append("unknown", file.unknown.joined(separator: " ")) }
            return .seeOther("/account/data?\(fields.urlEncoded)")
        } catch let refusal as AccountFile.Refusal {
            return try page(.unprocessableContent, visit, problem: refusal.sentence)
        } catch is AccountImport.NotEmpty {
            return try page(
                .unprocessableContent, visit,
                problem: Message("Your account has expenses already. Nothing was imported."))
        }
    }

    /// GET /account/everything.json
    func download(_ visit: UserVisit) async throws -> Response {
        let (owner, now) = (visit.user.id, visit.now)
        let body = try await services.downloads.body(for: visit.user) { stores, writer in
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

    private func page(_ status: Status, _ visit: UserVisit, problem: Message = .empty) throws -> Response {
        let isEmpty = try services.storage.read { try $0.expenses.isEmpty(of: visit.user.id) }
        let wording = visit.wording
        var notices: [Notice] = []
        if let imported = visit.request.query["imported"].flatMap({ Int($0) }) {
            notices.append(
                Notice(text: Message("Imported {expenses}.", ["expenses": wording.expenses(imported)])))
            let unknown = unknown(in: visit.request)
            if !unknown.isEmpty {
                notices.append(
                    Notice(
                        text:
                            Message(
                                "The file also has what this program does not know, which was left out: {unknown}.",
                                ["unknown": unknown])
                    ))
            }
        }
        let page = DataPage(
            frame: visit.frame(Message("Your data"), section: .account, notices: notices),
            form: services.stamp(visit), isEmpty: isEmpty,
            problems: ["file": problem])
        return services.pages.response(status, services.pages.data, page)
    }

    /// Names of members, which anybody can write into an address: nothing but names is shown.
    private func unknown(in request: Request) -> String {
        let names = request.query["unknown"]?.split(separator: " ").prefix(10) ?? []
        return names.filter { name in
            name.utf8.count <= 60
                && name.utf8.allSatisfy { byte in
                    byte < 0x80
                        && (Character(UnicodeScalar(byte)).isLetter || "0123456789._-".utf8.contains(byte))
                }
        }.joined(separator: ", ")
    }
}
