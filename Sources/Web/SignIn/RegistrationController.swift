import Expenses
import HTTP
import Platform
import Storage

/// New accounts.
struct RegistrationController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    func show(_ visit: Visit) throws -> Response {
        if case .user = visit.visitor { return .seeOther("/expenses") }
        guard try services.isRegistrationOpen() else { return closed(visit) }
        return page(.ok, visit, RegistrationForm(FormData()), RegistrationForm.Problems())
    }

    func register(_ visit: Visit) async throws -> Response {
        let form = RegistrationForm(try visit.request.form())
        do {
            switch try await services.register(form, at: visit.now) {
            case .registered: return .seeOther("/login?notice=registered")
            case .closed: return closed(visit)
            case .refused(let problems): return page(.unprocessableContent, visit, form, problems)
            }
        } catch is WorkerPool.Full {
            let problems = RegistrationForm.Problems(
                password:
                    "Many people are logging in at this moment. Please press Register again in a few seconds."
            )
            var response = page(.serviceUnavailable, visit, form, problems)
            response.headers["Retry-After"] = "2"
            return response
        }
    }

    private func closed(_ visit: Visit) -> Response {
        services.pages.response(
            .forbidden, services.pages.registrationClosed,
            RegistrationClosedPage(frame: visit.frame("Registration is closed")))
    }

    private func page(
        _ status: Status, _ visit: Visit, _ form: RegistrationForm, _ problems: RegistrationForm.Problems
    ) -> Response {
        let page = RegisterPage(
            frame: visit.frame("Register"),
            username: form.username.utf8.count <= AccountRules.longestUsername ? form.username : "",
            email: form.email.utf8.count <= AccountRules.longestEmail ? form.email : "",
            usernameProblem: problems.username ?? "", emailProblem: problems.email ?? "",
            passwordProblem: problems.password ?? "")
        return services.pages.response(status, services.pages.register, page)
    }
}
