import Crypto
import Expenses
import HTTP
import Platform
import Storage

/// Finds out whether a password is right, on threads of its own: slowly for those who guess, and at the same
/// cost and with the same words for names that exist and names that do not.
struct PasswordCheck: Sendable {
    /// In bytes; more than any name or email has.
    private static let longestLogin = 512
    /// In bytes; more than any password of 256 characters is likely to have.
    private static let longestPassword = 16 * 1024

    private let storage: Storage
    private let workers: WorkerPool
    private let throttle: LoginThrottle
    /// A whole office behind one address logs in at once; then it is one a second, a third of one core.
    private let logIns = RateLimit(burst: 120, interval: 1)
    /// A class or an office registers in one lesson; then it is one in ten seconds.
    private let registrations = RateLimit(burst: 60, interval: 10)
    private let cost: PasswordHash.Cost
    /// What is compared to where there is no account.
    private let decoyHash: String

    /// `secret` is what other copies of the program that share the database have as well.
    init(storage: Storage, workers: WorkerPool, cost: PasswordHash.Cost, secret: [UInt8]) {
        self.storage = storage
        throttle =
            storage.threads == nil
            ? LoginThrottle()
            : LoginThrottle(sharedIn: storage, secret: HMAC.sha256(Array("throttle".utf8), key: secret))
        self.workers = workers
        self.cost = cost
        decoyHash = PasswordHash.decoy(cost: cost)
    }

    /// How often a network was refused since the start because it did too much.
    var refusedLogIns: Int { logIns.refused }
    var refusedRegistrations: Int { registrations.refused }

    /// Counts a form for a new account, before it is told which names are taken. Throws `AppError.tooManyRequests` when too
    /// many have come from this address.
    func admitRegistration(from address: String, at now: Int64) throws {
        try registrations.take(LoginThrottle.group(address), at: now)
    }

    /// The hash for a new account, whose form has been admitted. Throws `AppError.tooManyRequests`, and `WorkerPool.Full`
    /// when too many wait already; then the form does not count.
    func hash(_ password: String, forRegistrationFrom address: String) async throws -> String {
        let source = LoginThrottle.group(address)
        do {
            return try await hash(password, for: source)
        } catch {
            registrations.giveBack(source)
            throw error
        }
    }

    /// The hash for somebody who is logged in, who waits for no stranger at the same address. Throws
    /// `AppError.tooManyRequests`, and `WorkerPool.Full` when too many wait already.
    func hash(_ password: String, for user: User.ID) async throws -> String {
        try await hash(password, for: "user \(user)")
    }

    private func hash(_ password: String, for source: String) async throws -> String {
        let cost = cost
        return try await run(for: source) { PasswordHash.make(password, cost: cost) }
    }

    /// Runs the work when it is the source's turn. Throws `AppError.tooManyRequests` when it has too much waiting.
    private func run<Value: Sendable>(
        for source: String, _ work: @escaping @Sendable () -> Value
    ) async throws -> Value {
        do {
            return try await workers.run(for: source, work)
        } catch let full as WorkerPool.Full where full.isOwners {
            throw AppError.tooManyRequests(retryAfter: 2)
        }
    }

    /// The account with this email or username and this password, else nil. Throws
    /// `AppError.tooManyAttempts` or `.tooManyRequests`, and `WorkerPool.Full` when too many wait already.
    func account(login: String, password: String, _ visit: Visit) async throws -> Credentials? {
        // No user has a longer name: it is not searched for.
        let credentials =
            login.utf8.count <= Self.longestLogin ? try storage.read { try $0.users.find(login: login) } : nil
        return try await check(credentials, login: login, password, visit)
    }

    /// The same for somebody who is logged in and is asked for the password again.
    func account(of user: User, password: String, _ visit: Visit) async throws -> Credentials? {
        let credentials = try storage.read { try $0.users.credentials(of: user.id) }
        return try await check(credentials, login: user.username, password, visit)
    }

    /// A hash at today's cost where the stored one was made at another; nil where it is up to date, and where
    /// too much else waits: the next log-in is soon enough.
    func renewedHash(of credentials: Credentials, _ password: String) async throws -> String? {
        guard PasswordHash.needsRehash(credentials.passwordHash, cost: cost) else { return nil }
        do {
            return try await hash(password, for: credentials.user.id)
        } catch is WorkerPool.Full {
            return nil
        } catch AppError.tooManyRequests {
            return nil
        }
    }

    private func check(
        _ credentials: Credentials?, login: String, _ password: String, _ visit: Visit
    ) async throws -> Credentials? {
        let stored = credentials?.passwordHash ?? decoyHash
        // No account has an empty password: one that is too long is compared as an empty one, which is wrong and takes the
        // same time.
        let password = password.utf8.count <= Self.longestPassword ? password : ""
        let isRight = try await countTry(
            credentials?.user.id, login: login, visit, isWhole: credentials?.hasTwoFactor != true
        ) { source in
            try await run(for: source) { PasswordHash.verify(password, against: stored) }
        }
        return isRight ? credentials : nil
    }

    /// Lets `isRight` find out whether what was typed is right, where this account and this network may try now, and counts
    /// it where it is wrong. A right one starts the count afresh, unless it is not the whole of a log-in: a password to
    /// which a code belongs would otherwise buy guesses at codes. Throws as `account(login:password:_:)` does.
    func countTry(
        _ user: User.ID?, login: String, _ visit: Visit, isWhole: Bool,
        _ isRight: (_ source: String) async throws -> Bool
    ) async throws -> Bool {
        let account = account(user, login, visit.visitor)
        let source = Self.source(of: account, from: visit.address)
        try logIns.take(source, at: visit.now)
        let attempt = try await throttle.admit(account, from: visit.address, at: visit.now)
        let wasRight: Bool
        do {
            wasRight = try await isRight(source)
        } catch {
            try await throttle.withdraw(attempt)
            logIns.giveBack(source)
            throw error
        }
        guard wasRight else {
            try await throttle.failed(attempt, at: visit.now)
            return false
        }
        if isWhole { try await throttle.succeeded(attempt) } else { try await throttle.withdraw(attempt) }
        return true
    }

    /// Who waits in line and is counted: the user in a browser that the user has been logged in with, else the
    /// network of the address.
    private static func source(of account: LoginThrottle.Account, from address: String) -> String {
        switch account {
        case .device(let user, _): "user \(user)"
        case .user, .unknown: LoginThrottle.group(address)
        }
    }

    private func account(_ user: User.ID?, _ login: String, _ visitor: Visitor) -> LoginThrottle.Account {
        guard let user else { return .unknown(login: identityKey(login)) }
        switch visitor {
        case .user(let known, let session) where known.id == user,
            .expired(let known, let session) where known.id == user:
            return .device(user, session: session.id)
        case .ended(let claims) where claims.subject == String(user.rawValue):
            return .device(user, session: claims.session)
        case .nobody, .user, .expired, .ended:
            return .user(user)
        }
    }
}
