import Crypto
import Expenses
import HTTP
import JSON
import Storage
import Web

/// A script that uses the API with one token.
struct APIClient: Sendable {
    private let browser: TestBrowser
    private let token: String

    /// `token` nil means none at all.
    init(_ app: TestApp, token: String?) {
        browser = app.browser()
        self.token = token ?? ""
    }

    /// With the access token of an account's session.
    init(_ account: Account) {
        self.init(account.app, token: account.browser.cookie("access_token"))
    }

    /// With a personal token, put into the database itself.
    static func personal(_ account: Account, mayWrite: Bool) async throws -> APIClient {
        let token = "et_" + SecureRandom.token(bytes: 32)
        let (owner, now) = (account.user.id, account.app.clock.now)
        _ = try await account.app.storage.write(of: owner) {
            try $0.apiTokens.insert(
                name: "script", mayWrite: mayWrite, hash: SHA256.hash(Array(token.utf8)), owner: owner,
                at: now)
        }
        return APIClient(account.app, token: token)
    }

    func send(
        _ method: HTTP.Method, _ target: String, _ json: String? = nil, headers: Headers = [:]
    ) async -> TestBrowser.Answer {
        var headers = headers
        if !token.isEmpty { headers["Authorization"] = "Bearer \(token)" }
        if json != nil && headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return await browser.send(method, target, headers: headers, body: Array((json ?? "").utf8))
    }

    func get(_ target: String, headers: Headers = [:]) async -> TestBrowser.Answer {
        await send(.get, target, headers: headers)
    }

    func post(_ target: String, _ json: String, headers: Headers = [:]) async -> TestBrowser.Answer {
        await send(.post, target, json, headers: headers)
    }
}

extension TestBrowser.Answer {
    /// The string members of the JSON object that the body is.
    func member(_ name: String) throws -> String? {
        var found: String?
        try JSONReader.readObject(Array(body.utf8)) { member, value in
            if member == name, case .string(let text) = value { found = text }
        }
        return found
    }

    var isProblem: Bool { headers["Content-Type"] == "application/problem+json" }
}
