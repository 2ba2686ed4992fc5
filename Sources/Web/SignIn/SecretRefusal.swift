import Crypto
import Expenses
import HTTP
import Platform
import Storage
import Templating

/// Why a password that was asked for again, or a code of two-factor log-in, did not do.
enum SecretRefusal: Error {
    case wrongPassword
    case noCode
    /// No code looks like this. It does not count as a try.
    case unreadableCode
    case wrongCode
    case paused(seconds: Int)
    /// This user or this network has asked too much lately.
    case tooMany(seconds: Int)
    /// Too many passwords wait to be checked.
    case busy

    var status: Status {
        switch self {
        case .wrongPassword, .noCode, .unreadableCode, .wrongCode: .unprocessableContent
        case .paused, .tooMany: .tooManyRequests
        case .busy: .serviceUnavailable
        }
    }

    var sentence: Message {
        switch self {
        case .wrongPassword: Message("This is not your password.")
        case .noCode: Message("Type a code.")
        case .unreadableCode: Message("A code has 6 digits; a recovery code has 16 letters and digits.")
        case .wrongCode:
            Message("This code is wrong, too old or already used. Type the one that your app shows now.")
        case .paused(let seconds):
            Message(
                "That was wrong too often. Please wait {wait}, then try again.",
                ["wait": ErrorPages.words(seconds: seconds)])
        case .tooMany(let seconds):
            Message(
                "Too many attempts. Please try again in {wait}.", ["wait": ErrorPages.words(seconds: seconds)]
            )
        case .busy: Message("The server has much to do at this moment. Please try again in a few seconds.")
        }
    }

    /// With `Retry-After` where another try makes sense later.
    func response(_ page: Response) -> Response {
        var response = page
        switch self {
        case .wrongPassword, .noCode, .unreadableCode, .wrongCode: break
        case .paused(let seconds), .tooMany(let seconds): response.headers["Retry-After"] = String(seconds)
        case .busy: response.headers["Retry-After"] = "2"
        }
        return response
    }
}

extension Services {
    /// Whether this is the password of the user who is logged in.
    func confirm(_ password: String, _ visit: UserVisit) async throws -> Result<Credentials, SecretRefusal> {
        do {
            let found = try await passwords.account(of: visit.user, password: password, visit.visit)
            return found.map { .success($0) } ?? .failure(.wrongPassword)
        } catch AppError.tooManyAttempts(let seconds) {
            return .failure(.paused(seconds: seconds))
        } catch AppError.tooManyRequests(let seconds) {
            return .failure(.tooMany(seconds: seconds))
        } catch is WorkerPool.Full {
            return .failure(.busy)
        }
    }

    /// Nil where the code is right; then it is used up.
    func refusal(ofCode typed: String, of user: User, _ visit: Visit) async throws -> SecretRefusal? {
        guard !AccountRules.trimmed(typed).isEmpty else { return .noCode }
        guard let code = TypedCode(typed) else { return .unreadableCode }
        do {
            return try await use(code, of: user, visit) ? nil : .wrongCode
        } catch AppError.tooManyAttempts(let seconds) {
            return .paused(seconds: seconds)
        } catch AppError.tooManyRequests(let seconds) {
            return .tooMany(seconds: seconds)
        }
    }

    /// Whether the code is right; then it is used up. Throws `AppError.tooManyAttempts` or `.tooManyRequests`.
    func use(_ code: TypedCode, of user: User, _ visit: Visit) async throws -> Bool {
        try await passwords.countTry(user.id, login: user.username, visit, isWhole: true) { _ in
            switch code {
            case .app(let digits): try await use(digits, of: user.id, at: visit.now)
            case .recovery(let text):
                try await storage.write(of: user.id) {
                    try $0.twoFactors.useRecoveryCode(hash: RecoveryCode.hash(text), owner: user.id)
                }
            }
        }
    }

    private func use(_ digits: String, of owner: User.ID, at now: Int64) async throws -> Bool {
        guard let secret = try storage.read({ try $0.twoFactors.find(owner)?.secret }),
            let step = TOTP.step(of: digits, secret: secret, at: now)
        else { return false }
        return try await storage.write(of: owner) {
            try $0.twoFactors.use(step: step, of: secret, owner: owner)
        }
    }
}
