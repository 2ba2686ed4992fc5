import Crypto
import Expenses
import HTTP
import Storage

/// Starts, refreshes and ends sessions.
struct Sessions: Sendable {
    /// As much of a browser's name for itself as is kept, in characters.
    private static let longestUserAgent = 300
    /// More rotations than one browser makes within the grace.
    private static let longestChain = 64

    let storage: Storage
    let tokens: Tokens

    /// A session with the tokens to hand out for it.
    struct Opened: Sendable {
        let user: User
        let session: Session
        let tokens: TokenPair
    }

    /// Where a session is used from.
    struct Device: Sendable {
        let userAgent: String
        let address: String

        init(_ visit: Visit) {
            userAgent = String((visit.request.headers["User-Agent"] ?? "").prefix(longestUserAgent))
            address = visit.address
        }
    }

    /// Starts a session for a user whose password has just been found right, and ends the one that the same
    /// browser had before. Nil where the password has been changed in the meantime, two-factor log-in switched on or off,
    /// or the account deleted.
    ///
    /// `newHash` replaces the password's hash, as when the cost has been raised or the password changed; then
    /// `endingOthers` ends every other session of the user.
    func start(
        for credentials: Credentials, on device: Device, replacing former: Session?, newHash: String? = nil,
        endingOthers: Bool = false, usedTwoFactor: Bool = false, at now: Int64
    ) async throws -> Opened? {
        let user = credentials.user
        let refreshID = SecureRandom.token()
        var session = Session(
            id: SecureRandom.token(), owner: user.id, createdAt: now, lastUsedAt: now,
            expiresAt: now + tokens.refreshLifetime, userAgent: device.userAgent, address: device.address)
        session.usedTwoFactor = usedTwoFactor
        let started = session
        let isStarted = try await storage.write(of: user.id) { stores in
            let current = try stores.users.credentials(of: user.id)
            guard current?.passwordHash == credentials.passwordHash,
                current?.hasTwoFactor == credentials.hasTwoFactor
            else { return false }
            if let newHash { try stores.users.update(passwordHash: newHash, of: user.id) }
            if endingOthers {
                try stores.sessions.revokeAll(of: user.id, except: nil)
                try stores.twoFactors.forgetWrongCodes(of: user.id)
            }
            if let former { _ = try stores.sessions.revoke(former.id, owner: former.owner) }
            try stores.sessions.insert(started, refreshHash: Tokens.hash(ofRefreshID: refreshID))
            return true
        }
        guard isStarted else { return nil }
        return Opened(
            user: user, session: started,
            tokens: tokens.pair(
                of: user.id, session: started.id, refreshID: refreshID, refreshExpiresAt: started.expiresAt,
                at: now))
    }

    /// Why a refresh token is no longer good for anything.
    enum Refusal: Comparable {
        case absent, expired, ended, reused
    }

    enum Refreshed {
        case refreshed(Opened)
        case refused(Refusal)
    }

    /// Exchanges a refresh token for new tokens. Of several (a sibling domain can plant cookies of the same
    /// name) the first that is good wins.
    ///
    /// Rotation, the grace for the former token and revocation on later reuse are one transaction, so that of
    /// any number of requests with the same token at once one rotates and the others get what it got.
    func refresh(_ presented: [String], at now: Int64) async throws -> Refreshed {
        let (claims, unread) = read(presented, at: now)
        guard !claims.isEmpty else { return .refused(unread) }
        let tokens = tokens
        var refusal = unread
        for claims in claims {
            let owner = Int64(claims.subject).map { User.ID($0) }
            let outcome = try await storage.write(of: owner) {
                try Self.rotate(claims, in: $0, tokens, at: now)
            }
            switch outcome {
            case .refreshed(let opened): return .refreshed(opened)
            case .refused(let reason): refusal = max(refusal, reason)
            }
        }
        return .refused(refusal)
    }

    /// Whose session a refresh could go on with; nothing is changed.
    func holder(_ presented: [String], at now: Int64) throws -> Result<User, Refused> {
        let (claims, unread) = read(presented, at: now)
        return try storage.read { stores in
            var refusal = unread
            for claims in claims {
                if let found = try stores.sessions.find(claims.session, at: now),
                    String(found.user.id.rawValue) == claims.subject
                {
                    return .success(found.user)
                }
                refusal = max(refusal, try Self.reason(of: claims.session, in: stores))
            }
            return .failure(Refused(reason: refusal))
        }
    }

    struct Refused: Error {
        let reason: Refusal
    }

    /// Ends a session at once, for its access tokens too.
    func end(_ id: String, of owner: User.ID) async throws {
        try await storage.write(of: owner) { stores in _ = try stores.sessions.revoke(id, owner: owner) }
    }

    /// Why a session does not go on.
    func reason(of session: String) throws -> Refusal {
        try storage.read { try Self.reason(of: session, in: $0) }
    }

    private func read(_ presented: [String], at now: Int64) -> (good: [Claims], otherwise: Refusal) {
        var good: [Claims] = []
        var refusal = Refusal.absent
        for token in presented.prefix(Tokens.maxCookies) {
            do {
                good.append(try tokens.verify(token, expecting: .refresh, at: now))
            } catch .expired {
                refusal = .expired
            } catch {
                // Not ours: as good as absent.
            }
        }
        return (good, refusal)
    }

    private static func rotate(
        _ claims: Claims, in stores: Stores, _ tokens: Tokens, at now: Int64
    ) throws -> Refreshed {
        guard let found = try stores.sessions.find(claims.session, at: now),
            String(found.user.id.rawValue) == claims.subject
        else { return .refused(try reason(of: claims.session, in: stores)) }
        var session = found.session
        var refreshID = tokens.successor(of: claims.id)
        let rotation = try stores.sessions.rotate(
            session.id, presenting: Tokens.hash(ofRefreshID: claims.id),
            to: Tokens.hash(ofRefreshID: refreshID), expiresAt: now + tokens.refreshLifetime, at: now,
            grace: Tokens.grace)
        switch rotation {
        case .rotated:
            session.expiresAt = now + tokens.refreshLifetime
            session.lastUsedAt = now
        case .repeated:
            // There may have been more rotations since: only the newest token lasts.
            var steps = 1
            while try !stores.sessions.isCurrent(Tokens.hash(ofRefreshID: refreshID), of: session.id) {
                // The key was changed within these ten seconds.
                guard steps < longestChain else { return .refused(.expired) }
                refreshID = tokens.successor(of: refreshID)
                steps += 1
            }
        case .reused:
            return .refused(.reused)
        case .dead:
            return .refused(try reason(of: session.id, in: stores))
        }
        let pair = tokens.pair(
            of: found.user.id, session: session.id, refreshID: refreshID,
            refreshExpiresAt: session.expiresAt, at: now)
        return .refreshed(Opened(user: found.user, session: session, tokens: pair))
    }

    private static func reason(of session: String, in stores: Stores) throws -> Refusal {
        switch try stores.sessions.revocation(of: session) {
        case .reuse: .reused
        case .ended: .ended
        case nil: .expired
        }
    }
}
