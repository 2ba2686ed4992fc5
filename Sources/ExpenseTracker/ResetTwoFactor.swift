import Expenses
import Storage

/// Switches two-factor log-in off for a user who can't show a code any more.
enum ResetTwoFactor {
    static func run(_ configuration: Configuration, login: String) throws {
        let storage = try Database.openExisting(configuration)
        defer { storage.close() }
        guard let user = try storage.read({ try $0.users.find(login: login) })?.user else {
            throw StartError("reset-two-factor: nobody has the name or email \(login)")
        }
        let wasOn = try storage.writeAndWait { try $0.twoFactors.remove(user.id) }
        Terminal.print(
            wasOn
                ? "\(user.username) logs in with the password alone again."
                : "\(user.username) has no two-factor log-in; nothing was changed.")
    }
}
