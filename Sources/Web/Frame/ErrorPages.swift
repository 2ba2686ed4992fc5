import Crypto
import Expenses
import HTTP
import Platform
import Storage
import Templating

/// Turns what went wrong into a page in the app's own style. What an unknown error says stays in the log.
struct ErrorPages: Sendable {
    let services: Services

    func page(for error: any Error, _ visit: Visit) -> Response {
        switch error {
        case AppError.notFound:
            page(
                .notFound, Message("Page not found"),
                Message(
                    "There is nothing at this address. It may have been deleted, or the address has a typo."),
                visit)
        case AppError.signInRequired:
            .seeOther("/login")
        case AppError.tooManyAttempts(let seconds):
            page(
                .tooManyRequests, Message("Too many attempts"),
                Message("Please wait {wait}, then try again.", ["wait": Self.words(seconds: seconds)]), visit,
                retryAfter: seconds)
        case AppError.tooManyRequests(let seconds):
            page(
                .tooManyRequests, Message("Too many requests"),
                Message(
                    "Too many requests from you or your network. Please try again in {wait}.",
                    ["wait": Self.words(seconds: seconds)]),
                visit, retryAfter: seconds, retry: retry(visit))
        case AppError.busy(let seconds):
            page(
                .serviceUnavailable, Message("Busy right now"),
                Message(
                    "The server is busy. Nothing was changed. Please try again in {wait}.",
                    ["wait": Self.words(seconds: seconds)]),
                visit, retryAfter: seconds, retry: retry(visit))
        case AppError.unreachable(let seconds):
            page(
                .serviceUnavailable, Message("The database does not answer"),
                visit.isReading
                    ? Message(
                        "Nothing of yours is lost. Please try again in {wait}.",
                        ["wait": Self.words(seconds: seconds)])
                    : Message(
                        "We can’t tell whether it was saved. Sending it again won’t save it twice. Please try again in {wait}.",
                        ["wait": Self.words(seconds: seconds)]), visit,
                retryAfter: seconds, retry: retry(visit), knowsVisitor: false)
        case AppError.storageFull:
            storageFull(visit)
        case AppError.quotaReached(let most):
            page(
                .insufficientStorage, Message("No room for more expenses"), Self.quotaReached(most), visit,
                retry: retry(visit))
        case AppError.tooMany(let things):
            page(.unprocessableContent, things.heading, things.sentence, visit, retry: retry(visit))
        case AppError.recording(let seconds):
            page(
                .serviceUnavailable, Message("Not whole yet"),
                Message(
                    "Your repeating expenses are still being recorded. Please try again in {wait}.",
                    ["wait": Self.words(seconds: seconds)]),
                visit, retryAfter: seconds, retry: retry(visit))
        case let change as NotWhole:
            page(
                .serviceUnavailable, Message("Not whole yet"), change.explanation, visit,
                retryAfter: change.retryAfter)
        case let full as WorkerPool.Full where full.isOwners:
            self.page(for: AppError.tooManyRequests(retryAfter: 2), visit)
        // A client that is gone has its work cancelled; nobody reads this.
        case is WorkerPool.Full, is CancellationError:
            self.page(for: AppError.busy(retryAfter: 2), visit)
        case let error as RequestError:
            page(
                error.status, error.heading, error.explanation, visit,
                retryAfter: error.status == .serviceUnavailable ? 10 : nil)
        default:
            unknown(error, visit)
        }
    }

    static func quotaReached(_ most: Int) -> Message {
        Message(
            "Not saved: your account is full ({most} expense, including deleted ones).",
            plural: "Not saved: your account is full ({most} expenses, including deleted ones).",
            count: most, ["most": most])
    }

    func methodNotAllowed(_ visit: Visit) -> Response {
        page(
            .methodNotAllowed, Message("That does not work here"),
            visit.request.method == .get
                ? Message("This page can’t be opened directly.")
                : Message(
                    "This address does not take {token} requests.", ["token": visit.request.method.token]),
            visit)
    }

