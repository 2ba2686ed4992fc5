import Crypto
import Expenses
import Storage
import Web

/// A new password for a user, read from standard input. It ends all of the user's sessions at once.
enum ResetPassword {
    static func run(_ configuration: Configuration, login: String) throws {
        let user = try user(configuration, login: login)

        // Everything up to the line's end belongs to the password, spaces included.
        guard let password = Terminal.readSecret("New password for \(user.username): ") else {
            throw StartError("reset-password: give the new password on standard input")
        }
        if let problem = PasswordRules.problem(with: password, username: user.username, email: user.email) {
            throw StartError("reset-password: \(problem.sentence)")
        }
        let hash = PasswordHash.make(password, cost: .standard)
        let storage = try Database.openExisting(configuration)
        defer { storage.close() }
        try storage.writeAndWait { stores in
            try stores.users.update(passwordHash: hash, of: user.id)
            try stores.sessions.revokeAll(of: user.id, except: nil)
            try stores.twoFactors.forgetWrongCodes(of: user.id)
        }
        Terminal.print("\(user.username) has a new password and is logged out everywhere.")
    }

    /// The database is closed again before the password is asked for.
    private static func user(_ configuration: Configuration, login: String) throws -> User {
        let storage = try Database.openExisting(configuration)
        defer { storage.close() }
        guard let user = try storage.read({ try $0.users.find(login: login) })?.user else {
            throw StartError("reset-password: nobody has the name or email \(login)")
        }
        return user
    }
}
