import Expenses
import HTTP
import Storage
import Templating

/// Going on with a session whose access token has expired.
struct RefreshController: Sendable {
    let services: Services

    /// The prompt.
    func show(_ visit: Visit) throws -> Response {
        let next = visit.request.query["next"].flatMap(LocalPath.check)
        switch try services.sessions.holder(
            visit.request.cookies(services.tokens.refreshCookie), at: visit.now)
        {
        case .success(let user):
            var frame = visit.frame(Message("Still there?"))
            frame.username = user.username
            return services.pages.response(
                .ok, services.pages.refresh, RefreshPage(frame: frame, next: next ?? ""))
        case .failure(let refused):
            return toLogin(refused.reason, next: next)
        }
    }

    /// New tokens, then on to where the user was going, or what they had sent is done.
    func refresh(_ visit: Visit) async throws -> Response {
        let form = try visit.request.form()
        let next = (form["next"] ?? visit.request.query["next"]).flatMap(LocalPath.check)
        let pending = PendingForm(sealed: form["pending"] ?? "", by: services.seal)
        let presented = visit.request.cookies(services.tokens.refreshCookie)
        switch try await services.sessions.refresh(presented, at: visit.now) {
        case .refreshed(let opened):
            var response = await answer(opened, pending, next, visit)
            services.tokens.setCookies(opened.tokens, on: &response, isSecure: visit.isSecure)
            return response
        case .refused(let reason):
            // No cookie is unset: another tab may just have got good ones.
            guard let pending else { return toLogin(reason, next: next) }
            return try SignInPrompts(services: services).login(
                carrying: pending, notice: LoginNotice(reason), visit)
        }
    }

    private func answer(
        _ opened: Sessions.Opened, _ pending: PendingForm?, _ next: String?, _ visit: Visit
    ) async -> Response {
        guard let pending else { return .seeOther(next ?? "/expenses") }
        // Somebody else has logged in in the meantime.
        guard pending.owner == opened.user.id else { return .seeOther("/expenses") }
        return await visit.application.perform(
            pending.request, as: opened.user, opened.session, from: visit)
    }

    private func toLogin(_ reason: Sessions.Refusal, next: String?) -> Response {
        let next = next.map { "&next=" + PercentEncoding.encodeQueryComponent($0) } ?? ""
        return .seeOther("/login?notice=\(LoginNotice(reason).rawValue)\(next)")
    }
}
