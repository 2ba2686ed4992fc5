import Crypto
import Expenses
import HTTP
import Storage
import Web

/// Somebody who is logged in, with what they own.
struct Account: Sendable {
    let app: TestApp
    let browser: TestBrowser
    let user: User
    let categories: [Expenses.Category]

    /// Made in the database itself, without the pages to register and log in.
    init(in app: TestApp, _ name: String = "ada", _ preferences: Preferences = Preferences()) async throws {
        let now = app.clock.now
        let user = try await app.storage.write(of: nil) { stores in
            try stores.users.insert(
                username: name, email: "\(name)@example.com", passwordHash: "", preferences: preferences,
                at: now)
        }
        try await self.init(user, in: app)
    }

    /// A user who is in the database already.
    init(of name: String, in app: TestApp) async throws {
        guard let user = try app.storage.read({ try $0.users.find(login: name)?.user }) else {
            throw TestFailure("there is no user \(name)")
        }
        try await self.init(user, in: app)
    }

    private init(_ user: User, in app: TestApp) async throws {
        let now = app.clock.now
        let session = SecureRandom.token()
        let tokens = Tokens(
            secret: [UInt8](repeating: 7, count: 32), accessLifetime: 1800, refreshLifetime: 259_200)
        let refreshID = SecureRandom.token()
        categories = try await app.storage.write(of: nil) { stores in
            try stores.sessions.insert(
                Session(
                    id: session, owner: user.id, createdAt: now, lastUsedAt: now, expiresAt: now + 259_200,
                    userAgent: "", address: ""),
                refreshHash: Tokens.hash(ofRefreshID: refreshID))
            return try stores.categories.all(of: user.id)
        }
        self.app = app
        self.user = user
        browser = app.browser()
        let pair = tokens.pair(
            of: user.id, session: session, refreshID: refreshID, refreshExpiresAt: now + 259_200, at: now)
        browser.cookies = [TestBrowser.StoredCookie(name: "access_token", value: pair.access, path: "/")]
    }

    func category(_ name: String) -> Expenses.Category.ID {
        guard let category = categories.first(where: { $0.name == name }) else {
            preconditionFailure("every account starts with \(name)")
        }
        return category.id
    }

    /// Puts an expense into the database.
    @discardableResult
    func spend(
        _ amount: Int64, _ category: String = "Groceries", on day: String, _ description: String = ""
    ) async throws -> Expense.ID {
        guard let day = Day(day) else { preconditionFailure("\(day) is no day") }
        let draft = ExpenseDraft(
            amount: Money(minorUnits: amount), category: self.category(category), day: day,
            description: description)
        let (owner, now) = (user.id, app.clock.now)
        return try await app.storage.write(of: owner) {
            try $0.expenses.insert(draft, owner: owner, form: nil, at: now).id
        }
    }

    /// Every expense there is, newest first.
    func expenses() throws -> [Expense] {
        try app.storage.read {
            try $0.list.page(of: user.id, matching: Filter(), after: nil, limit: 1000).expenses
        }
    }
}
