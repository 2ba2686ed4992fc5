import Expenses
import HTTP
import Storage
import Templating

/// The user's personal API tokens.
struct TokensController: Sendable {
    /// Carries a new token to the page that shows it, once.
    private let cookie: String
    private static let path = "/account/tokens"
    /// Seconds that the page may take to come.
    private static let cookieLifetime = 60

    private let services: Services

    init(_ services: Services) {
        self.services = services
        cookie = services.configuration.cookieNames.name("new_token", path: Self.path)
    }

    /// GET /account/tokens
    func index(_ visit: UserVisit) throws -> Response {
        let new = visit.request.cookie(cookie) ?? ""
        // A sibling domain can plant a cookie of this name, with a token of somebody else.
        let owner = try services.storage.read {
            try $0.apiTokens.find(hash: PersonalToken.hash(new))?.user.id
        }
        var response = try page(.ok, visit, TokenForm(), newToken: owner == visit.user.id ? new : "")
        if !new.isEmpty { setCookie("", maxAge: 0, on: &response, visit) }
        return response
    }

    /// POST /account/tokens
    func create(_ visit: UserVisit) async throws -> Response {
        let form = TokenForm(try visit.request.form())
        let name: String
        switch form.validated() {
        case .success(let valid): name = valid
        case .failure(let problems): return try page(.unprocessableContent, visit, form, problems)
        }
        let token = PersonalToken.make()
        let (owner, now, mayWrite) = (visit.user.id, visit.now, form.mayWrite)
        let isMade = try await services.storage.write(of: owner) {
            try $0.apiTokens.insert(
                name: name, mayWrite: mayWrite, hash: PersonalToken.hash(token), owner: owner, at: now)
        }
        guard isMade else {
            return try page(
                .unprocessableContent, visit, form,
                [
                    "name": Message(
                        "You have {most} tokens already. Revoke one first.", ["most": APIToken.most])
                ])
        }
        var response = Response.seeOther(TokensController.path)
        setCookie(token, maxAge: TokensController.cookieLifetime, on: &response, visit)
        return response
    }

    /// POST /account/tokens/{id}/revoke
    func revoke(_ visit: UserVisit) async throws -> Response {
        let id: APIToken.ID = try visit.id()
        let owner = visit.user.id
        // Pressed twice: what was wanted is done.
        _ = try await services.storage.write(of: owner) { try $0.apiTokens.remove(id, owner: owner) }
        return .seeOther(TokensController.path + "?revoked=1")
    }

    private func page(
        _ status: Status, _ visit: UserVisit, _ typed: TokenForm, _ problems: FormProblems = [:],
        newToken: String = ""
    ) throws -> Response {
        let tokens = try services.storage.read { try $0.apiTokens.all(of: visit.user.id) }
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let notices =
            visit.request.query["revoked"] == nil
            ? [] : [Notice(text: Message("The token is revoked: whatever used it has no access any more."))]
        let zone = Zone(identifier: visit.preferences.zone) ?? .system
        let page = TokensPage(
            frame: visit.frame(Message("API tokens"), section: .account, notices: notices),
            form: services.seal.stamp(for: visit.user.id, at: visit.now), typed: typed, problems: problems,
            newToken: newToken,
            tokens: tokens.map { TokenRow($0, wording: wording, zone: zone) })
        return services.pages.response(status, services.pages.tokens, page)
    }

    private func setCookie(_ token: String, maxAge: Int, on response: inout Response, _ visit: UserVisit) {
        response.setCookie(
            Cookie(
                name: cookie, value: token, path: TokensController.path, maxAge: maxAge,
                secure: visit.visit.isSecure))
    }
}
