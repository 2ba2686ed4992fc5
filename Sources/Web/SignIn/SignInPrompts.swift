import Crypto
import Expenses
import HTTP
import Storage
import Templating

/// The answer to somebody who is not logged in, or no longer, and asks for what only a user may see or do.
struct SignInPrompts: Sendable {
    let services: Services

    func response(to visit: Visit) throws -> Response {
        guard visit.isReading else { return try prompt(visit) }
        // An address that `next` does not accept is left out: it could make the request line too long.
        let next = PercentEncoding.encodeQueryComponent(LocalPath.check(visit.request.target) ?? "/expenses")
        switch visit.visitor {
        case .expired:
            return .seeOther("/refresh?next=\(next)")
        case .ended(let claims):
            let notice = LoginNotice(try services.sessions.reason(of: claims.session))
            return .seeOther("/login?notice=\(notice.rawValue)&next=\(next)")
        case .nobody, .user:
            guard let notice = lostLogIn(visit) else { return .seeOther("/login?next=\(next)") }
            return .seeOther("/login?notice=\(notice.rawValue)&next=\(next)")
        }
    }

    /// Nobody gets from the log-in page to one for users but by a log-in, whose cookies would be there: nil where the request
    /// comes from elsewhere.
    private func lostLogIn(_ visit: Visit) -> LoginNotice? {
        let from = visit.request.referrer?.prefix { $0 != "?" }
        guard from == "/login", visit.request.cookies(services.tokens.accessCookie).isEmpty else {
            return nil
        }
        let isPlain = visit.request.headers["Referer"]?.hasPrefix("http://") == true
        let isSecureOnly = visit.isSecure && isPlain
        services.proxyMistakes.noteLostLogIn(isSecureOnly: isSecureOnly)
        return isSecureOnly ? .secureOnly : .notKept
    }

    /// The log-in page, with what was sent carried along.
    func login(carrying pending: PendingForm, notice: LoginNotice?, _ visit: Visit) throws -> Response {
        let page = LoginPage(
            frame: visit.frame(Message("Log in"), notices: notice.map { [$0.notice] } ?? []),
            pending: pending.sealed(by: services.seal),
            pendingDescription: try pending.description(for: nil, in: nil))
        return unauthorized(services.pages.response(.unauthorized, services.pages.login, page))
    }

    /// What was sent waits in the answer until its user is logged in again.
    private func prompt(_ visit: Visit) throws -> Response {
        switch visit.visitor {
        case .expired(let user, _):
            return try refresh(user, visit)
        case .ended(let claims):
            let notice = LoginNotice(try services.sessions.reason(of: claims.session))
            return try login(User.ID(claims.subject), notice, visit)
        case .nobody, .user:
            let stamp = try? visit.request.form()["form"]
            guard let owner = services.seal.owner(ofStamp: stamp ?? "") else {
                return .seeOther("/login?next=" + PercentEncoding.encodeQueryComponent(origin(of: visit)))
            }
            return try login(owner, .expired, visit)
        }
    }

    private func refresh(_ user: User, _ visit: Visit) throws -> Response {
        var frame = visit.frame(Message("Still there?"))
        frame.username = user.username
        var page = RefreshPage(frame: frame)
        do {
            let pending = try PendingForm(
                visit.request, owner: user.id, form: services.seal.stamp(for: user.id, at: visit.now))
            page.pending = pending.sealed(by: services.seal)
            // An expired token may not read what is stored, or ids could be tried one by one.
            page.pendingDescription = try pending.description(for: user, in: nil)
            page.pendingButton = pending.button
        } catch let refusal as PendingForm.Refusal {
            page.lost = Self.sentence(refusal)
            page.next = origin(of: visit)
        }
        return unauthorized(services.pages.response(.unauthorized, services.pages.refresh, page))
    }

    private func login(_ owner: User.ID?, _ notice: LoginNotice, _ visit: Visit) throws -> Response {
        do {
            guard let owner else { throw PendingForm.Refusal.unreadable }
            let pending = try PendingForm(
                visit.request, owner: owner, form: services.seal.stamp(for: owner, at: visit.now))
            return try login(carrying: pending, notice: notice, visit)
        } catch let refusal as PendingForm.Refusal {
            let page = LoginPage(
                frame: visit.frame(Message("Log in"), notices: [notice.notice]), next: origin(of: visit),
                lost: Self.sentence(refusal))
            return unauthorized(services.pages.response(.unauthorized, services.pages.login, page))
        }
    }

    /// RFC 9110 §11.6.1 wants the header with every 401.
    private func unauthorized(_ response: Response) -> Response {
        var response = response
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    }

    /// The page that the form was on.
    private func origin(of visit: Visit) -> String { visit.request.referrer ?? "/expenses" }

    private static func sentence(_ refusal: PendingForm.Refusal) -> Message {
        switch refusal {
        case .password: Message("For your security this form was not kept. Please fill it in again.")
        case .upload: Message("The file that you chose was not kept. Please choose it again.")
        case .tooLong:
            Message(
                "What you sent is too long to be kept. Go back in your browser to copy it, then send it again."
            )
        case .unreadable: Message("This form could not be kept. Please fill it in again.")
        }
    }
}
