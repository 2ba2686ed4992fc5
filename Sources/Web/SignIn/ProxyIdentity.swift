import Crypto
import Expenses
import HTTP
import Storage
import Templating

/// Believes a trusted proxy who it says is logged in: `--identity-header`.
struct ProxyIdentity: Sendable {
    /// Why there is no account for whom the proxy names.
    struct Refusal: Error {
        let sentence: Message
    }

    private let header: String
    private let trusted: [IPNetwork]
    private let log: Log
    /// A field from somebody else is told once a minute for each address.
    private let told = RateLimit(burst: 1, interval: 60)

    /// Nil where nobody is to be believed.
    init?(_ configuration: Application.Configuration, _ log: Log) {
        guard let header = configuration.identityHeader else { return nil }
        self.header = header
        trusted = configuration.trustedProxies
        self.log = log
    }

    /// The name or email of whom the proxy has logged in; nil where it names nobody, or is none that is trusted.
    func name(in request: Request, at now: Int64) -> String? {
        let values = request.headers.values(header)
        guard !values.isEmpty else { return nil }
        guard trusted.contains(where: { $0.contains(request.peer) }) else {
            let sender = request.peer.isEmpty ? "a client of the Unix socket" : request.peer
            tell(
                request, "\(sender) sends \(header) and is no --trusted-proxy: the field is ignored", at: now)
            return nil
        }
        guard values.count == 1 else {
            tell(
                request,
                "\(request.peer) sends \(header) \(values.count) times: none is believed; the proxy has to replace what a "
                    + "client sends", at: now)
            return nil
        }
        let name = AccountRules.trimmed(values[0])
        return name.isEmpty ? nil : name
    }

    /// Whether the session that goes on is of whom the proxy names.
    func isOf(_ name: String, _ visitor: Visitor) -> Bool {
        guard case .user(let user, _) = visitor else { return false }
        return Self.isNamed(name, user)
    }

    private static func isNamed(_ name: String, _ user: User) -> Bool {
        let key = identityKey(name)
        return key == identityKey(user.username) || key == identityKey(user.email)
    }

    private func tell(_ request: Request, _ text: String, at now: Int64) {
        guard (try? told.take(request.peer, at: now)) != nil else { return }
        log.write(.warning, text)
    }
}

extension Services {
    /// A new session for whom the proxy names, who gets an account at first sight; the session that the browser had before
    /// ends. Throws a `ProxyIdentity.Refusal`.
    func logIn(named name: String, _ visit: Visit) async throws -> Sessions.Opened {
        if try storage.read({ try $0.users.find(login: name) }) == nil {
            try await register(named: name, visit)
        }
        guard let credentials = try storage.read({ try $0.users.find(login: name) }),
            let opened = try await sessions.start(
                for: credentials, on: Sessions.Device(visit), replacing: visit.visitor.session, at: visit.now)
            // Changed, or deleted, at this very moment.
        else { throw AppError.busy(retryAfter: 1) }
        return opened
    }

    private func register(named name: String, _ visit: Visit) async throws {
        let shown = String(name.prefix(100))
        guard try mayRegister() else {
            throw ProxyIdentity.Refusal(
                sentence: Message(
                    "You are logged in as “{name}” elsewhere, and there is no account of that name here. Registration is closed at the moment: ask the person who runs this server.",
                    ["name": shown]))
        }
        let email = name.contains("@") ? name : name + "@localhost"
        let usernames = Self.usernames(for: name)
        guard !usernames.isEmpty, AccountRules.problem(withEmail: email) == nil else {
            throw ProxyIdentity.Refusal(
                sentence: Message(
                    "You are logged in as “{name}” elsewhere, and no account of that name can be made here: a username has 3 to 30 letters, digits, “.”, “_” or “-”, and an email looks like name@example.com. Ask the person who runs this server.",
                    ["name": shown]))
        }
        // Nobody knows a password of it.
        let hash = PasswordHash.decoy(cost: configuration.passwordCost)
        let names = DefaultCategories.names(in: visit.translation)
        let preferences = VisitorsLanguage.preferences(of: visit.request)
        let isForFirst = configuration.registration == .first
        for username in usernames {
            do {
                return try await storage.write(of: nil) { stores in
                    if isForFirst, try !stores.users.lockAndCheckIsEmpty() { return }
                    _ = try stores.users.insert(
                        username: username, email: email, passwordHash: hash,
                        preferences: preferences, categoryNames: names, at: visit.now)
                }
            } catch is UserConflict {
                // Made by another request at the same time, or the name is somebody else's.
                guard try storage.read({ try $0.users.find(login: name) }) == nil else { return }
            }
        }
        throw ProxyIdentity.Refusal(
            sentence: Message(
                "You are logged in as “{name}” elsewhere, and that username or email is taken here. Ask the person who runs this server.",
                ["name": shown]))
    }

    /// What somebody can be called here whom the proxy names; of an email the part before the `@`, else all of it.
    private static func usernames(for name: String) -> [String] {
        let candidates =
            name.contains("@") ? [String(name.prefix { $0 != "@" }), name.replacing("@", with: ".")] : [name]
        return candidates.map { String($0.prefix(AccountRules.usernameLength.upperBound)) }
            .filter { AccountRules.problem(withUsername: $0) == nil && ($0 == name || name.contains("@")) }
    }
}
