import Expenses
import HTTP
import Platform
import Storage
import Templating

/// Logging in.
struct LoginController: Sendable {
    let services: Services

    func show(_ visit: Visit) throws -> Response {
        let query = visit.request.query
        let next = query["next"].flatMap(LocalPath.check)
        if case .user = visit.visitor { return .seeOther(next ?? "/expenses") }
        let notice = query["notice"].flatMap(LoginNotice.init(rawValue:))
        var form = LoginForm(FormData(), query: query)
        form.login = query["name"].flatMap { AccountRules.problem(withUsername: $0) == nil ? $0 : nil } ?? ""
        return try page(.ok, visit, form, notice: notice)
    }

    /// The log-in page of somebody who has just registered, with their name filled in.
    static func address(afterRegistering username: String) -> String {
        var query = FormData()
        query.append("notice", LoginNotice.registered.rawValue)
        query.append("name", username)
        return "/login?" + query.urlEncoded
    }

    func logIn(_ visit: Visit) async throws -> Response {
        let form = LoginForm(try visit.request.form(), query: visit.request.query)
        guard !form.login.isEmpty, !form.password.isEmpty else {
            return try page(
                .unprocessableContent, visit, form,
                [
                    "email": form.login.isEmpty ? Message("Type your email or your username.") : nil,
                    "password": form.password.isEmpty ? Message("Type your password.") : nil,
                ])
        }
        guard form.login.utf8.count <= AccountRules.longestEmail else {
            return try page(
                .unprocessableContent, visit, form,
                ["email": Message("This is longer than any email and any username. Type yours again.")])
        }
        do {
            switch try await services.logIn(form.login, form.password, visit) {
            case .opened(let opened):
                return try loggedIn(opened, form, visit)
            case .codeNeeded(let credentials):
                return try codePage(
                    .ok, visit, form, proof: PasswordProof(credentials, at: visit.now))
            case .refused:
                return try page(
                    .unprocessableContent, visit, form,
                    [
                        "password": Message(
                            "There is no account with this name and this password. Please check both.")
                    ])
            }
        } catch AppError.tooManyAttempts(let seconds) {
            return try later(
                .tooManyRequests, visit, form, after: seconds, SecretRefusal.paused(seconds: seconds).sentence
            )
        } catch AppError.tooManyRequests(let seconds) {
            return try later(
                .tooManyRequests, visit, form, after: seconds,
                Message(
                    "Too many people log in from your network at this moment. Please try again in {wait}.",
                    ["wait": ErrorPages.words(seconds: seconds)]))
        } catch is WorkerPool.Full {
            return try later(
                .serviceUnavailable, visit, form, after: 2,
                Message("Many people are logging in at this moment. Please try again in a few seconds."))
        }
    }

    private func later(
        _ status: Status, _ visit: Visit, _ form: LoginForm, after seconds: Int, _ sentence: Message
    ) throws -> Response {
        var response = try page(status, visit, form, ["password": sentence])
        response.headers["Retry-After"] = String(seconds)
        return response
    }

    /// GET /login/code: the page is an answer of `logIn`, and cannot be opened by itself.
    func showCode(_ visit: Visit) -> Response { .seeOther("/login") }

    /// POST /login/code: the second step of a log-in with two factors.
    func checkCode(_ visit: Visit) async throws -> Response {
        let fields = try visit.request.form()
        let form = LoginForm(fields, query: visit.request.query)
        guard var proof = PasswordProof(sealed: fields["proof"] ?? "", by: services.seal),
            let credentials = try visit.read({ try $0.users.credentials(of: proof.user) }),
            proof.isGood(for: credentials, at: visit.now)
        else { return try page(.unprocessableContent, visit, form, notice: .codeExpired) }
        // There are two fields of this name: one for codes of the app, and one for recovery codes.
        let codes = fields.values("code")
        let place = codes.firstIndex { !AccountRules.trimmed($0).isEmpty }
        let typed = place.map { codes[$0] } ?? ""
        if let refusal = try await services.refusal(ofCode: typed, of: credentials.user, visit) {
            if case .wrongCode = refusal {
                let former = try await services.noteWrongCode(of: credentials.user, visit)
                proof.noteWrongCode(at: visit.now, after: former)
            }
            return refusal.response(
                try codePage(
                    refusal.status, visit, form, proof: proof, typed: typed,
                    [place == 1 ? "recovery-code" : "code": refusal.sentence]))
        }
        guard let opened = try await services.completeLogIn(of: credentials, with: proof, visit) else {
            return try page(.unprocessableContent, visit, form, notice: .ended)
        }
        return try loggedIn(opened, form, visit)
    }

