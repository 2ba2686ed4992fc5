import Expenses
import Storage
import Templating

/// What came of the wish for an account.
enum RegistrationResult: Sendable {
    case registered(User)
    case refused(FormProblems)
    /// Registration is closed.
    case closed
}

extension Services {
    /// Whether somebody new may register just now with a form. Where a proxy says who is logged in, it makes the accounts:
    /// with a form, somebody could take the name of another before that one comes.
    func isRegistrationOpen() throws -> Bool { try identity == nil && mayRegister() }

    /// Whether there may be new accounts just now.
    func mayRegister() throws -> Bool {
        switch configuration.registration {
        case .open: true
        case .closed: false
        case .first: try storage.read { try $0.users.isEmpty() }
        }
    }

    /// Makes the account where the form is in order. Throws `AppError.tooManyRequests` when too much has come from
    /// this address, and `WorkerPool.Full` when too many passwords wait to be hashed.
    func register(
        _ form: RegistrationForm, _ preferences: Preferences = Preferences(), from address: String,
        in translation: Translation, at now: Int64
    ) async throws -> RegistrationResult {
        guard try isRegistrationOpen() else { return .closed }
        try passwords.admitRegistration(from: address, at: now)
        var problems = form.problems()
        // Said before the cost of a hash, and together with what else is wrong.
        let (isUsernameFine, isEmailFine) = (problems["username"] == nil, problems["email"] == nil)
        let taken = try storage.read { stores in
            UserConflict(
                username: try isUsernameFine && stores.users.find(login: form.username) != nil,
                email: try isEmailFine && stores.users.find(login: form.email) != nil)
        }
        problems.add(taken)
        guard problems.isEmpty else { return .refused(problems) }
        let hash = try await passwords.hash(form.password, forRegistrationFrom: address)
        let names = DefaultCategories.names(in: translation)
        let isForFirst = configuration.registration == .first
        do {
            let user = try await storage.write(of: nil) { stores -> User? in
                // Two may ask at once to be the first.
                if isForFirst, try !stores.users.lockAndCheckIsEmpty() { return nil }
                return try stores.users.insert(
                    username: form.username, email: form.email, passwordHash: hash,
                    preferences: preferences, categoryNames: names, at: now)
            }
            return user.map { .registered($0) } ?? .closed
        } catch let conflict as UserConflict {
            problems.add(conflict)
            return .refused(problems)
        }
    }
}

extension FormProblems {
    fileprivate mutating func add(_ conflict: UserConflict) {
        if conflict.username && self["username"] == nil {
            self["username"] = Message("This username is taken. Choose another.")
        }
        if conflict.email && self["email"] == nil {
            self["email"] = Message("There is an account with this email already.")
        }
    }
}
