import Expenses
import HTTP
import JSON
import Storage

/// Accounts and tokens for scripts: the log-in, refresh and registration of the pages, without cookies.
struct SessionsAPI: Sendable {
    let services: Services

    /// POST /api/v1/register
    func register(_ call: AnonymousCall) async throws -> Response {
        let form = RegistrationForm(call.body)
        switch try await services.register(
            form, from: call.visit.address, in: call.visit.translation, at: call.visit.now)
        {
        case .registered(let user):
            return .json(
                .created,
                [
                    "id": .string(user.id.description), "username": .string(user.username),
                    "email": .string(user.email),
                ])
        case .refused(let problems):
            // What is wrong with a form that is in order by itself is that others have these names.
            guard form.problems().isEmpty else { throw Problem.invalid(problems) }
            throw Problem(.conflict, "There is such an account already.", errors: problems.list)
        case .closed:
            throw Problem(.forbidden, "Registration is closed.")
        }
    }

    /// POST /api/v1/login
    func logIn(_ call: AnonymousCall) async throws -> Response {
        let form = LoginForm(call.body, query: FormData())
        // Spaces alone are an unknown user: 401, not 422.
        guard !(call.body["email"] ?? "").isEmpty else { throw Problem.invalid("email", "This is empty.") }
        guard !form.password.isEmpty else { throw Problem.invalid("password", "This is empty.") }
        switch try await services.logIn(form.login, form.password, call.visit) {
        case .opened(let opened):
            return tokens(opened.tokens)
        case .codeNeeded(let credentials):
            return try await complete(credentials, call.body["code"], call.visit)
        case .refused:
            throw Problem.unauthorized("There is no account with this name and this password.")
        }
    }

    private func complete(_ credentials: Credentials, _ typed: String?, _ visit: Visit) async throws
        -> Response
    {
        guard let typed else {
            var problem = Problem.unauthorized(
                "The password is right. Send it again with “code”: a code of the authenticator app, or a recovery code."
            )
            problem.type = Problem.secondFactorRequired
            throw problem
        }
        guard let code = TypedCode(typed) else {
            throw Problem.invalid("code", SecretRefusal.unreadableCode.sentence)
        }
        let wrong = Problem.unauthorized("The code is wrong, too old or already used.")
        guard try await services.use(code, of: credentials.user, visit) else {
            _ = try await services.noteWrongCode(of: credentials.user, visit)
            throw wrong
        }
        guard let opened = try await services.completeLogIn(of: credentials, visit) else { throw wrong }
        return tokens(opened.tokens)
    }

    /// POST /api/v1/refresh
    func refresh(_ call: AnonymousCall) async throws -> Response {
        switch try await services.sessions.refresh(call.body.values("refresh_token"), at: call.visit.now) {
        case .refreshed(let opened):
            return tokens(opened.tokens)
        case .refused:
            throw Problem.unauthorized("The refresh token is not valid, or no longer: log in again.")
        }
    }

    /// POST /api/v1/logout
    func logOut(_ visit: APIVisit) async throws -> Response {
        switch visit.caller.credential {
        case .session(let session, _):
            try await services.sessions.end(session.id, of: session.owner)
            return Response(.noContent)
        case .personalToken:
            throw Problem(.forbidden, "A personal token has no session. It is revoked on the account page.")
        }
    }

    private func tokens(_ pair: TokenPair) -> Response {
        .json(
            .ok,
            [
                "access_token": .string(pair.access), "refresh_token": .string(pair.refresh),
                "token_type": "Bearer", "expires_in": .integer(services.tokens.accessLifetime),
            ])
    }
}
