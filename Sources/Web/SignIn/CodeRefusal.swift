import Crypto
import Expenses
import HTTP
import Storage
import Templating

/// Why a code of two-factor log-in did not do.
enum CodeRefusal: Error {
    case missing
    /// No code looks like this. It does not count as a try.
    case unreadable
    case wrong
    case paused(seconds: Int)
    /// This user or this network has asked too much lately.
    case tooMany(seconds: Int)

    var status: Status {
        switch self {
        case .missing, .unreadable, .wrong: .unprocessableContent
        case .paused, .tooMany: .tooManyRequests
        }
    }

    var sentence: Message {
        switch self {
        case .missing: Message("Type a code.")
        case .unreadable: Message("A code has 6 digits; a recovery code has 16 letters and digits.")
        case .wrong:
            Message("This code is wrong, too old or already used. Type the one that your app shows now.")
        case .paused(let seconds):
            Message(
                "That was wrong too often. Please wait {wait}, then try again.",
                ["wait": ErrorPages.words(seconds: seconds)])
        case .tooMany(let seconds):
            Message(
                "Too many attempts. Please try again in {wait}.", ["wait": ErrorPages.words(seconds: seconds)]
            )
        }
    }

    /// With `Retry-After` where another try makes sense later.
    func response(_ page: Response) -> Response {
        var response = page
        switch self {
        case .missing, .unreadable, .wrong: break
        case .paused(let seconds), .tooMany(let seconds): response.headers["Retry-After"] = String(seconds)
        }
        return response
    }
}

extension Services {
    /// Nil where the code is right; then it is used up.
    func refusal(ofCode typed: String, of user: User, _ visit: Visit) async throws -> CodeRefusal? {
        guard !AccountRules.trimmed(typed).isEmpty else { return .missing }
        guard let code = TypedCode(typed) else { return .unreadable }
        do {
            return try await use(code, of: user, visit) ? nil : .wrong
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
