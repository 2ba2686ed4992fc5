import Expenses
import HTTP
import Storage
import Templating

/// The user's personal API tokens.
struct TokensController: Sendable {
    private static let path = "/account/tokens"

    private let services: Services
    /// Has a new token.
    private let cookie: OneTimeCookie

    init(_ services: Services) {
        self.services = services
        cookie = OneTimeCookie("new_token", to: Self.path, services)
    }

    /// GET /account/tokens
    func index(_ visit: UserVisit) throws -> Response {
        let new = cookie.value(visit)
        // It may be a token of somebody else.
        let owner = try services.storage.read {
            try $0.apiTokens.find(hash: PersonalToken.hash(new))?.user.id
        }
        var response = try page(.ok, visit, TokenForm(), newToken: owner == visit.user.id ? new : "")
        cookie.end(on: &response, visit)
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
        return cookie.redirect(carrying: token, visit)
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
        let wording = visit.wording
        let notices =
            visit.request.query["revoked"] == nil
            ? [] : [Notice(text: Message("The token is revoked: whatever used it has no access any more."))]
        let zone = visit.zone
        let page = TokensPage(
            frame: visit.frame(Message("API tokens"), section: .account, notices: notices),
            form: services.stamp(visit), typed: typed, problems: problems,
            newToken: newToken,
            tokens: tokens.map { TokenRow($0, wording: wording, zone: zone) })
        return services.pages.response(status, services.pages.tokens, page)
    }
}