    func crossSite(_ visit: Visit) -> Response {
        page(
            .forbidden, Message("Refused"),
            services.proxyMistakes.lostHost(visit.request, host: visit.host)
                ?? Message(
                    "This form was sent from another site, so nothing was changed. If you meant to do it, open the page here and send it again."
                ),
            visit)
    }

    func identityRefused(_ refusal: ProxyIdentity.Refusal, _ visit: Visit) -> Response {
        page(.forbidden, Message("No account for you here"), refusal.sentence, visit, knowsVisitor: false)
    }

    /// For a request that was never read to its end: the sender is a program more often than a person.
    func unreadable(_ error: RequestError) -> Response {
        let page = ErrorPage(
            frame: Frame(title: error.heading), heading: error.heading, explanation: error.explanation)
        var response = services.pages.response(error.status, services.pages.error, page)
        if error.status == .serviceUnavailable { response.headers["Retry-After"] = "2" }
        return response
    }

    private func unknown(_ error: any Error, _ visit: Visit) -> Response {
        services.log.write(.error, "request \(visit.id): \(error)")
        return page(
            .internalServerError, Message("Something went wrong here"),
            visit.isReading
                ? Message("The page could not be shown. The fault is ours, not yours. Please try again.")
                : Message("It may not have been saved. The fault is ours, not yours. Please try again."),
            visit,
            reference: visit.id, retry: retry(visit))
    }

    private func storageFull(_ visit: Visit) -> Response {
        services.log.write(.error, "request \(visit.id): the disk is full, nothing can be saved")
        return page(
            .insufficientStorage, Message("The disk is full"),
            Message(
                "This was not saved, because the server has no room left. Nothing that was there is lost. The person who runs the server has to make room; then try again."
            ), visit, retry: retry(visit))
    }

    /// The form that could not be carried out, where its user is logged in and it holds no password.
    private func retry(_ visit: Visit) -> RetryForm? {
        guard visit.request.method == .post, CrossSiteCheck.allows(visit.request, host: visit.host),
            let owner = sender(of: visit),
            let pending = try? PendingForm(
                visit.request, owner: owner, form: services.seal.stamp(for: owner, at: visit.now))
        else { return nil }
        return RetryForm(action: pending.target, fields: pending.fields.hidden)
    }

    /// The user who is logged in, or, where the database could not be asked, whom the access token names.
    private func sender(of visit: Visit) -> User.ID? {
        if case .user(let user, _) = visit.visitor { return user.id }
        guard case .nobody = visit.visitor else { return nil }
        for token in visit.request.cookies(services.tokens.accessCookie).prefix(Tokens.maxCookies) {
            let claims: Claims
            do throws(TokenError) {
                claims = try services.tokens.verify(token, expecting: .access, at: visit.now)
            } catch .expired(let expired) {
                claims = expired
            } catch {
                continue
            }
            if let number = Int64(claims.subject) { return User.ID(number) }
        }
        return nil
    }

    private func page(
        _ status: Status, _ heading: Message, _ explanation: Message, _ visit: Visit, retryAfter: Int? = nil,
        reference: String = "", retry: RetryForm? = nil, knowsVisitor: Bool = true
    ) -> Response {
        var page = ErrorPage(
            frame: visit.frame(heading), heading: heading, explanation: explanation, reference: reference,
            retry: retry)
        page.frame.offersLogIn = knowsVisitor
        if visit.isReading, status == .serviceUnavailable || status == .internalServerError {
            page.again = LocalPath.check(visit.request.target) ?? ""
        }
        var response = services.pages.response(status, services.pages.error, page)
        if let retryAfter { response.headers["Retry-After"] = String(retryAfter) }
        return response
    }

    /// "1 minute", "40 seconds", "15 minutes"
    static func words(seconds: Int) -> Message {
        if seconds < 60 {
            return Message("{count} second", plural: "{count} seconds", count: seconds, ["count": seconds])
        }
        let minutes = (seconds + 59) / 60
        return Message("{count} minute", plural: "{count} minutes", count: minutes, ["count": minutes])
    }
}
