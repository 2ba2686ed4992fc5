import Expenses
import HTTP
import Platform
import Storage
import Templating

/// New accounts.
struct RegistrationController: Sendable {
    let services: Services

    func show(_ visit: Visit) throws -> Response {
        if case .user = visit.visitor { return .seeOther("/expenses") }
        guard try services.isRegistrationOpen() else { return closed(visit) }
        return page(.ok, visit, RegistrationForm(FormData()))
    }

    func register(_ visit: Visit) async throws -> Response {
        let form = RegistrationForm(try visit.request.form())
        do {
            switch try await services.register(
                form, VisitorsLanguage.preferences(of: visit.request), from: visit.address,
                in: visit.translation, at: visit.now)
            {
            case .registered: return .seeOther(LoginController.address(afterRegistering: form.username))
            case .closed: return closed(visit)
            case .refused(let problems): return page(.unprocessableContent, visit, form, problems)
            }
        } catch AppError.tooManyRequests(let seconds) {
            return later(
                .tooManyRequests, visit, form, after: seconds,
                Message(
                    "Too many people register from your network at this moment. Please press Register again in {wait}.",
                    ["wait": ErrorPages.words(seconds: seconds)]))
        } catch is WorkerPool.Full {
            return later(
                .serviceUnavailable, visit, form, after: 2,
                Message(
                    "Many people are logging in at this moment. Please press Register again in a few seconds."
                ))
        }
    }

    private func later(
        _ status: Status, _ visit: Visit, _ form: RegistrationForm, after seconds: Int, _ sentence: Message
    ) -> Response {
        var response = page(status, visit, form, ["password": sentence])
        response.headers["Retry-After"] = String(seconds)
        return response
    }

    private func closed(_ visit: Visit) -> Response {
        services.pages.response(
            .forbidden, services.pages.registrationClosed,
            RegistrationClosedPage(frame: visit.frame(Message("Registration is closed"))))
    }

    private func page(
        _ status: Status, _ visit: Visit, _ form: RegistrationForm, _ problems: FormProblems = [:]
    ) -> Response {
        let page = RegisterPage(
            frame: visit.frame(Message("Register")),
            username: form.username.utf8.count <= AccountRules.longestUsername ? form.username : "",
            email: form.email.utf8.count <= AccountRules.longestEmail ? form.email : "",
            problems: problems)
        return services.pages.response(status, services.pages.register, page)
    }
}
