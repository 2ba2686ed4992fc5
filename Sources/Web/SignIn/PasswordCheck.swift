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
    private let cost: PasswordHash.Cost
    /// What is compared to where there is no account.
    private let nobodysHash: String

    init(storage: Storage, workers: WorkerPool, cost: PasswordHash.Cost) {
        self.storage = storage
        self.workers = workers
        self.cost = cost
        throttle = LoginThrottle()
        nobodysHash = PasswordHash.ofNobody(cost: cost)
    }

    /// Throws `WorkerPool.Full` when too many wait already.
    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await workers.run { PasswordHash.make(password, cost: cost) }
    }

    /// The account with this email or username and this password, else nil. Throws
    /// `AppError.tooManyAttempts`, and `WorkerPool.Full` when too many wait already.
    func account(login: String, password: String, _ visit: Visit) async throws -> Credentials? {
        // What is longer is nobody's: no need to search for it.
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
            return try await hash(password)
        } catch is WorkerPool.Full {
            return nil
        }
    }

    private func check(
        _ credentials: Credentials?, login: String, _ password: String, _ visit: Visit
    ) async throws -> Credentials? {
        let attempt = try throttle.admit(
            account(credentials?.user.id, login, visit.visitor), from: visit.address, at: visit.now)
        let stored = credentials?.passwordHash ?? nobodysHash
        // Nobody has an empty one.
        let password = password.utf8.count <= Self.longestPassword ? password : ""
        let isRight: Bool
        do {
            isRight = try await workers.run { PasswordHash.verify(password, against: stored) }
        } catch {
            throttle.withdraw(attempt)
            throw error
        }
        guard isRight, let credentials else {
            throttle.failed(attempt, at: visit.now)
            return nil
        }
        throttle.succeeded(attempt)
        return credentials
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