    private func codePage(
        _ status: Status, _ visit: Visit, _ form: LoginForm, proof: PasswordProof, typed: String = "",
        _ problems: FormProblems = [:]
    ) throws -> Response {
        let pending = PendingForm(sealed: form.pending, by: services.seal)
        let page = CodePage(
            frame: visit.frame(Message("Log in")), proof: proof.sealed(by: services.seal),
            next: form.next ?? "",
            pending: pending == nil ? "" : form.pending,
            pendingDescription: try pending?.description(for: nil, in: nil) ?? .empty, typed: typed,
            problems: problems)
        return services.pages.response(status, services.pages.code, page)
    }

    /// Sends the user on, or offers what they had sent before.
    private func loggedIn(_ opened: Sessions.Opened, _ form: LoginForm, _ visit: Visit) throws -> Response {
        var visit = visit
        visit.visitor = .user(opened.user, opened.session)
        var response: Response
        if let pending = PendingForm(sealed: form.pending, by: services.seal), pending.owner == opened.user.id
        {
            response = try offer(pending, to: opened.user, visit)
        } else {
            // What another user had sent is dropped, and so is the page that they were on.
            response = .seeOther(form.pending.isEmpty ? form.next ?? "/expenses" : "/expenses")
        }
        services.tokens.setCookies(opened.tokens, on: &response, isSecure: visit.isSecure)
        return response
    }

    private func offer(_ pending: PendingForm, to user: User, _ visit: Visit) throws -> Response {
        let page = PendingOfferPage(
            frame: visit.frame(Message("Welcome back")),
            description: try services.storage.read { try pending.description(for: user, in: $0) },
            button: pending.button, action: pending.target,
            fields: pending.fields.hidden)
        return services.pages.response(.ok, services.pages.pendingOffer, page)
    }

    private func page(
        _ status: Status, _ visit: Visit, _ form: LoginForm, _ problems: FormProblems = [:],
        notice: LoginNotice? = nil
    ) throws -> Response {
        let pending = PendingForm(sealed: form.pending, by: services.seal)
        let page = LoginPage(
            frame: visit.frame(Message("Log in"), notices: notice.map { [$0.notice] } ?? []),
            login: form.login.utf8.count <= AccountRules.longestEmail ? form.login : "",
            problems: problems, next: form.next ?? "",
            pending: pending == nil ? "" : form.pending,
            pendingDescription: try pending?.description(for: nil, in: nil) ?? .empty)
        return services.pages.response(status, services.pages.login, page)
    }
}

/// What came of a name and a password.
enum LogInResult: Sendable {
    case opened(Sessions.Opened)
    /// They are right, and a code belongs to them.
    case codeNeeded(Credentials)
    /// They do not go together.
    case refused
}

extension Services {
    /// A new session for the account with this email or username and this password, where no code belongs to them.
    /// Throws `AppError.tooManyAttempts` or `.tooManyRequests`, and `WorkerPool.Full` when too many wait already.
    func logIn(_ login: String, _ password: String, _ visit: Visit) async throws -> LogInResult {
        guard var credentials = try await passwords.account(login: login, password: password, visit) else {
            return .refused
        }
        let newHash = try await passwords.renewedHash(of: credentials, password)
        guard credentials.hasTwoFactor else {
            let opened = try await sessions.start(
                for: credentials, on: Sessions.Device(visit), replacing: visit.visitor.session,
                newHash: newHash, at: visit.now)
            return opened.map { .opened($0) } ?? .refused
        }
        if let newHash {
            let (user, former) = (credentials.user.id, credentials.passwordHash)
            try await storage.write(of: user) {
                try $0.users.replace(passwordHash: former, by: newHash, of: user)
            }
            credentials.passwordHash = newHash
        }
        return .codeNeeded(credentials)
    }

    /// A new session for somebody whose password and code have been found right; nil where either has been changed since.
    /// Wrong codes that they have typed on the way, with the same proof, were slips.
    func completeLogIn(
        of credentials: Credentials, with proof: PasswordProof? = nil, _ visit: Visit
    ) async throws -> Sessions.Opened? {
        if let proof, proof.wrongCodes.count > 0 {
            let owner = credentials.user.id
            try await storage.write(of: owner) {
                try $0.twoFactors.forgive(proof.wrongCodes, before: proof.formerWrongCode, owner: owner)
            }
        }
        return try await sessions.start(
            for: credentials, on: Sessions.Device(visit), replacing: visit.visitor.session,
            usedTwoFactor: true, at: visit.now)
    }

    /// Keeps for the user that somebody with the right password has typed a wrong code. Returns when that was so before, 0
    /// for never.
    func noteWrongCode(of user: User, _ visit: Visit) async throws -> Int64 {
        let now = visit.now
        return try await storage.write(of: user.id) {
            try $0.twoFactors.noteWrongCode(of: user.id, at: now)
        }
    }
}
